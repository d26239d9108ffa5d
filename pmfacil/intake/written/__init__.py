"""Post-mortems that were written elsewhere, in Markdown: their title, their day, and what each passage of them is."""

from __future__ import annotations

from pmfacil.intake.written.passages import Written, read_written

__all__ = ["Written", "read_written"]
