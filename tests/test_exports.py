"""In which forms a report is written and where: as somebody chose last, and never over a file that is there."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pmfacil.core import operations as verbs
from pmfacil.core.ending import ActionId
from pmfacil.core.errors import Unfit
from pmfacil.core.facts import PersonId
from pmfacil.exports import USUAL, Exports, said_files
from pmfacil.report.formats import Format, read_forms, render
from pmfacil.report.templates import Kind
from pmfacil.report.writing import NotWritten
from tests.meetings import fresh_service, settle_something

if TYPE_CHECKING:
    from pmfacil.facilitation import Facilitation


@pytest.fixture
def service() -> Facilitation:
    """A post-mortem with somebody in it, a cause and an action."""
    service = fresh_service()
    settle_something(service)
    service.do(verbs.welcome, PersonId("p"), "Ana Ruiz", "on-call engineer")
    causes = service.snapshot.post_mortem.settlements[0].causes
    service.do(verbs.agree_action, ActionId("a"), "Stage it", causes, owner="Ana Ruiz", due=date(2026, 4, 1))
    return service


def _written(exports: Exports, service: Facilitation, *, external: bool = False) -> dict[str, bytes]:
    paths = exports.write(service.snapshot.post_mortem, None, service.now(), external=external)
    return {path.name: path.read_bytes() for path in paths}


def test_every_form_is_written_and_says_what_it_is(service: Facilitation, tmp_path: Path) -> None:
    exports = Exports(tmp_path / "reports")
    assert exports.forms == USUAL
    exports.choose(Format)
    files = _written(exports, service)
    stem = "2026-03-12-checkout-outage"
    assert set(files) == {f"{stem}.{form.ending}" for form in Format}
    assert files[f"{stem}.pdf"].startswith(b"%PDF-")
    assert b"BEGIN:VCALENDAR" in files[f"{stem}.ics"]
    assert files[f"{stem}.jira.csv"].startswith(b"Summary,Description")
    assert files[f"{stem}.csv"].startswith(b"Action,Owner")
    assert b"Stage it" in files[f"{stem}.txt"]
    assert _written(exports, service) == files
    assert len(list((tmp_path / "reports").iterdir())) == len(Format)


def test_files_are_told_in_little_room() -> None:
    assert said_files([Path("a/x.md"), Path("a/x.jira.csv")]) == "x (md, jira.csv)"
    assert said_files([Path("a/x-2.md"), Path("a/x.pdf")]) == "x-2 (md), x (pdf)"


def test_what_was_chosen_is_remembered(tmp_path: Path) -> None:
    memory = tmp_path / "config" / "exports.json"
    Exports(tmp_path, memory).choose([Format.PDF, Format.MARKDOWN])
    assert Exports(tmp_path, memory).forms == (Format.MARKDOWN, Format.PDF)
    for damaged in ("", "[]", '{"formats": 3}', '{"formats": ["docx"]}', "{"):
        memory.write_text(damaged)
        assert Exports(tmp_path, memory).forms == USUAL
    (tmp_path / "file").write_text("x")
    with pytest.raises(NotWritten):
        Exports(tmp_path, tmp_path / "file" / "exports.json").choose([Format.PDF])


def test_another_folder_holds_until_pmfacil_ends(tmp_path: Path) -> None:
    exports = Exports(tmp_path / "usual")
    exports.move(tmp_path / "other")
    assert exports.folder == tmp_path / "other"


def test_readers_outside_see_no_name_and_no_hidden_word(service: Facilitation, tmp_path: Path) -> None:
    service.do(verbs.rename, "Falcon lost orders")
    service.do(verbs.state_impact, "Falcon lost orders, Ana Ruiz saw it")
    exports = Exports(tmp_path, hidden=("Falcon",))
    files = _written(exports, service, external=True)
    assert sorted(files) == [f"2026-03-12-internal-lost-orders-external.{ending}" for ending in ("html", "md", "pdf")]
    told = files["2026-03-12-internal-lost-orders-external.md"].decode()
    assert "Falcon" not in told
    assert "Ruiz" not in told
    assert "on-call engineer saw it" in told


def test_a_teams_own_templates_are_used(service: Facilitation, tmp_path: Path) -> None:
    templates = tmp_path / "templates"
    exports = Exports(tmp_path / "reports", templates=templates)
    assert exports.manner().templates == {}
    templates.mkdir()
    (templates / Kind.MARKDOWN.value).write_text("Ours: {{ title }}")
    exports.choose([Format.MARKDOWN, Format.HTML])
    files = _written(exports, service)
    assert files["2026-03-12-checkout-outage.md"] == b"Ours: Checkout outage\n"
    assert b"<!doctype html>" in files["2026-03-12-checkout-outage.html"]
    (templates / Kind.HTML.value).write_text("<p>{{ nothing }}</p>")
    with pytest.raises(Unfit, match=r"report\.html\.jinja: 'nothing' is undefined"):
        _written(exports, service)


def test_forms_are_named_as_people_type_them(service: Facilitation) -> None:
    assert read_forms("md, PDF ics md") == (Format.MARKDOWN, Format.PDF, Format.ICS)
    for wrong in ("", " , ", "docx, md"):
        with pytest.raises(Unfit, match="is no format; md, html, pdf, txt, json, csv, jira, ics are"):
            read_forms(wrong)
    with pytest.raises(Unfit, match="A PDF is no text"):
        render(Format.PDF, service.snapshot.post_mortem, None, service.now())
