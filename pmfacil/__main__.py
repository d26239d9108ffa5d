"""The entry: no arguments open the app at once; anything else is the command line."""

from __future__ import annotations

import gc
import sys

_INTERRUPTED = 130  # what shells report for a program that Ctrl-C ended


def main(argv: list[str] | None = None) -> int:
    """Run pmfacil and return its exit code: 0 done, 1 findings, 2 an error said in one sentence."""
    words = sys.argv[1:] if argv is None else argv
    try:
        match words:
            case []:
                return _app(None)
            case ["--db", path] if not path.startswith("-"):
                return _app(path)
            case [word] if word.startswith("--db="):
                return _app(word.removeprefix("--db="))
            case _:
                from pmfacil.cli import run  # noqa: PLC0415 - the app starts without an argument parser

                return run(words)
    except KeyboardInterrupt:
        return _INTERRUPTED


def _app(db: str | None) -> int:
    gc.disable()  # imports make no garbage, and looking for some among them took a tenth of the start; see `run_app`
    from pmfacil.bootstrap import open_workshop, run_app  # noqa: PLC0415 - `--version` needs no database
    from pmfacil.core.errors import Refusal  # noqa: PLC0415 - as above
    from pmfacil.core.text import visible  # noqa: PLC0415 - as above

    try:
        with open_workshop(db) as workshop:
            return run_app(workshop)
    except Refusal as refusal:
        print(f"pmfacil: {visible(str(refusal))}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    raise SystemExit(main())
