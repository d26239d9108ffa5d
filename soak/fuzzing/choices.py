"""What users and scripts leave in files for pmfacil: exports in JSON, settings, memories, templates, arguments."""

from __future__ import annotations

import json
from contextlib import closing, redirect_stderr, redirect_stdout
from datetime import UTC, datetime
from io import BytesIO, StringIO, TextIOWrapper
from random import Random
from typing import TYPE_CHECKING, Final

from pmfacil import cli, codec
from pmfacil.columns import ColumnMemory
from pmfacil.core.errors import Refusal
from pmfacil.exports import Exports
from pmfacil.library import Library
from pmfacil.report.composing import compose
from pmfacil.report.formats import Format, render
from pmfacil.report.templates import Kind, filled, starting_point
from pmfacil.settings import read_settings
from pmfacil.store import open_shelf
from pmfacil.wording.check import check
from soak.fuzzing import mutating, words
from soak.fuzzing.part import must, shown
from soak.scene import furnish
from tests.clock import FakeClock, Ids
from tests.fakes import MemoryShelf

if TYPE_CHECKING:
    from pathlib import Path

    from pmfacil.core.model import PostMortem
    from pmfacil.core.sitting import Sitting

_NOW: Final = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)
_SETTINGS: Final = """theme = "calm"
reports = "~/reports"
zone = "Europe/London"
hidden = ["Project Falcon", "shard 17"]
[prompts]
causes = ["What would the night shift say?"]
[lexicon]
people = ["night crew"]
blame = ["oops"]
silence = ["post mortem"]
"""
_WIRED: Final = (
    "theme = ",
    "reports = ",
    "zone = ",
    "hidden = ",
    "lexicon = ",
    "prompts = ",
    "[lexicon]\npeople = ",
    "x = ",
)
_TEMPLATE: Final = (
    "{{ title }}", "{% for s in sections %}", "{% endfor %}", "{{ section.causes.body }}", "{{ title.__class__ }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}", "{% if x %}", "{{ 1/0 }}", "{{ range(99999999999) }}", "{{ x }}",
    "{% include 'a' %}", "{% import 'a' as b %}", "{{ title|attr('format') }}", "{{ '%s'|format(title) }}",
    "{{ facts[9] }}",
    "{% set a = [] %}", "{{ lipsum() }}", "{{ title|int / 0 }}", "{{ (title, title)|join|length }}", "{% raw %}",
    "{#", "{{ 'a' * 10 ** 10 }}",
    "{{ facts|map(attribute='label')|list }}", "{{ title|xmlattr }}", "{{ title|batch(0)|list }}",
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "{{ '{:>9999999999}'.format(1) }}", "{{ title|truncate(-1) }}", "{{ title|center(10**10) }}", "{{ 9**9**9 }}",
)  # fmt: skip


class Documents:
    """Exports in JSON, forged and broken: refused, or a post-mortem that keeps every rule, gate first."""

    def __init__(self, folder: Path) -> None:
        """Take what a real library exports."""
        self._real = [json.loads(codec.document(pm, sitting)) for pm, sitting in _furnished(folder / "documents")]

    def draw(self, rng: Random) -> object:
        """Return an export with something wrong."""
        changed: object = rng.choice(self._real)
        for _ in range(rng.randrange(1, 5)):
            changed = _within(rng, changed)
        text = json.dumps(changed, ensure_ascii=rng.random() < 0.5).encode(errors="surrogatepass")
        return mutating.data(rng, text) if rng.random() < 0.15 else text

    def check(self, case: object) -> None:
        """Read it, take it in, and write it: what comes out must be read as the same."""
        try:
            document = codec.read_document(case)  # type: ignore[arg-type]  # what `draw` returned
        except codec.UnreadableError as fault:
            shown(str(fault))
            return
        library = Library(MemoryShelf(), FakeClock(), Ids(), zone="UTC")
        pm = document.post_mortem
        try:
            taken = library.take_in(pm, document.sitting)
        except Refusal as refusal:
            shown(str(refusal))
            return
        settled = {(one.id, cause) for one in pm.settlements for cause in one.causes}
        must(
            all((action.settlement, cause) in settled for action in pm.actions for cause in action.causes),
            "past the gate",
        )
        must(all(action.causes for action in pm.actions), "an action about nothing")
        written = codec.document(library.open(taken.id).snapshot.post_mortem, document.sitting)
        must(codec.read_document(written).post_mortem == pm, "an export that is read as something else")
        for form in (Format.MARKDOWN, Format.HTML, Format.TEXT, Format.CSV):
            render(form, pm, document.sitting, _NOW)


