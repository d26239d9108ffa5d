"""Faults that a laptop really has, injected by the hundred: `python -m soak`. Tests run a few of each."""
