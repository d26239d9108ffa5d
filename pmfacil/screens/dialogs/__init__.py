"""The few dialogs: what cannot be asked in the capture line."""
