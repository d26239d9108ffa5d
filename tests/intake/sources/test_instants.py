"""Times as machines write them."""

from __future__ import annotations

import pytest

from pmfacil.intake.sources.instants import DayAlone, NoInstant, day_first, moment

NOON = "2024-03-12T12:05:06"


@pytest.mark.parametrize(
    ("value", "said", "zoned"),
    [
        ("2024-03-12T12:05:06Z", NOON, True), ("2024-03-12 12:05:06", NOON, False), ("2024/3/12, 12:05:06", NOON, False),
        ("2024-03-12T13:05:06+01:00", NOON, True), ("2024-03-12T13:05:06+0100", NOON, True),
        ("2024-03-12 06:35:06 -05:30", NOON, True), ("2024-03-12T12:05:06.000000000Z", NOON, True),
        ("2024-03-12 12:05:06.000 +0000 UTC", NOON, True), ("2024-03-12T13:05:06+01:00[Europe/Paris]", NOON, True),
        ("20240312T120506Z", NOON, True), ("2024-03-12 12:05:06 UTC", NOON, True), ("12.03.2024 12:05:06", NOON, False),
        ("13/03/2024 12:05", "2024-03-13T12:05:00", False), ("03/13/2024 12:05 PM", "2024-03-13T12:05:00", False),
        ("12 March 2024, 12:05:06", NOON, False), ("12-Mar-2024 12:05:06", NOON, False),
        ("March 12th, 2024 at 12:05:06 GMT", NOON, True), ("Tue, 12 Mar 2024 13:05:06 +0100 (CET)", NOON, True),
        ("Mar 12, 2024 12:05:06 pm", NOON, False), ("2024-03-12 12:05:06 a.m.", "2024-03-12T00:05:06", False),
        (1710245106, NOON, True), (1710245106.0, NOON, True), ("1710245106", NOON, True),
        (1710245106000, NOON, True), (1710245106000000, NOON, True), ("1710245106000000999", NOON, True),
        ("1710245106.000151", "2024-03-12T12:05:06.000151", True),
        ("2024-03-12T12:05:06,123456789Z", "2024-03-12T12:05:06.123456", True),
    ],
)  # fmt: skip
def test_a_time_is_read(value: object, said: str, zoned: bool) -> None:
    found = moment(value)
    assert found is not None
    assert (found.at.isoformat().removesuffix("+00:00"), found.zoned) == (said, zoned)


@pytest.mark.parametrize("value", [None, "", "  "])
def test_nothing_is_no_fault(value: object) -> None:
    assert moment(value) is None


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("2024-13-01", "“2024-13-01” is no time"),
        ("2024-02-30 10:00", "“2024-02-30 10:00” is no time"),
        ("2024-02-20 25:00", "“2024-02-20 25:00” is no time"),
        ("2024-02-20 13:00 pm", "“2024-02-20 13:00 pm” is no time"),
        ("2024-02-20 10:00 +99:00", "“2024-02-20 10:00 +99:00” is no time"),
        ("2024-02-20 10:00 CET", "“2024-02-20 10:00 CET” is no time"),
        ("12 Foo 2024 10:00", "“12 Foo 2024 10:00” is no time"),
        ("soon", "“soon” is no time"),
        ("x" * 100, f"“{'x' * 39}…” is no time"),
        ("14:05", "“14:05” names no day: write the date before it, or in a column called date"),
        ("03/04/2024 10:00", "“03/04/2024 10:00” can be read two ways: write days as 2024-12-31"),
        ("1601-01-01T00:00:00Z", "“1601-01-01T00:00:00Z” lies outside the years 1990 to 2100"),
        (123456789, "“123456789” lies outside the years 1990 to 2100"),
        pytest.param(10**4000, f"“1{'0' * 38}…” lies outside the years 1990 to 2100", id="a huge number"),
        (True, "“true” is no time"),
        (float("inf"), "“inf” is no time"),
        (float("nan"), "“nan” is no time"),
        ([1], "“[1]” is no time"),
    ],
)
def test_what_is_no_time_says_why(value: object, said: str) -> None:
    with pytest.raises(NoInstant) as refused:
        moment(value)
    assert str(refused.value) == said


def test_a_day_alone_is_told_apart() -> None:
    with pytest.raises(DayAlone):
        moment("2024-03-12")


def test_a_column_tells_whether_the_day_comes_first() -> None:
    assert day_first(["03/04/2024", "13/04/2024", None, 5]) is True
    assert day_first(["03/04/2024", "04/13/2024"]) is False
    assert day_first(["13/04/2024", "04/13/2024"]) is None
    assert day_first(["03/04/2024"]) is None
    found = moment("03/04/2024 10:00", day_first=True)
    assert found is not None
    assert found.at.month == 4
