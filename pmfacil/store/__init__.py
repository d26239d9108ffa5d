"""The store: post-mortems in one SQLite file. `open_shelf` is its only door; rows never leave it."""

from pmfacil.store.shelf import SqlShelf, open_shelf

__all__ = ["SqlShelf", "open_shelf"]
