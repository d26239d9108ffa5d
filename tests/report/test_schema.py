"""The schema of the export: what is exported follows it, and what follows it comes back equal."""

from __future__ import annotations

import json
import runpy
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator  # type: ignore[import-untyped] # has no types of its own

from pmfacil import codec
from pmfacil.core.agenda import STEPS
from pmfacil.report import schema as module
from pmfacil.report.schema import json_schema, json_schema_text
from tests.architecture.source import ROOT
from tests.meetings import fresh_service
from tests.store.values import legal_post_mortems

if TYPE_CHECKING:
    from pmfacil.core.model import PostMortem

VALIDATOR = Draft202012Validator(json_schema())


def test_it_is_a_schema_and_says_of_what() -> None:
    Draft202012Validator.check_schema(json_schema())
    found = json_schema()
    assert list(found)[:4] == ["$schema", "$id", "title", "description"]
    assert found["$id"] == f"urn:pmfacil:post-mortem:{codec.SCHEMA}"
    assert "__" not in json_schema_text()


def test_the_file_in_the_documents_is_up_to_date() -> None:
    """`python -m pmfacil.report.schema > docs/pmfacil.schema.json` writes it."""
    assert (ROOT / "docs" / "pmfacil.schema.json").read_text(encoding="utf-8") == json_schema_text()


def test_the_module_prints_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert module.__file__
    runpy.run_path(module.__file__, run_name="__main__")
    assert capsys.readouterr().out == json_schema_text()


@settings(max_examples=20)
@given(legal_post_mortems())
def test_any_export_follows_it_and_comes_back_equal(pm: PostMortem) -> None:
    exported = codec.document(pm, None)
    VALIDATOR.validate(json.loads(exported))
    assert codec.read_document(exported).post_mortem == pm


def test_the_clocks_of_a_meeting_follow_it_too() -> None:
    service = fresh_service()
    service.steer(lambda sitting: sitting.enter(STEPS[0], service.now()))
    exported = codec.document(service.snapshot.post_mortem, service.sitting)
    VALIDATOR.validate(json.loads(exported))
    assert codec.read_document(exported).sitting == service.sitting


@pytest.mark.parametrize(
    ("where", "value"),
    [("title", 5), ("kind", "picnic"), ("boxes", [1, 2]), ("occurred_on", 12), ("entries", [{"id": "e"}])],
)
def test_what_breaks_it_is_found(where: str, value: object) -> None:
    exported = json.loads(codec.document(fresh_service().snapshot.post_mortem, None))
    exported["post_mortem"][where] = value
    assert not VALIDATOR.is_valid(exported)
    with pytest.raises(codec.UnreadableError):
        codec.read_document(json.dumps(exported))