class Choices:
    """The settings, and the two small files of memories."""

    def __init__(self, folder: Path) -> None:
        """Write all of them into one folder."""
        self._path = folder / "choices.txt"

    def draw(self, rng: Random) -> object:
        """Return bytes."""
        match rng.randrange(8):
            case 0 | 1 | 2:
                return mutating.text(rng, _SETTINGS).encode(errors="replace")
            case 3 | 4:
                return (rng.choice(_WIRED) + json.dumps(words.value(rng), ensure_ascii=False)).encode(errors="replace")
            case 5:
                real = [[["time", "what"], {"time": "time", "text": "what", "kind": "", "evidence": "", "end": ""}]]
                return json.dumps(mutating.value(rng, real)).encode()
            case 6:
                return json.dumps(mutating.value(rng, {"formats": ["md", "pdf"]})).encode()
            case _:
                return rng.choice((b'{"formats":', b"[", b"a = ", b"{a=")) * rng.choice(
                    (1, 999, 30_000)
                ) + rng.randbytes(9)

    def check(self, case: object) -> None:
        """Read them all."""
        self._path.write_bytes(case)  # type: ignore[arg-type]  # what `draw` returned
        settings, complaints = read_settings(self._path)
        shown(*complaints)
        check("The night crew forgot it, oops, a post mortem", ("Ana",), settings.lexicon)
        ColumnMemory(self._path).told(("time", "what"))
        must(Exports(self._path.parent, self._path).forms, "no form at all")


class Templates:
    """A team's own report template: filled, or refused with the line."""

    def __init__(self, folder: Path) -> None:
        """Take one report to fill in."""
        (pm, sitting), *_ = _furnished(folder / "templates")
        self._report = compose(pm, sitting, _NOW)

    def draw(self, rng: Random) -> object:
        """Return which report, and its template."""
        kind = rng.choice(tuple(Kind))
        if rng.random() < 0.5:
            return kind, mutating.text(rng, starting_point(kind))
        return kind, "".join(rng.choice((rng.choice(_TEMPLATE), words.line(rng, 2))) for _ in range(rng.randrange(6)))

    def check(self, case: object) -> None:
        """Fill it in."""
        kind, source = case  # type: ignore[misc]  # what `draw` returned
        try:
            filled(kind, source, self._report)  # type: ignore[has-type]  # as above
        except Refusal as refusal:
            shown(str(refusal))


class Arguments:
    """The command line: any words, any file; an exit code and a sentence, and never a traceback."""

    _COMMANDS: Final = ("list", "show", "search", "actions", "followups", "trends", "export", "import", "check", "new",
                        "report-template", "doctor", "nonsense", "--help", "--version")  # fmt: skip
    _OPTIONS: Final = (
        "--format", "json", "md", "--into", "--dry-run", "--date", "--zone", "--column", "time=a", "text=b", "--to",
        "--db=x\x00",
        "--owner", "--each-line", "--timeline", "--external", "-", "--", "--limit", "9" * 30, "~nobody/x",
        "", "\x00", "\ud800",
    )  # fmt: skip

    def __init__(self, folder: Path) -> None:
        """Furnish a library to be asked."""
        self._db, self._file = folder / "arguments" / "pmfacil.db", folder / "arguments" / "given.txt"
        self._ids = furnish(self._db, Random("arguments"), 2, 20)

    def draw(self, rng: Random) -> object:
        """Return the words, and what the file holds that some of them name."""
        some = (*self._OPTIONS, *self._ids, str(self._file), str(self._file))
        given = [rng.choice((rng.choice(some), rng.choice(some), words.line(rng, 2))) for _ in range(rng.randrange(5))]
        return [rng.choice(self._COMMANDS), *given], words.page(rng, 6).encode(errors="replace")

    def check(self, case: object) -> None:
        """Run it against a library of its own."""
        given, data = case  # type: ignore[misc]  # what `draw` returned
        self._file.write_bytes(data)  # type: ignore[has-type]  # as above
        out, err = StringIO(), StringIO()
        import sys

        before, sys.stdin = sys.stdin, TextIOWrapper(BytesIO(data))  # type: ignore[has-type]  # as above
        try:
            with redirect_stdout(out), redirect_stderr(err):
                code = cli.run(["--db", str(self._db), *given])  # type: ignore[has-type]  # as above
        finally:
            sys.stdin = before
        must(code in {0, 1, 2}, f"exit code {code}")
        for line in (out.getvalue() + err.getvalue()).split("\n"):
            must(visible_already(line), f"the terminal was sent {line!r}")


def visible_already(line: str) -> bool:
    """Tell whether a line holds nothing that a terminal obeys, but for the tabs of a table."""
    return not any(ord(one) < 0x20 or 0x7F <= ord(one) < 0xA0 for one in line.replace("\t", ""))


def _within(rng: Random, real: object) -> object:
    """Return the export with something wrong deep within it."""
    if not isinstance(real, dict) or rng.random() < 0.1:
        return mutating.value(rng, real)
    inner = dict(real["post_mortem"]) if isinstance(real.get("post_mortem"), dict) else {}
    if not inner:
        return mutating.value(rng, real)
    name = rng.choice(list(inner))
    inner[name] = mutating.value(rng, inner[name])
    return real | {"post_mortem": inner}


def _furnished(folder: Path) -> list[tuple[PostMortem, Sitting | None]]:
    path = folder / "pmfacil.db"
    ids = furnish(path, Random("furnished"), 4, 60)
    with closing(open_shelf(path)) as shelf:
        loaded = [shelf.load(id) for id in ids]
    return [(one.history.present, one.sitting) for one in loaded]
