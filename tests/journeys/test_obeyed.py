"""What a terminal would obey, in words that came from anywhere: none of it ever reaches one."""

from __future__ import annotations

import json
import re
from contextlib import closing
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final

import pytest
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.events import Paste

from pmfacil.__main__ import main
from pmfacil.app import PmFacilApp
from pmfacil.core import operations as verbs
from pmfacil.core.agenda import Step
from pmfacil.core.ending import ActionId
from pmfacil.core.facts import Facts, Involvement, PersonId
from pmfacil.core.kind import Kind
from pmfacil.core.model import Area, CauseId, Entry, EntryId, FixId, StrengthId
from pmfacil.core.text import visible
from pmfacil.library import Library
from pmfacil.report.formats import Format, rendered
from pmfacil.store import open_shelf
from pmfacil.widgets.capture import CaptureLine
from pmfacil.widgets.sieve import Sieve
from tests.clock import FakeClock, Ids
from tests.driving import Facilitator
from tests.hostile import OBEYED
from tests.journeys.terminal import Terminal
from tests.meetings import settle_something

if TYPE_CHECKING:
    from pathlib import Path

    from pmfacil.core.model import PostMortem

# What Textual and its driver send by themselves: cursor, colours, modes, the synchronised output around a frame.
_OURS: Final = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\[[<=>?][0-9;]*[a-z]|\x1b[78=>]|\x1bP=[12]s\x1b\\|\x1b\]22;[a-z-]*(?:\x07|\x1b\\)"
)
_OBEYED: Final = re.compile(r"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def _furnished(path: Path, step: Step = Step.TIMELINE) -> str:
    clock = FakeClock(datetime.now(UTC))
    with closing(open_shelf(path)) as shelf:
        library = Library(shelf, clock, Ids(), zone="UTC")
        new = library.begin(f"Outage {OBEYED}", Kind.INCIDENT, date(2026, 3, 12))
        service = library.open(new)
        settle_something(service)
        service.now()
        settled = service.snapshot.post_mortem.settlements[-1].causes
        service.do(verbs.agree_action, ActionId("a"), OBEYED, settled, owner=OBEYED, done_when=OBEYED)
        service.do(verbs.invite, PersonId("p"), OBEYED, OBEYED, next(iter(Involvement)))
        service.do(verbs.state_facts, Facts(happened=OBEYED, team=OBEYED, tags=(OBEYED,)))
        service.do(verbs.record_entry, Entry(EntryId("e"), OBEYED, at=service.now(), evidence=OBEYED))
        service.do(verbs.state_impact, OBEYED)
        service.do(verbs.ask_why, CauseId("c"), OBEYED, None, service.now())
        service.do(verbs.park_fix, FixId("f"), OBEYED, service.now())
        service.do(verbs.note_strength, StrengthId("s"), next(iter(Area)), OBEYED)
        service.do(verbs.write_summary, OBEYED)
        service.steer(lambda sitting: sitting.enter(step, service.now()))
        service.keep_draft(step.value, OBEYED)
        library.archive.take_in(f"# {OBEYED}\n\n## Summary\n\n{OBEYED}\n", f"{OBEYED}.md")
    return new


def _obeyed(text: str) -> list[str]:
    """Return what of a text a terminal would obey, but for the ends of lines and the tabs of a table."""
    return sorted(set(_OBEYED.findall(text.replace("\t", ""))))


@pytest.mark.parametrize(
    "words",
    [
        "list", "list --format json", "show ID", "show ID --format json", "show ID --format md", "search zq",
        "search zq --format json", "actions", "actions --format json", "followups", "trends", "check HOSTILE",
        "import HOSTILE --format json", "import timeline HOSTILE --dry-run", "import FORGED", "import timeline MISSING",
        "show MISSING", "search kind:MISSING", "new MISSING", "export ID --format txt --out -", "MISSING",
        "list --format MISSING", "list --db MISSING/x/y", "--db=/dev/null/MISSING",
    ],
)  # fmt: skip
def test_no_command_prints_it(
    words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "pmfacil.db"
    missing = OBEYED.replace("/", "")
    hostile, forged = tmp_path / "zq\x1b[6666m\u202e.md", tmp_path / "forged\x9b6666m.json"
    hostile.write_text(f"# {OBEYED}\n\n14:05 {OBEYED} should have\n", encoding="utf-8")
    forged.write_text(json.dumps({"pmfacil": OBEYED, OBEYED: {OBEYED: [OBEYED]}}), encoding="utf-8")
    told = {"ID": _furnished(path), "HOSTILE": str(hostile), "FORGED": str(forged)}
    given = [told.get(word, word.replace("MISSING", missing)) for word in words.split()]
    main(given if "--db" in words else [*given, "--db", str(path)])
    out, err = capsys.readouterr()
    assert _obeyed(out) == _obeyed(err) == []


@pytest.mark.parametrize("form", [form for form in Format if form is not Format.PDF])
def test_no_report_holds_it(form: Format, tmp_path: Path) -> None:
    path = tmp_path / "pmfacil.db"
    new = _furnished(path)
    with closing(open_shelf(path)) as shelf:
        library = Library(shelf, FakeClock(), Ids("x"), zone="UTC")
        service = library.open(library.find(new))
        pm: PostMortem = service.snapshot.post_mortem
        assert _obeyed(rendered(form, pm, service.sitting, service.now()).decode().replace("\r\n", "\n")) == []


async def test_a_line_that_is_pasted_or_edited_holds_pictures_of_it(library: Library, tmp_path: Path) -> None:
    async with PmFacilApp(library, tmp_path).run_test(size=(120, 36)) as pilot:
        somebody = Facilitator(pilot)
        await pilot.pause()
        line = somebody.app.screen.query_one("#capture", CaptureLine)
        for given in (line.put, line.give_back):
            given(OBEYED)
            assert line.value == visible(OBEYED)
            line.value = ""
        line.post_message(Paste(OBEYED))
        await pilot.pause()
        assert _obeyed(line.value) == []
        assert line.value


def test_the_sieve_keeps_the_width_of_a_line() -> None:
    style = Style(bold=True)
    dull, told = Segment("a b"), Segment("a\x1b[1m\u202e\x07b 👩\u200d💻", style)
    assert Sieve().apply([dull], Color(0, 0, 0)) == [dull]
    assert Sieve().apply([dull, told], Color(0, 0, 0)) == [dull, Segment("a[1mb 👩\u200d💻", style)]


@pytest.mark.parametrize("step", [None, Step.TIMELINE, Step.CAUSES, Step.ACTIONS])
def test_no_screen_sends_it(step: Step | None, tmp_path: Path) -> None:
    path = tmp_path / "pmfacil.db"
    new = _furnished(path, step or Step.TIMELINE)
    terminal = Terminal(path, *([] if step is None else ["open", new]))
    terminal.until("6666m")
    assert terminal.quit() == 0
    sent = terminal.written.decode()
    assert len(sent) > 2000
    assert "6666m" in _OURS.sub("", sent)
    left = _OURS.sub("", sent).replace("\r", "")
    assert _obeyed(left) == []
    assert not re.search(r"\x1b\[6666m|\x1b\]52|\x1b\]8;|\x1b\]0;|\x1bc", sent)
