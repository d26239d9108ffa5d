"""The rehearsal: a complete, neutral script, and a room that says each thing once."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from pmfacil.core.agenda import STEPS, Step
from pmfacil.core.gate import settlement_standing
from pmfacil.core.model import Fate, Mark
from pmfacil.core.tree import depth
from pmfacil.intake.placing import Context
from pmfacil.intake.timeline import understand
from pmfacil.library import Library
from pmfacil.rehearsal import rehearse, room_says
from pmfacil.rehearsal.play import _Player
from pmfacil.rehearsal.script import load_script
from pmfacil.wording.persons import stops_at
from tests.clock import FakeClock, Ids
from tests.fakes import MemoryShelf

NAMES = ("berkeley", "denero", "datahub", "data8", "ds8", "prob140", "sam", "yuvi", "jupyter")


@pytest.fixture
def memory_library() -> Library:
    return Library(MemoryShelf(), FakeClock(), Ids(), zone="UTC")


def _count(step: Step, do: str) -> int:
    return sum(1 for cue in load_script().steps[step] if cue.do == do)


def test_the_script_has_all_that_a_meeting_needs() -> None:
    script = load_script()
    assert set(script.steps) == set(STEPS)
    assert len(script.entries) >= 15
    assert sum(_count(step, "fix") for step in STEPS) == 5
    roots = [cue for cue in script.steps[Step.CAUSES] if cue.do == "why" and not cue.under]
    assert len(roots) == 2
    assert [cue.mark for cue in script.steps[Step.CAUSES]].count(Mark.ROOT) == 2


def test_no_real_name_or_host_is_in_the_script() -> None:
    text = files("pmfacil.rehearsal").joinpath("notebook_outage.json").read_text(encoding="utf-8").casefold()
    for name in NAMES:
        assert not re.search(rf"\b{name}\b", text), name


def test_licence_and_source_are_kept_beside_it() -> None:
    folder = files("pmfacil.rehearsal")
    assert "BSD 3-Clause License" in folder.joinpath("LICENCE-notebook_outage.txt").read_text(encoding="utf-8")
    assert "berkeley-dsep-infra/datahub" in folder.joinpath("ATTRIBUTION.md").read_text(encoding="utf-8")


def test_every_line_is_understood_with_its_time_and_in_order() -> None:
    script = load_script()
    context = Context(script.zone, script.occurred_on, None, FakeClock()())
    read = [understand(cue.line, context) for cue in script.entries]
    assert all(proposal.at is not None and proposal.kind_given for proposal in read)
    times = [proposal.at for proposal in read if proposal.at is not None]
    assert times == sorted(times)


def test_no_cause_stops_at_a_person() -> None:
    script = load_script()
    names = tuple(cue.line.partition(",")[0] for cue in script.steps[Step.OPEN])
    assert [cue.line for cue in script.steps[Step.CAUSES] if stops_at(cue.line, names)] == []


def test_the_worked_example_is_a_whole_meeting(memory_library: Library) -> None:
    service = memory_library.open(rehearse(memory_library, worked=True))
    pm = service.snapshot.post_mortem
    assert pm.rehearsal
    assert settlement_standing(pm) is not None
    assert len(pm.actions) == 4
    assert all(action.owner and action.due and action.done_when and action.type for action in pm.actions)
    assert {fix.fate for fix in pm.fixes} == {Fate.ADOPTED, Fate.MERGED, Fate.DROPPED}
    assert max(depth(pm.causes, cause.id) for cause in pm.causes) == 5
    assert pm.closing.closed_at is not None
    assert sum(span.total_seconds() for span in service.snapshot.sitting.time_used(service.now())) == 80 * 60


def test_the_room_says_each_thing_once_and_then_nothing(memory_library: Library) -> None:
    service = memory_library.open(rehearse(memory_library, worked=False))
    player = _Player(load_script(), service)
    for step in STEPS:
        player.enter(step)
        for cue in load_script().steps[step]:
            said = room_says(service.snapshot.post_mortem, step)
            assert said is not None, (step, cue)
            assert said.line or said.tell
            player.perform(cue)
        assert room_says(service.snapshot.post_mortem, step) is None


def test_a_line_marked_otherwise_by_the_room_is_not_asked_about_again(memory_library: Library) -> None:
    from pmfacil.core import operations as verbs

    service = memory_library.open(rehearse(memory_library, worked=True))
    root = next(cause for cause in service.snapshot.post_mortem.causes if cause.mark is Mark.ROOT)
    service.do(verbs.call_it_contributing, root.id, service.now())
    service.do(verbs.delete_action, service.snapshot.post_mortem.actions[0].id)
    said = room_says(service.snapshot.post_mortem, Step.CAUSES)
    assert said is not None
    assert "F6" in said.tell
