"""`pmfacil doctor`: look the database over, and save what can be saved of a damaged one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from pmfacil import bootstrap
from pmfacil.core.text import visible
from pmfacil.paths import expanded

if TYPE_CHECKING:
    import argparse

NAME: Final = "doctor"
HELP: Final = "look the database over without changing it, or recover a damaged one into a new file"
_OLD: Final = timedelta(days=8)
EXAMPLE: Final = "pmfacil doctor --recover-into recovered.db"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take what to do where looking is not enough."""
    does = parser.add_mutually_exclusive_group()
    does.add_argument("--recover-into", metavar="FILE", help="write what can be saved into this new file")
    does.add_argument("--rebuild-index", action="store_true", help="learn the search index anew")


def run(arguments: argparse.Namespace) -> int:
    """Look, recover or relearn; 0 healthy or done, 1 findings or losses."""
    upkeep = bootstrap.upkeep(arguments.db)
    if arguments.rebuild_index:
        many = upkeep.rebuild_index()
        print(f"The search index holds {many} post-mortem{'s' * (many != 1)} again.")
        return 0
    if arguments.recover_into is not None:
        recovery = upkeep.recover(expanded(arguments.recover_into))
        for sentence in recovery.sentences:
            print(visible(sentence))
        return 1 if recovery.incomplete or recovery.lost else 0
    examination = upkeep.examine()
    for finding in examination.findings:
        print(visible(finding))
    if examination.healthy:
        many = examination.post_mortems
        print(visible(f"{examination.path} is healthy: {many} post-mortem{'s' * (many != 1)}, all of them open."))
        made = upkeep.newest_backup()
        if made is not None and (old := datetime.now(UTC) - made) > _OLD:
            print(f"Its newest backup is {old.days} days old: `pmfacil backup` makes one.")
        return 0
    print("Nothing was changed. `pmfacil doctor --recover-into FILE` saves what can be saved into a new file.")
    return 1
