"""The entry: no arguments open the app at once; anything else is the command line."""

from __future__ import annotations

import sys


def main(argv: list[str] | None = None) -> int:
    """Run pmfacil and return its exit code: 0 done, 1 findings, 2 an error said in one sentence."""
    words = sys.argv[1:] if argv is None else argv
    match words:
        case []:
            return _app(None)
        case ["--db", path]:
            return _app(path)
        case _:
            from pmfacil.cli import run  # noqa: PLC0415 - the app starts without an argument parser

            return run(words)


def _app(db: str | None) -> int:
    from pmfacil.bootstrap import make_app, open_workshop  # noqa: PLC0415 - `--version` needs no database
    from pmfacil.core.errors import Refusal  # noqa: PLC0415 - as above

    try:
        app = make_app(open_workshop(db))
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return 2
    app.run()
    return app.return_code or 0


if __name__ == "__main__":
    raise SystemExit(main())
