"""What the whole record tells: counts, what comes back, ages, ranges; and what it keeps to itself."""

from __future__ import annotations

import csv
import json
from datetime import UTC, date, datetime, timedelta

import pytest

from pmfacil.cli.trends import tell
from pmfacil.core.kind import Kind
from pmfacil.core.model import ActionState, Anchor
from pmfacil.trends import MOST_SPANS, Factor, Moment, Month, Span, Told, ToldCause, Trends, as_csv, figures, trends
from pmfacil.wording.breadth import Area, areas_of
from tests.hostile import HOSTILE

TODAY = date(2026, 3, 12)
NOON = datetime(2026, 3, 12, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def _cause(text: str, pm: str = "a", on: date = TODAY, names: tuple[str, ...] = ()) -> ToldCause:
    return ToldCause(pm, text, on, names)


def told(**parts: object) -> Trends:
    return trends(Told(TODAY, **parts))  # type: ignore[arg-type]  # as the test says


def moments(on: date, **minutes: int) -> tuple[date, tuple[Moment, ...]]:
    """A post-mortem whose moments were that many minutes after noon."""
    named = {anchor.value.replace(" ", "_"): anchor for anchor in Anchor}
    return on, tuple(Moment(named[name], NOON + timedelta(minutes=late)) for name, late in minutes.items())


SAMPLE = Told(
    TODAY,
    counts=(
        *((date(2026, 3, 1), kind, many) for kind, many in zip(Kind, (4, 1, 0, 1, 0), strict=True)),
        (date(2026, 2, 1), Kind.INCIDENT, 9), (date(2026, 1, 1), Kind.INCIDENT, 5), (date(2026, 1, 1), Kind.DEADLINE, 2),
        (date(2025, 12, 1), Kind.INCIDENT, 3), (date(2025, 11, 1), Kind.PROJECT, 1), (date(2025, 9, 1), Kind.INCIDENT, 12),
        (date(2025, 7, 1), Kind.OTHER, 2), (date(2025, 4, 1), Kind.INCIDENT, 4), (date(2023, 5, 1), Kind.INCIDENT, 31),
    ),
    imported=((date(2026, 1, 1), 2), (date(2025, 6, 1), 1), (date(2019, 6, 1), 14)),
    causes=(
        _cause("Hot fixes skip the staged pipeline", "a"),
        _cause("The staged pipeline is switched off for hot fixes", "b", date(2026, 2, 3)),
        _cause("Hot fixes are exempt from the staged pipeline", "c", date(2025, 12, 19)),
        _cause("The latency alert shares a channel with 140 others", "a"),
        _cause("The alert shares its channel with a hundred others", "d", date(2025, 11, 2)),
        _cause("Partner data reaches the currency table without a check", "b", date(2026, 2, 3)),
        _cause("On-call forgot the certificate of the mail gateway", "c", date(2025, 12, 19)),
        _cause("On-call forgot the certificate of the mail gateway", "d", date(2025, 11, 2)),
    ),
    tags=(("release", 14), ("database", 9), ("vendor", 3)),
    states=(
        (ActionState.AGREED, 31), (ActionState.IN_PROGRESS, 12), (ActionState.BLOCKED, 4), (ActionState.DONE, 40),
        (ActionState.VERIFIED, 112), (ActionState.DROPPED, 9),
    ),
    overdue=7,
    agreed_on=((TODAY, 8), (TODAY - 13 * DAY, 2), (TODAY - 14 * DAY, 6), (TODAY - 28 * DAY, 11), (TODAY - 90 * DAY, 3)),
    moved=(
        *((ActionState.DONE, NOON - (9 + 3 * one) * DAY, NOON - one * DAY) for one in range(14)),
        (ActionState.VERIFIED, NOON - 30 * DAY, NOON - 2 * DAY),
        (ActionState.VERIFIED, NOON - 2 * DAY, NOON - 3 * DAY),
    ),
    moments=(
        moments(TODAY, impact_began=0, detected=4, acknowledged=9, mitigated=31, resolved=95),
        moments(date(2026, 2, 20), impact_began=0, detected=190, mitigated=-5, resolved=60 * 24 * 3),
        moments(date(2026, 2, 3), impact_began=0, detected=12, acknowledged=13, resolved=40),
        moments(date(2026, 1, 9), impact_began=0, resolved=44),
    ),
)  # fmt: skip
"""A record with something in every part of the page."""


def test_an_empty_record_says_so() -> None:
    assert told().empty
    assert not told(counts=((TODAY.replace(day=1), Kind.OTHER, 1),)).empty
    assert not told(imported=((TODAY.replace(day=1), 1),)).empty


def test_the_last_twelve_months_are_there_whether_something_happened_or_not() -> None:
    made = trends(SAMPLE)
    assert [month.first for month in made.months][:2] == [date(2025, 4, 1), date(2025, 5, 1)]
    assert len(made.months) == 12
    assert made.months[-1] == Month(date(2026, 3, 1), held=6, imported=0)
    assert made.months[-3] == Month(date(2026, 1, 1), held=7, imported=2)
    assert made.months[1].held == 0
    assert (made.total, made.imported) == (75, 17)


def test_every_kind_is_counted_over_the_whole_record() -> None:
    assert dict(trends(SAMPLE).kinds) == {
        Kind.INCIDENT: 68, Kind.PROJECT: 2, Kind.DEADLINE: 2, Kind.ESCALATION: 1, Kind.OTHER: 2,
    }  # fmt: skip


# -- what comes back ---------------------------------------------------------------------------------


def test_causes_that_say_nearly_the_same_are_one_factor_in_its_newest_words() -> None:
    assert trends(SAMPLE).factors == (
        Factor("Hot fixes skip the staged pipeline", 3, TODAY),
        Factor("The latency alert shares a channel with 140 others", 2, TODAY),
    )


def test_what_one_post_mortem_says_twice_does_not_come_back() -> None:
    assert told(causes=(_cause("The cache has no limit"), _cause("The cache has no limit"))).factors == ()


def test_different_causes_about_one_thing_stay_apart() -> None:
    causes = (
        _cause("The staged pipeline is switched off for hot fixes", "a"),
        _cause("The staged pipeline has no owner", "b"),
        _cause("The queue consumer has no owner", "c"),
        _cause("The queue consumer lags behind at peak traffic", "d"),
        _cause("to be and to have", "e"),
        _cause("to be and to have", "f"),
    )
    assert told(causes=causes).factors == ()


def test_words_that_stop_at_a_person_are_never_shown() -> None:
    made = trends(SAMPLE)
    assert made.withheld == 1
    assert not [factor for factor in made.factors if "forgot" in factor.text]


def test_names_are_never_shown_where_there_are_other_words() -> None:
    named = _cause("Ana Ruiz alone holds the key of the vault", "a", names=("Ana Ruiz",))
    plain = _cause("One person alone holds the key of the vault", "b", date(2026, 1, 1), ("Ana Ruiz",))
    (factor,) = told(causes=(named, plain)).factors
    assert factor == Factor(plain.text, 2, TODAY)


def test_only_the_most_frequent_factors_are_told_the_newest_first_among_equals() -> None:
    things = ("cache", "queue", "disk", "vendor", "certificate", "quota", "region", "schema", "backup", "estimate")
    causes = [_cause(f"The {thing} overflows", str(pm)) for thing in things for pm in (1, 2)]
    causes.append(_cause("The estimate overflows", "3"))
    made = told(causes=tuple(causes))
    assert len(made.factors) == 8
    assert made.factors[0].text == "The estimate overflows"


def test_a_side_is_counted_once_for_each_post_mortem_that_touches_it() -> None:
    causes = (
        _cause("The on-call rota has gaps", "a"), _cause("The team is tired", "a"), _cause("Nobody was told", "b"),
    )  # fmt: skip
    made = told(causes=causes)
    assert dict(made.areas) == {
        Area.PEOPLE: 1, Area.COMMUNICATION: 1, Area.PROCESS: 0, Area.TOOLING: 0, Area.TECHNOLOGY: 0, Area.ENVIRONMENT: 0,
    }  # fmt: skip
    assert made.with_causes == 2


@pytest.mark.parametrize(
    "text", ["On-call, sign-off; CI!", "(hand-over) of the database/cache", "pre-test Cloud-run", "", *HOSTILE.values()]
)
def test_sides_are_those_that_the_wording_knows(text: str) -> None:
    touched = {area for area, many in told(causes=(_cause(text),)).areas if many}
    assert touched == areas_of(text)


# -- actions and lengths -----------------------------------------------------------------------------


def test_actions_are_counted_by_state_and_the_open_ones_by_age() -> None:
    made = trends(SAMPLE)
    assert dict(made.states)[ActionState.VERIFIED] == 112
    assert made.overdue == 7
    assert made.ages == (("under 2 weeks", 10), ("2–4 weeks", 6), ("1–3 months", 14), ("over 3 months", 17))
    assert dict(told().states) == dict.fromkeys(ActionState, 0)
    assert [many for _, many in told().ages] == [0, 0, 0, 0]


def test_how_long_actions_took_is_a_range_and_a_list_the_newest_first() -> None:
    done, verified = trends(SAMPLE).finished
    assert (done.name, done.recorded, done.among, done.invalid) == ("agreed to done", 14, 40, 0)
    assert (done.shortest, done.longest, len(done.newest)) == (9 * DAY, 35 * DAY, 12)
    assert done.newest[0] == Span(TODAY, 9 * DAY)
    assert (verified.recorded, verified.invalid, verified.among) == (1, 1, 112)


def test_of_a_long_record_the_newest_actions_speak_for_themselves() -> None:
    moved = tuple((ActionState.DONE, NOON - DAY, NOON) for _ in range(MOST_SPANS))
    done, _ = told(moved=moved, states=((ActionState.DONE, 9000),)).finished
    assert (done.recorded, done.among) == (MOST_SPANS, MOST_SPANS)


def test_durations_are_ranges_and_lists_and_what_ends_before_it_starts_is_left_out() -> None:
    detect, acknowledge, mitigate, resolve = trends(SAMPLE).durations
    assert (detect.recorded, detect.shortest, detect.longest) == (3, timedelta(minutes=4), timedelta(minutes=190))
    assert [one.length for one in acknowledge.newest] == [timedelta(minutes=5), timedelta(minutes=1)]
    assert (mitigate.recorded, mitigate.invalid, mitigate.among) == (1, 1, 75)
    assert resolve.longest == 3 * DAY


def test_a_duration_is_about_where_either_end_is() -> None:
    on, (first, last) = moments(TODAY, impact_began=0, detected=3)
    about = Moment(first.anchor, first.at, approximate=True)
    assert told(moments=((on, (about, last)),)).durations[0].newest == (Span(TODAY, timedelta(minutes=3), True),)
    assert told().durations[0].shortest is None


# -- the table ---------------------------------------------------------------------------------------


def _cells(text: str) -> list[list[str]]:
    return list(csv.reader(text.splitlines()))


def test_the_table_is_tidy_and_complete() -> None:
    rows = _cells(as_csv(trends(SAMPLE)))
    assert rows[0] == ["section", "name", "value", "unit"]
    assert {len(row) for row in rows} == {4}
    for row in (
        ["by month", "2026-02", "9", "post-mortems"],
        ["imported, by month", "2026-01", "2", "post-mortems"],
        ["recurring factor", "Hot fixes skip the staged pipeline", "3", "post-mortems"],
        ["open actions, by age", "2–4 weeks", "6", "actions"],
        ["time to detect", "shortest", "4", "minutes"],
        ["time to detect", "2026-02-20", "190", "minutes"],
        ["agreed to done", "longest", "35", "days"],
        ["tag", "vendor", "3", "post-mortems"],
    ):
        assert row in rows
    assert len(rows) == len(figures(trends(SAMPLE))) + 1
    assert len(_cells(as_csv(told()))) > 12


def test_nowhere_is_there_a_mean() -> None:
    words = " ".join(" ".join(figure) for figure in figures(trends(SAMPLE))).casefold()
    assert not [word for word in ("mean", "average", "mttr", "median") if word in words.split()]


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", " =1", "\n@x"])
def test_no_cell_is_a_formula(start: str) -> None:
    rows = _cells(as_csv(told(tags=((start, 1),))))
    (name,) = [row[1] for row in rows if row[0] == "tag"]
    assert name.startswith("'")


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_words_stay_in_their_cell(name: str) -> None:
    made = as_csv(told(tags=((HOSTILE[name], 1), ("about", 2))))
    assert not [letter for letter in made if (ord(letter) < 32 and letter != "\n") or 0x7F <= ord(letter) < 0xA0]
    tags = [row for row in _cells(made) if row[0] == "tag"]
    assert [row[2] for row in tags] == ["1", "2"]


# -- the command -------------------------------------------------------------------------------------


def test_a_pipe_gets_every_figure_in_tab_separated_lines(capsys: pytest.CaptureFixture[str]) -> None:
    tell(trends(SAMPLE), "text")
    lines = capsys.readouterr().out.splitlines()
    assert "by month\t2026-02\t9\tpost-mortems" in lines
    assert len(lines) == len(figures(trends(SAMPLE)))


def test_csv_goes_out_as_it_would_be_written(capsys: pytest.CaptureFixture[str]) -> None:
    tell(trends(SAMPLE), "csv")
    assert capsys.readouterr().out == as_csv(trends(SAMPLE))


def test_machines_get_json(capsys: pytest.CaptureFixture[str]) -> None:
    tell(trends(SAMPLE), "json")
    made = json.loads(capsys.readouterr().out)
    assert made["months"][-1] == {"month": "2026-03", "post_mortems": 6, "imported": 0}
    assert made["recurring"][0] == {
        "text": "Hot fixes skip the staged pipeline", "post_mortems": 3, "last": "2026-03-12",
    }  # fmt: skip
    assert made["durations"][0]["shortest"] == 240
    assert made["durations"][0]["newest"][0] == {"on": "2026-03-12", "seconds": 240, "approximate": False}
    assert "mean" not in json.dumps(made)


def test_an_empty_record_prints_nothing_into_a_pipe_and_a_sentence_on_a_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(told(), "text")
    assert capsys.readouterr().out == ""
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    tell(told(), "text")
    assert "nothing to compare" in capsys.readouterr().out
    tell(told(), "json")
    assert json.loads(capsys.readouterr().out)["durations"][0]["shortest"] is None
