"""Three post-mortems in every form, byte for byte: a small one, the rehearsal, and one whose every field is hostile.

`PMFACIL_GOLDEN=update pytest tests/report/test_golden.py` writes the files anew; look at what changed before you commit.
A PDF is held by the letters of its pages: its bytes change with every version of Typst.
"""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2  # type: ignore[import-untyped]  # it ships no types
import pytest

from pmfacil.core import operations as verbs
from pmfacil.core.ending import ActionId, SharingId
from pmfacil.core.facts import Facts, PersonId
from pmfacil.core.model import Anchor, Area, CauseId, EntryId, FixId, QuestionId, StrengthId
from pmfacil.rehearsal import rehearse
from pmfacil.report.formats import Format, Manner, rendered
from pmfacil.report.writing import file_name
from tests.hostile import HOSTILE
from tests.meetings import fresh_service, settle_something

if TYPE_CHECKING:
    from pmfacil.facilitation import Facilitation
    from pmfacil.library import Library

GOLDEN = Path(__file__).parent / "golden"
NOW = datetime(2026, 3, 12, 15, 30, tzinfo=UTC)
EVIL = "".join((
    "| a | *b* _c_ <script>alert(1)</script> =cmd()|'/c calc'!A0 #eval(read(\"/etc/passwd\")) \\\\ $x$ @ref ",
    *HOSTILE.values(),
)).replace("\n", " ")[:5000]  # fmt: skip


def _small() -> Facilitation:
    service = fresh_service()
    settle_something(service)
    service.do(verbs.state_impact, "Cards were charged twice for 42 minutes")
    service.do(verbs.write_summary, "A release charged cards twice; it was rolled back after 42 minutes.")
    for anchor, minutes in ((Anchor.IMPACT_BEGAN, 0), (Anchor.DETECTED, 7), (Anchor.RESOLVED, 42)):
        service.do(verbs.time_anchor, anchor, EntryId(anchor.value), service.now() + timedelta(minutes=minutes))
    causes = service.snapshot.post_mortem.settlements[0].causes
    service.do(
        verbs.agree_action, ActionId("a"), "Release by region, an hour apart", causes, owner="Ana", due=date(2026, 4, 1)
    )
    service.do(verbs.plan_follow_up, date(2026, 4, 2), date(2026, 3, 12))
    return service


def _hostile() -> Facilitation:
    service = fresh_service()
    settle_something(service)
    words, causes = EVIL[:600], service.snapshot.post_mortem.settlements[0].causes
    service.do(verbs.rename, words)
    service.do(verbs.state_facts, Facts(words, words, words, words, words, words, words, words, (words[:80],)))
    service.do(verbs.welcome, PersonId("p"), "Mallory", words)
    service.do(verbs.time_anchor, Anchor.DETECTED, EntryId("e"), service.now())
    entry = service.snapshot.post_mortem.entries[0]
    service.do(verbs.revise_entry, replace(entry, text=words, evidence=words, known=words, starred=True))
    service.do(verbs.state_impact, EVIL)
    service.do(verbs.note_strength, StrengthId("w"), Area.LUCK, words)
    service.do(verbs.leave_question, QuestionId("q"), words)
    service.do(verbs.park_fix, FixId("f"), words, service.now())
    service.do(verbs.agree_action, ActionId("a"), words, causes, owner=words, due=date(2026, 4, 1), done_when=words)
    service.do(verbs.reword_cause, CauseId(causes[0]), words[:2000])
    service.do(verbs.write_summary, words)
    service.do(verbs.share_report, SharingId("s"), words, service.now())
    return service


@pytest.mark.parametrize("form", list(Format))
@pytest.mark.parametrize("name", ["small", "rehearsal", "hostile", "small for outside"])
def test_every_form_is_what_it_was(name: str, form: Format, library: Library) -> None:
    if name == "rehearsal":
        service = library.open(rehearse(library, worked=True))
    else:
        service = _hostile() if name == "hostile" else _small()
    outside = name.endswith("outside")
    if outside and not form.public:
        pytest.skip("this form holds everything, so it never goes outside")
    manner = Manner(("cards",) if outside else None)
    written = rendered(form, service.snapshot.post_mortem, service.sitting, NOW, manner)
    told = _letters(written) if form is Format.PDF else written
    golden = GOLDEN / f"{name.replace(' ', '-')}.{'pdf.txt' if form is Format.PDF else form.ending}"
    if os.environ.get("PMFACIL_GOLDEN") == "update":
        golden.parent.mkdir(exist_ok=True)
        golden.write_bytes(told)
    assert told == golden.read_bytes()


def test_a_hostile_title_names_a_plain_file() -> None:
    name = file_name(_hostile().snapshot.post_mortem, Format.PDF)
    assert name == "2026-03-12-a-b-c-script-alert-1-script-cmd-c-calc-a0-eval-read-etc-pass.pdf"


def _letters(pdf: bytes) -> bytes:
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = [document[place].get_textpage().get_text_range() for place in range(len(document))]
    finally:
        document.close()
    return "\n\f\n".join("\n".join(page.split()) for page in pages).encode()
