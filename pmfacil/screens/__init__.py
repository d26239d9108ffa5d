"""The screens: each composes widgets, calls its service, and turns refusals into words."""
