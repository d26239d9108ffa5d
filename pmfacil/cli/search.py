"""`pmfacil search`: find words in everything ever written, or what is like a text."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from pmfacil.cli.desk import desk
from pmfacil.cli.output import add_format, print_json
from pmfacil.core.errors import Unfit
from pmfacil.core.model import PostMortemId
from pmfacil.core.text import shortened, visible

if TYPE_CHECKING:
    import argparse

    from pmfacil.archive import Hit
    from pmfacil.past import Past, PastAction

NAME: Final = "search"
HELP: Final = "search everything ever written, or find what is like a text"
EXAMPLE: Final = "pmfacil search retries kind:incident owner:ana state:open after:march"

_MOST: Final = 20
_BOLD, _PLAIN = "\x1b[1m", "\x1b[0m"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take words and filters."""
    parser.add_argument(
        "words", nargs="+", help="words, “phrases” and filters: kind: tag: team: owner: state: after: before:"
    )
    parser.add_argument("--similar", action="store_true", help="find causes and post-mortems that are like these words")
    parser.add_argument("--most", type=int, default=_MOST, help=f"at most so many post-mortems are found ({_MOST})")
    add_format(parser, "text", "json")


def run(arguments: argparse.Namespace) -> int:
    """Search; exits with 1 where nothing is found."""
    text = " ".join(arguments.words)
    if arguments.most < 1:
        msg = "--most takes a number from 1 on."
        raise Unfit(msg)
    with desk(arguments) as workshop:
        if arguments.similar:
            return _similar(workshop.library.past(PostMortemId("")), text, arguments.format)
        archive = workshop.library.archive
        if (query := archive.understand(text)).empty:
            msg = f"There is nothing to look for in “{shortened(text, 40)}”: type a word, or a filter with its value."
            raise Unfit(msg)
        hits = archive.find(query, arguments.most)
    if arguments.format == "json":
        print_json([_data(hit) for hit in hits])
    else:
        for hit in hits:
            _print(hit)
    return 0 if hits else 1


def _similar(past: Past, text: str, form: str) -> int:
    causes, stories = past.similar(text), past.like(text)
    if form == "json":
        told = [
            {"cause": one.text, "title": one.title, "on": one.on.isoformat(), "actions": _actions(one.actions)}
            for one in causes
        ]
        told += [
            {"id": one.id, "title": one.title, "on": one.on.isoformat(), "actions": _actions(one.actions)}
            for one in stories
        ]
        print_json(told)
    else:
        for cause in causes:
            print(f"{cause.on.isoformat()}  cause  {visible(cause.text)}  ({visible(cause.title)})")
            _print_actions(cause.actions)
        for story in stories:
            print(f"{story.on.isoformat()}  post-mortem  {visible(story.title)}")
            _print_actions(story.actions)
    return 0 if causes or stories else 1


def _actions(actions: tuple[PastAction, ...]) -> list[dict[str, str]]:
    return [{"text": one.text, "owner": one.owner, "state": one.state.value} for one in actions]


def _print_actions(actions: tuple[PastAction, ...]) -> None:
    for one in actions:
        print(f"            {one.state.value}: {visible(one.text)}")


def _print(hit: Hit) -> None:
    on = hit.on.isoformat() if hit.dated else f"{'undated':10}"
    print(f"{hit.id[:8]}  {on}  {hit.stage.value}  {visible(hit.title)}")
    lit, unlit = (_BOLD, _PLAIN) if sys.stdout.isatty() else ("", "")
    for one in hit.excerpts:
        if one.part != "title":
            said = "".join(f"{lit}{visible(text)}{unlit}" if found else visible(text) for text, found in one.pieces)
            print(f"          {one.part}: {said}")


def _data(hit: Hit) -> dict[str, object]:
    return {
        "id": hit.id,
        "title": hit.title,
        "kind": hit.kind.value,
        "stage": hit.stage.value,
        "on": hit.on.isoformat() if hit.dated else None,
        "excerpts": [{"part": one.part, "item": one.item, "text": one.text} for one in hit.excerpts],
    }
