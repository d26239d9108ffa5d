"""`pmfacil check`: does a report blame, and can its actions be done? For people, editors, hooks and CI."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pmfacil.cli.given import bytes_of, name_of
from pmfacil.cli.output import complain, print_json, print_json_text
from pmfacil.core.errors import Unfit
from pmfacil.core.text import visible
from pmfacil.intake.material import text_of
from pmfacil.intake.sources import LARGEST
from pmfacil.paths import settings_path
from pmfacil.settings import read_settings
from pmfacil.wording.action_judge import judge_action
from pmfacil.wording.check import check
from pmfacil.wording.document import check_text
from pmfacil.wording.findings import Severity

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

    from pmfacil.wording.document import Located
    from pmfacil.wording.findings import Finding
    from pmfacil.wording.lexicon import Lexicon

NAME: Final = "check"
HELP: Final = "look a report over for words that blame, or lines for whether they are actions"
EXAMPLE: Final = "pmfacil check report.md --fail-on nudge, or pmfacil check - --actions < actions.txt"

_FOUND: Final = 1
_NEVER: Final = "never"
_LEVELS: Final = {Severity.INFO: "notice", Severity.NUDGE: "warning", Severity.STRONG: "error"}


@dataclass(frozen=True, slots=True)
class _Text:
    """A file that was read, under the name that findings in it go by."""

    name: str
    words: str


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take files, and how to judge and print."""
    parser.add_argument("files", nargs="+", metavar="FILE", help="Markdown or text; - reads a pipe")
    parser.add_argument("--format", choices=("text", "json", "github"), default="text", help="how to print (text)")
    parser.add_argument("--each-line", action="store_true", help="each line is a sentence; a JSON object for each")
    parser.add_argument("--actions", action="store_true", help="judge each line as an action; a JSON object for each")
    parser.add_argument("--name", action="append", default=[], help="somebody's name, to be known in the text")
    parser.add_argument(
        "--fail-on",
        choices=(*Severity, _NEVER),
        default=Severity.STRONG.value,
        help="exit with 1 where a finding is at least this grave (strong)",
    )


def run(arguments: argparse.Namespace) -> int:
    """Check every file; 1 where something was found that is grave enough, 0 where not."""
    if arguments.actions and arguments.format == "github":
        msg = "--actions prints JSON, one object a line; --format github is for wording."
        raise Unfit(msg)
    settings, complaints = read_settings(settings_path())
    for complaint in complaints:
        complain(complaint)
    texts = [_read(file) for file in arguments.files]
    if arguments.actions:
        return _judge_actions(texts, every_line=arguments.each_line)
    names = tuple(arguments.name)
    if arguments.each_line:
        found = list(_each_line(texts, names, settings.lexicon))
    else:
        located = [(text, one) for text in texts for one in check_text(text.words, names, settings.lexicon)]
        _print(located, arguments.format)
        found = [one.finding for _, one in located]
    if arguments.fail_on == _NEVER:
        return 0
    least = Severity(arguments.fail_on).gravity
    return _FOUND if any(one.severity.gravity >= least for one in found) else 0


def _read(file: str) -> _Text:
    name, data = name_of(file), bytes_of(file)
    if len(data) > LARGEST:
        msg = f"{name} is too large to be a report. Check a part of it."
        raise Unfit(msg)
    return _Text(name, text_of(data))


def _lines(texts: Iterable[_Text]) -> Iterable[tuple[int, str]]:
    for text in texts:
        yield from enumerate(text.words.splitlines(), 1)


def _each_line(texts: Iterable[_Text], names: tuple[str, ...], lexicon: Lexicon) -> Iterable[Finding]:
    for number, line in _lines(texts):
        found = check(line, names, lexicon)
        findings = [
            {
                "category": one.category.value,
                "severity": one.severity.value,
                "span": one.span,
                "suggestion": one.rewrite or one.suggestion,
            }
            for one in found
        ]
        _print_line({"line": number, "findings": findings})
        yield from found


def _judge_actions(texts: Iterable[_Text], *, every_line: bool) -> int:
    for number, line in _lines(texts):
        if not line.strip() and not every_line:
            continue
        judged = judge_action(line)
        _print_line(
            {
                "line": number,
                "verdict": judged.verdict.value,
                "weak_reasons": [reason.value for reason in judged.weak_reasons],
                "owner": judged.owner,
                "due": judged.due,
                "grade": judged.grade,
            }
        )
    return 0


def _print(found: Iterable[tuple[_Text, Located]], form: str) -> None:
    match form:
        case "json":
            print_json([_as_data(text, one) for text, one in found])
        case "github":
            for text, one in found:
                print(_annotation(text, one))
        case _:
            for text, one in found:
                print(_sentence(text, one))


def _sentence(text: _Text, one: Located) -> str:
    finding = one.finding
    where = f"{text.name}:{one.line}:{one.column}"
    said = f"{where}: {finding.severity}: {finding.category}: “{finding.span}”: {finding.message} {finding.suggestion}"
    return visible(" ".join(said.split()))


def _as_data(text: _Text, one: Located) -> dict[str, object]:
    finding = one.finding
    return {
        "file": text.name,
        "line": one.line,
        "column": one.column,
        "category": finding.category.value,
        "severity": finding.severity.value,
        "span": finding.span,
        "message": finding.message,
        "suggestion": finding.suggestion,
    }


def _annotation(text: _Text, one: Located) -> str:
    """Return a workflow command of GitHub Actions; its own signs are escaped as its documentation asks."""
    finding = one.finding
    said = _escaped(f"“{finding.span}”: {finding.message} {finding.suggestion}")
    title = _escaped(f"wording: {finding.category}", property_=True)
    file = _escaped(text.name, property_=True)
    return f"::{_LEVELS[finding.severity]} file={file},line={one.line},col={one.column},title={title}::{said}"


def _escaped(words: str, *, property_: bool = False) -> str:
    plain = visible(" ".join(words.split())).replace("%", "%25")
    return plain.replace(":", "%3A").replace(",", "%2C") if property_ else plain


def _print_line(told: dict[str, object]) -> None:
    print_json_text(json.dumps(told, ensure_ascii=False) + "\n")
