"""What every command begins with: the workshop opened, and the post-mortem that was meant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pmfacil.bootstrap import open_workshop
from pmfacil.cli.output import complain
from pmfacil.core.errors import Gone, Unfit
from pmfacil.core.stage import Stage
from pmfacil.core.text import shortened

if TYPE_CHECKING:
    import argparse

    from pmfacil.bootstrap import Workshop
    from pmfacil.core.model import PostMortemId
    from pmfacil.library import Library

_SHOWN_ID: Final = 8


def add_id(parser: argparse.ArgumentParser) -> None:
    """Let a command be told which post-mortem is meant."""
    parser.add_argument("id", help="the id, or how it begins")


def desk(arguments: argparse.Namespace) -> Workshop:
    """Open the workshop for a command that prints, and say what is wrong with the settings."""
    workshop = open_workshop(arguments.db)
    for complaint in workshop.complaints:
        complain(complaint)
    return workshop


def meant(library: Library, start: str) -> PostMortemId:
    """Return the post-mortem of ours that is meant; one that was written elsewhere is refused with `Unfit`."""
    found = any_meant(library, start)
    if (one := library.summary(found)) is not None and one.stage is Stage.WRITTEN:
        msg = (
            f"“{shortened(one.title, 40)}” was written elsewhere and stays as it was written: "
            f"`pmfacil show {found[: max(len(start), _SHOWN_ID)]}` prints it."
        )
        raise Unfit(msg)
    return found


def any_meant(library: Library, start: str) -> PostMortemId:
    """Return the id that is `start`, or the only one that begins so; refuses with `Unfit` and says what to type."""
    try:
        return library.find(start)
    except Gone as gone:
        fitting = sum(bool(start) and one.id.startswith(start) for one in library.summaries())
        msg = (
            f"{fitting} ids begin with “{start}”. Type more of the one you mean."
            if fitting
            else f"No post-mortem here has an id that begins with “{start}”. `pmfacil list` shows them."
        )
        raise Unfit(msg) from gone
