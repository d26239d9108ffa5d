"""Values as JSON and back: complete, validated, and refused with one sentence."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings

from pmfacil import codec
from pmfacil.core.agenda import Step
from pmfacil.core.model import Entry
from pmfacil.core.sitting import convene
from tests.meetings import fresh_service, post_mortems

if TYPE_CHECKING:
    from pmfacil.core.model import PostMortem


@settings(max_examples=100)
@given(post_mortems())
def test_an_export_gives_back_an_equal_post_mortem(pm: PostMortem) -> None:
    sitting = convene(pm.boxes).enter(Step.CAUSES, pm.created_at)
    read = codec.read_document(codec.document(pm, sitting))
    assert read.post_mortem == pm
    assert read.sitting == sitting


def test_a_value_survives_as_plain_data() -> None:
    pm = fresh_service().snapshot.post_mortem
    assert codec.value(type(pm), codec.plain(pm)) == pm


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "EOF"),
        ("{", "EOF"),
        ("[]", "should be an object"),
        ('{"pmfacil": 3}', "pmfacil: Input should be 1 or 2"),
        (b"\xff\xfe", "invalid"),
        ("null", "should be an object"),
        ("[" * 100000, "the document"),
    ],
)
def test_what_is_no_export_is_refused_with_where_and_why(text: str | bytes, why: str) -> None:
    with pytest.raises(codec.UnreadableError, match="(?i)" + why):
        codec.read_document(text)


def test_a_broken_rule_is_named() -> None:
    data = json.loads(codec.document(fresh_service().snapshot.post_mortem, None))
    data["post_mortem"]["title"] = " "
    with pytest.raises(codec.UnreadableError, match="post_mortem: a post-mortem needs a title"):
        codec.read_document(json.dumps(data))
    with pytest.raises(codec.UnreadableError, match="kind"):
        codec.value(Entry, {"id": "e", "text": "x", "kind": "rumour"})
