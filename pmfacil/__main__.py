"""The entry: no arguments open the app at once; anything else is the command line."""

from __future__ import annotations

import gc
import sys

from pmfacil.crash import CrashLog, fault_of

_INTERRUPTED = 130  # what shells report for a program that Ctrl-C ended
_UNEXPECTED = 2


def main(argv: list[str] | None = None) -> int:
    """Run pmfacil and return its exit code: 0 done, 1 findings, 2 an error said in one sentence."""
    words = sys.argv[1:] if argv is None else argv
    codes: list[int] = []
    try:
        fault = fault_of(lambda: codes.append(_run(words)))
    except KeyboardInterrupt:
        return _INTERRUPTED
    return codes[0] if fault is None else _stumbled(fault)


def _run(words: list[str]) -> int:
    match words:
        case []:
            return _app(None)
        case ["--db", path] if not path.startswith("-"):
            return _app(path)
        case [word] if word.startswith("--db="):
            return _app(word.removeprefix("--db="))
        case _:
            from pmfacil.cli import run

            return run(words)


def _stumbled(fault: Exception) -> int:
    """Say that something unexpected happened, and nothing of what it was about."""
    from datetime import UTC, datetime

    from pmfacil.paths import crash_log_path

    log = CrashLog(crash_log_path(), lambda: datetime.now(UTC))
    noted = f"Where in the program is noted in {log.shown}. " if log.note(fault) else ""
    print(
        "pmfacil: something went wrong inside pmfacil; nothing that was kept is lost. "
        f"{noted}Try it again; `pmfacil doctor` looks the database over.",
        file=sys.stderr,
    )
    return _UNEXPECTED


def _app(db: str | None) -> int:
    gc.disable()  # imports make no garbage, and looking for some among them took a tenth of the start; see `run_app`
    from pmfacil.bootstrap import open_workshop, run_app
    from pmfacil.core.errors import Refusal
    from pmfacil.core.text import visible

    try:
        with open_workshop(db) as workshop:
            return run_app(workshop)
    except Refusal as refusal:
        print(f"pmfacil: {visible(str(refusal))}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    raise SystemExit(main())
