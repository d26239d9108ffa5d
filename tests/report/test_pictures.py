"""Pictures in the report: moments to scale, and the tree of whys; nothing is drawn of what is not known."""

from __future__ import annotations

from datetime import timedelta

from pmfacil.core import operations as verbs
from pmfacil.core.model import Anchor, CauseId, EntryId
from pmfacil.report.composing import compose
from pmfacil.report.document import Item, Moment, Strip
from pmfacil.report.drawing import strip_svg, tree_svg
from pmfacil.report.html import html
from pmfacil.report.markdown import markdown
from pmfacil.report.outline import outline
from pmfacil.report.strip import strip
from tests.hostile import HOSTILE
from tests.meetings import fresh_service


def _timed(*minutes: tuple[Anchor, float]) -> list[Strip]:
    service = fresh_service()
    for anchor, minute in minutes:
        at = service.now() + timedelta(minutes=minute)
        service.do(verbs.time_anchor, anchor, EntryId(anchor.value), at)
    return list(strip(service.snapshot.post_mortem))


def test_moments_lie_where_their_time_is() -> None:
    (found,) = _timed((Anchor.RESOLVED, 40), (Anchor.IMPACT_BEGAN, 0), (Anchor.DETECTED, 10))
    assert [(one.label, one.place) for one in found.moments] == [
        ("Impact began", 0), ("Detected", 0.25), ("Resolved", 1),
    ]  # fmt: skip
    assert found.spans == ("10 minutes", "30 minutes")


def test_one_moment_or_all_at_once_make_no_strip() -> None:
    assert _timed() == []
    assert _timed((Anchor.DETECTED, 3)) == []
    assert _timed((Anchor.DETECTED, 3), (Anchor.RESOLVED, 3)) == []


def test_the_strip_is_told_in_every_form() -> None:
    service = fresh_service()
    for anchor, minute in ((Anchor.IMPACT_BEGAN, 0), (Anchor.DETECTED, 7)):
        at = service.now() + timedelta(minutes=minute)
        service.do(verbs.time_anchor, anchor, EntryId(anchor.value), at)
    report = compose(service.snapshot.post_mortem, None, service.now())
    assert "**Impact began** 14:00 → *7 minutes* → **Detected** 14:07" in markdown(report)
    assert '<svg class=strip viewBox="0 0 720 94" role=img aria-label="Impact began 14:00, Detected 14:07">' in html(
        report
    )
    assert [line.note for line in outline(report) if line.text == "Detected"] == ["7 minutes later"]


def test_the_tree_is_drawn_with_every_word_of_it() -> None:
    service = fresh_service()
    service.do(verbs.state_impact, "Checkout fails")
    service.do(verbs.ask_why, CauseId("a"), "A release reached every region in one step " * 4, None, service.now())
    service.do(verbs.ask_why, CauseId("b"), "Hot fixes skip the stages", CauseId("a"), service.now())
    report = compose(service.snapshot.post_mortem, None, service.now())
    page = html(report)
    assert page.count("<path class=branch") == 2
    assert "Hot fixes skip the stages" in page
    assert "  - **why 1:** A release" in markdown(report)
    assert "    - **why 2:** Hot fixes" in markdown(report)


def test_hostile_words_stay_words_in_a_picture() -> None:
    for words in HOSTILE.values():
        drawn = "".join([
            *strip_svg([Moment(words, words, 0), Moment(words, words, 1)], (words,)),
            *tree_svg(words, [Item(words, words, words, 0), Item(words, words, words, 1)]),
        ])  # fmt: skip
        assert "<script" not in drawn
        assert drawn.count("<svg") == drawn.count("</svg>") == 2


def test_labels_of_near_moments_stand_apart_and_none_is_cut() -> None:
    near = [Moment(f"Moment {place}", "14:00", place) for place in (0, 0.01, 0.02, 0.03, 1)]
    drawn = "".join(strip_svg(near, ("1 minute",) * 4))
    heights = [line.split('y="')[1].split('"')[0] for line in drawn.split("<text class=name")[1:]]
    assert len(set(heights[:4])) == 4
    assert "text-anchor=start>Moment 0</text>" in drawn
    assert "text-anchor=end>Moment 1</text>" in drawn
