"""Stamps in every order that people write them, and what is no stamp; each line is judged by itself."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmfacil.intake.lines import judge
from pmfacil.intake.placing import Context, place
from pmfacil.intake.shape import shape_of
from pmfacil.intake.stamp import read_head
from pmfacil.intake.zones import zone_named
from tests.meetings import texts

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
BLANK = Context("UTC", None, None, NOW)

#   line, day, time, end, zone, text
UNDERSTOOD = [
    ("* 14:05 UTC: text here", "", "14:05", "", "UTC", "text here"),
    ("**14:05** text here", "", "14:05", "", "", "text here"),
    ("14:05 (UTC) - text here", "", "14:05", "", "UTC", "text here"),
    ("14:05Z text here", "", "14:05", "", "Z", "text here"),
    ("[2021-03-04 14:05 UTC] text here", "2021-03-04", "14:05", "", "UTC", "text here"),
    ("(14:05) text here", "", "14:05", "", "", "text here"),
    ("2021-03-04T14:05:30+02:00 text here", "2021-03-04", "14:05:30", "", "+02:00", "text here"),
    ("20210304T1405 text here", "2021-03-04", "14:05", "", "", "text here"),
    ("- Mar 4, 14:05 UTC text here", "03-04", "14:05", "", "UTC", "text here"),
    ("- Mar 4 @ 14:05 text here", "03-04", "14:05", "", "", "text here"),
    ("04 Mar 2021 14:05: text here", "2021-03-04", "14:05", "", "", "text here"),
    ("12-Mar-24 14:05 text here", "2024-03-12", "14:05", "", "", "text here"),
    ("- Thu Mar 4 14:05:30 UTC 2021 text here", "2021-03-04", "14:05:30", "", "UTC", "text here"),
    ("Thursday, March 4th 2021 at 2:05 PM PST: text here", "2021-03-04", "14:05", "", "PST", "text here"),
    ("- 4th of March 2021, 14:05 text here", "2021-03-04", "14:05", "", "", "text here"),
    ("2021/03/04 14:05 text here", "2021-03-04", "14:05", "", "", "text here"),
    ("- 2021-03-04 (Thu) 14:05 text here", "2021-03-04", "14:05", "", "", "text here"),
    ("- 04.03.2021 14:05 text here", "2021-03-04", "14:05", "", "", "text here"),
    ("- 14h05 : text here", "", "14:05", "", "", "text here"),
    ("1405 UTC text here", "", "14:05", "", "UTC", "text here"),
    ("- 1405 hrs text here", "", "14:05", "", "", "text here"),
    ("14.05 - text here", "", "14:05", "", "", "text here"),
    ("- 2:05 p.m. text here", "", "14:05", "", "", "text here"),
    ("- 9:06a text here", "", "09:06", "", "", "text here"),
    ("- 2-3pm text here", "", "14:00", "15:00", "", "text here"),
    ("- 14:05 → 14:20: text here", "", "14:05", "14:20", "", "text here"),
    ("14:05 UTC - 14:20 UTC: text here", "", "14:05", "14:20", "UTC", "text here"),
    ("20:05~20:30 text here", "", "20:05", "20:30", "", "text here"),
    ("- Between 14:22 and 14:26, text here", "", "14:22", "14:26", "", "text here"),
    ("- 14:05 CET/13:05 UTC text here", "", "14:05", "", "CET", "text here"),
    ("- 18:37 EDT (22:37 UTC): text here", "", "18:37", "", "EDT", "text here"),
    ("- 22:30 UTC (Oct 29) - text here", "10-29", "22:30", "", "UTC", "text here"),
    ("16:00 | March 18 | text here", "03-18", "16:00", "", "", "text here"),
    ("March 18 | 16:00 | text here", "03-18", "16:00", "", "", "text here"),
    ("November 4th -- 16:30 to 18:00 UTC", "11-04", "16:30", "18:00", "UTC", ""),
    ("- 5/10 6:09 PM PDT: text here", "05-10", "18:09", "", "PDT", "text here"),
    ("- 25/10/2021 09:15 text here", "2021-10-25", "09:15", "", "", "text here"),
    ("- noon: text here", "", "12:00", "", "", "text here"),
    ("- midnight: text here", "", "00:00", "", "", "text here"),
    ("- 14:05. Text here", "", "14:05", "", "", "Text here"),
    ("- At 14:05 UTC, text here", "", "14:05", "", "UTC", "text here"),
    ("- Oct 21 Text here", "10-21", "", "", "", "Text here"),
    ("- October 29-30 (7 hours): text here", "10-29", "", "", "", "(7 hours): text here"),
    ("- 2021-03-01 - 2021-03-02: text here", "2021-03-01", "", "", "", "text here"),
    ("| 14:05 | text | and more |", "", "14:05", "", "", "text | and more"),
    ("| 2021-03-04 --:-- | text here |", "2021-03-04", "", "", "", "text here"),
    ("11/03/202 - text here", "", "", "", "", "text here"),
    ("### {{ 14:05 }}", "", "14:05", "", "", ""),
    ("# 2021-03-04 14:05", "2021-03-04", "14:05", "", "", ""),
    ("- Fault repaired: 2021-03-04 14:05", "2021-03-04", "14:05", "", "", "Fault repaired"),
    ("- Resolved at 2021-03-04 14:05 UTC", "2021-03-04", "14:05", "", "UTC", "Resolved"),
    (">Somebody [10:01 AM]  ", "", "10:01", "", "", ""),
    ("Some Body  10:01 AM", "", "10:01", "", "", ""),
    ("23:00 AM MST Saturday Oct 30th: text here", "10-30", "23:00", "", "MST", "text here"),
    ("14:05 -5% errors", "", "14:05", "", "", "-5% errors"),
    ("- 14:05 Europe/London text here", "", "14:05", "", "Europe/London", "text here"),
    ("- 14:05 GMT+2: text here", "", "14:05", "", "GMT+2", "text here"),
    ("- 14:05 12 Mar build goes out", "", "14:05", "", "", "12 Mar build goes out"),
    ("- [ ] 14:05 text here", "", "14:05", "", "", "text here"),
    ("2. 14:05 text here", "", "14:05", "", "", "text here"),
]


@pytest.mark.parametrize(("line", "day", "time", "end", "zone", "text"), UNDERSTOOD, ids=[one[0] for one in UNDERSTOOD])
def test_a_line_says_what_it_says(line: str, day: str, time: str, end: str, zone: str, text: str) -> None:
    judged = judge(line)
    assert judged is not None
    stamp = judged.stamp
    said = (str(stamp.day or ""), str(stamp.clock or ""), str(stamp.end or ""), stamp.zone, judged.text)
    assert said == (day, time, end, zone, text)


@pytest.mark.parametrize(
    "line",
    [
        "- ~14:05 x", "- 14:05? x", "- 14:05 ish x", "- ca. 14:05 x", "- around noon: x", "- 14:05 (maybe earlier) x",
        "- 14:05 approx - x", "- 2021-03-04 evening: x", "- Early morning July 12th, 2018: x", "- Shortly after 14:05: x",
        "| 12:26-12:?? | x |",
    ],
)  # fmt: skip
def test_doubt_is_kept(line: str) -> None:
    judged = judge(line)
    assert judged is not None
    assert judged.stamp.approximate
    assert judged.text == "x"


@pytest.mark.parametrize(
    "line",
    [
        "", "   ", "---", "On Friday 29 November 2019, we scaled the cluster.", "At 4:11 AM UTC on November 24th, a",
        "Today, while investigating, we saw it", "peaking around 07:15.", "10:00. Then we went on", "6pm. Peaks at six",
        "05:16 and 06:27 (both via chat). While monitoring we saw a long tail of errors", "# 2018-01-04, Failed deploy",
        "title: Incident on 2020-02-18", "date: '2023-03-23T20:10:01.466Z'", "- **Duration:** 21:45 to 23:28 UTC",
        "- Date: 2021-03-04 14:05", "| Date | 2022-04-20 |", "- **Status**: Resolved at 2020-04-15 15:09 UTC",
        "Date:   Mon May 10 19:03:52 2021 +0900", "[W 180220 15:32:35 web:1588] 500 GET /build", "2 may be broken",
        "E0220 10:59:57.797466 1 ssh.go:200] Failed", '{"timestamp":"2025-09-29T16:54:16Z"}', "2018-07-07 18:32:27.000",
        "- 1.17 creates two more", "- 2.17.0 released", "- 10.128.0.1 host", "- 1430 users", "- 10.15 upgrade",
        "- posts/2025-07-28-attack.md", "- 404 errors", "- 12:34:56:78:9a:bc address", ">>> requests.get('http://10.1/')",
        "- 3 pods restarted", "<img src='/2018-04-26.png'>", "4/5 of the nodes", "| nodes | 14:05 |", "HH:MM what happened",
        "- **Time to resolve**: 9h 16m (during support hours 10:00-17:00)",
    ],
)  # fmt: skip
def test_what_is_no_entry_is_left_alone(line: str) -> None:
    assert judge(line) is None


@pytest.mark.parametrize(
    ("written", "hours"),
    [("UTC", 0), ("z", 0), ("PST", -8), ("cest", 2), ("UTC+2", 2), ("GMT+05:30", 5.5), ("+0100", 1), ("-07:00", -7)],
)
def test_zones_that_name_an_offset(written: str, hours: float) -> None:
    zone = zone_named(written)
    assert zone is not None
    assert zone.utcoffset(NOW) == timedelta(hours=hours)


@pytest.mark.parametrize("written", ["", "IST", "Mars/Olympus", "UTC+25", "+99:00", "local", "/"])
def test_zones_that_name_none(written: str) -> None:
    assert zone_named(written) is None


def test_a_place_has_summer_and_winter() -> None:
    eastern = zone_named("Eastern")
    assert eastern == zone_named("ET") == zone_named("America/New_York")
    assert eastern is not None
    assert eastern.utcoffset(datetime(2026, 7, 1)) == timedelta(hours=-4)  # noqa: DTZ001 - a wall time is asked


def _at(line: str, context: Context = BLANK) -> tuple[datetime | None, date | None, tuple[str, ...]]:
    judged = judge(line)
    assert judged is not None
    placed = place(judged.stamp, context)
    return placed.at, placed.day, placed.notes


def test_without_a_day_there_is_no_instant_and_the_line_says_why() -> None:
    assert _at("- 14:05 x") == (None, None, ("on which day?",))


def test_a_broken_day_is_no_day() -> None:
    assert _at("11/03/202 - x") == (None, None, ("no such day",))


def test_a_day_alone_stays_a_day() -> None:
    assert _at("- 2021-03-04: x") == (None, date(2021, 3, 4), ())


def test_a_year_that_is_not_said_is_the_newest_past_one_with_that_weekday() -> None:
    assert _at("- Saturday Oct 30th: x")[1] == date(2021, 10, 30)
    assert _at("- Oct 30: X")[1] == date(2026, 10, 30)
    assert _at("- Dec 30: X")[1] == date(2025, 12, 30)
    assert _at("- Feb 29: X")[1] == date(2024, 2, 29)


def test_a_year_that_is_not_said_is_the_one_nearest_to_the_story() -> None:
    story = Context("UTC", date(2019, 1, 2), None, NOW)
    assert _at("- Dec 30: X", story)[1] == date(2018, 12, 30)
    assert _at("- Saturday Dec 29: x", story)[1] == date(2018, 12, 29)


def test_today_and_yesterday_are_seen_from_now() -> None:
    assert _at("Some Body — Today at 2:05 PM")[0] == datetime(2026, 11, 24, 14, 5, tzinfo=UTC)
    assert _at("Some Body — Yesterday at 2:05 PM")[0] == datetime(2026, 11, 23, 14, 5, tzinfo=UTC)


def test_a_weekday_alone_is_the_next_one() -> None:
    story = Context("UTC", date(2026, 3, 12), None, NOW)
    assert _at("Saturday 14:05 x", story)[0] == datetime(2026, 3, 14, 14, 5, tzinfo=UTC)


def test_days_in_numbers_are_read_nearest_to_the_story() -> None:
    for story, found in ((date(2026, 3, 1), date(2026, 3, 4)), (date(2026, 4, 1), date(2026, 4, 3))):
        context = Context("UTC", story, None, NOW)
        assert _at("- 03/04/2026: x", context)[1] == found
    assert _at("- 03/04/2026: x")[1] == date(2026, 3, 4)
    day_first = Context("UTC", None, None, NOW, month_first=False)
    assert _at("- 03/04/2026: x", day_first)[1] == date(2026, 4, 3)


def test_ranges_over_midnight_and_over_days() -> None:
    story = Context("UTC", date(2026, 3, 12), None, NOW)
    judged = judge("- 23:50-00:10 x")
    assert judged is not None
    assert place(judged.stamp, story).until == datetime(2026, 3, 13, 0, 10, tzinfo=UTC)
    judged = judge("- 2026-03-12 23:50 - 2026-03-14 00:10 x")
    assert judged is not None
    assert place(judged.stamp, story).until == datetime(2026, 3, 14, 0, 10, tzinfo=UTC)
    judged = judge("- 2026-03-12 23:50 - 2026-03-10 00:10 x")
    assert judged is not None
    assert place(judged.stamp, story).until is None


@given(
    texts() | st.text() | st.from_regex(r"[-*|# >]{0,3}[0-9]{1,4}[-:/. ][0-9]{1,2}[-:/. apm?]{0,4}[A-Za-z0-9 ]{0,9}")
)
def test_any_line_is_judged_and_its_words_stay_its_own(line: str) -> None:
    judged = judge(line)
    if judged is not None and not judged.shape.cells:
        assert judged.text in line.expandtabs(4) or judged.text in line
        place(judged.stamp, BLANK)
        place(judged.stamp, Context("America/New_York", date(2, 1, 1), NOW, NOW))
    head = read_head(shape_of(line).body)
    assert head is None or shape_of(line).body.endswith(head.text)
