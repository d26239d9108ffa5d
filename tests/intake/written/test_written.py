"""Post-mortems from elsewhere: what is title, day, timeline, cause and action in them, and that no word is lost."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import process_time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pmfacil.core.record import Part
from pmfacil.intake.written import Written, read_written
from tests.hostile import HOSTILE

CORPUS = Path(__file__).resolve().parents[4] / "shared" / "corpus" / "docs"

BAKERY = """\
# Orders stood still at Crumb & Co

*Status*: final

**Date:** 12 March 2026

## Summary

Orders were not sent to the ovens
for 47 minutes.

## Impact

- 310 orders came late.

## Timeline

All times in UTC.

- 14:05 The certificate of the order queue runs out.
  Nobody sees it.
- **14:12** - First ticket: [no bread](https://x.example/t/1)
- 14:52 A new certificate is in place.

## Root causes

The certificate was renewed by hand.

1. No alarm looks at `queue.pem`.
2. TBD

### Detection

A customer called.

## Action items

<!-- Each needs an owner. -->
_List what you will do._

- [ ] Renew certificates by machine (Ada)
- [x] Watch the age of `queue.pem`
- N/A

## What went well

- The bakers baked on.
"""


def _of(written: Written, part: Part) -> list[str]:
    return [one.text for one in written.passages if one.part is part]


def _timeline(text: str, name: str = "x.md") -> list[tuple[str, str]]:
    return [(one.when, one.text) for one in read_written(text, name).passages if one.part is Part.TIMELINE]


def _causes(text: str) -> list[str]:
    return _of(read_written(text, "x.md"), Part.CAUSE)


def _actions(text: str) -> list[str]:
    return _of(read_written(text, "x.md"), Part.ACTION)


def test_a_post_mortem_is_read_part_by_part() -> None:
    written = read_written(BAKERY, "crumbs.md")
    assert (written.title, written.occurred_on) == ("Orders stood still at Crumb & Co", date(2026, 3, 12))
    assert _of(written, Part.TITLE) == ["Orders stood still at Crumb & Co"]
    assert _of(written, Part.SUMMARY) == ["Orders were not sent to the ovens for 47 minutes."]
    assert _timeline(BAKERY) == [
        ("14:05", "The certificate of the order queue runs out. Nobody sees it."),
        ("14:12", "First ticket: no bread (https://x.example/t/1)"),
        ("14:52", "A new certificate is in place."),
    ]
    assert _of(written, Part.CAUSE) == ["The certificate was renewed by hand.", "No alarm looks at queue.pem."]
    assert _of(written, Part.ACTION) == ["Renew certificates by machine (Ada)", "Watch the age of queue.pem"]
    rest = _of(written, Part.TEXT)
    assert {"310 orders came late.", "TBD", "A customer called.", "Each needs an owner.", "N/A"} <= set(rest)
    assert "List what you will do." in rest
    assert rest[-1] == "The bakers baked on."


def test_passages_stand_in_reading_order() -> None:
    written = read_written(
        "# A\n\nfirst words of it, six or more\n\n- b\n  c\n\n| d | e |\n|---|---|\n| f | |\n", "x.md"
    )
    assert [one.text for one in written.passages] == ["A", "first words of it, six or more", "b c", "d | e", "f"]


@pytest.mark.parametrize(
    ("text", "name", "title"),
    [
        ("## A subject\n\n# The outage #\n", "x.md", "The outage"),
        ('---\ntitle: "The *outage*"\n---\n\nWords.\n\n## Impact\n', "x.md", "The outage"),
        ("+++\ntitle = 'The outage'\n+++\nWords.\n", "x.md", "The outage"),
        ("---\ntitle: The outage\n---\n# Summary\n\nWords.\n\n# What we saw\n\nWords.\n", "x.md", "The outage"),
        ("---\ntitle: Outage\n---\n# The outage of the till\n\n## Impact\n", "x.md", "The outage of the till"),
        ("The outage\n==========\n\nWords.\n", "x.md", "The outage"),
        ("The outage\n----------\n\nWords.\n", "x.md", "The outage"),
        ("Words.\n\n### The outage\n", "x.md", "The outage"),
        ("<h1 align=center>The <b>outage</b></h1>\n", "x.md", "The outage"),
        ("# **“The outage”**\n", "x.md", "The outage"),
        ("**The outage: a review**\n\nWords.\n", "x.md", "The outage: a review"),
        ("**Words** that go on\n", "till.md", "Till"),
        ("# [Incident] {{ The outage }}\n", "x.md", "[Incident] The outage"),
        ("# Impact\n\nWords.\n\n# What we saw\n", "till-shut.md", "Till shut"),
        ("# Service disruption\n", "x.md", "Service disruption"),
        ("# INCIDENT NAME\nThe till was shut.\n", "x.md", "The till was shut."),
        ("# Title\n\n## Impact\n", "the_till-was.shut.md", "The till was shut"),
        ("## Incident summary\n\nWords.\n", "docs/2021-05-09-till-shut.md", "Till shut"),
        ("Words.\n", "/a/b/012_The-outage.markdown", "The outage"),
        ("", "2026-03-12.md", "2026-03-12"),
        ("", "", "Untitled"),
    ],
)
def test_a_document_has_a_title(text: str, name: str, title: str) -> None:
    assert read_written(text, name).title == title


@pytest.mark.parametrize(
    ("text", "name", "day"),
    [
        ("# x\n\nDate: 2026-01-02\n\nIncident date: 1 January 2026\n", "x.md", date(2026, 1, 1)),
        ("---\nincident_date: 2026-01-01\ndate: 2026-01-09\n---\n", "x.md", date(2026, 1, 1)),
        ("---\ntitle: Till shut on January 1st, 2026\ndate: 2026-01-09\n---\n", "x.md", date(2026, 1, 1)),
        ("---\ndate: 2026-01-01T10:00:00Z\n---\n", "2026-01-09.md", date(2026, 1, 1)),
        ("| Date | Jan 1 2026 |\n| --- | --- |\n| Owner | x |\n", "x.md", date(2026, 1, 1)),
        ("| Owner | x |\n|---|---|\n| **Date of incident** | 2026-01-01 |\n", "x.md", date(2026, 1, 1)),
        ("# x\n\n## Date\n\n2026-01-01\n", "x.md", date(2026, 1, 1)),
        ("- **When**: 1 Jan 2026, in the night\n", "2026-01-09.md", date(2026, 1, 1)),
        ("* Date and time (in UTC): Jan-01-2026 11:05\n", "x.md", date(2026, 1, 1)),
        ("Datum: 1. Januar 2026\n", "x.md", date(2026, 1, 1)),
        ("Fecha: 1 de enero de 2026\n", "x.md", date(2026, 1, 1)),
        ("Date: 13/01/2026\n\nFecha: 02/01/2026\n\nWhen: 02/01/2026\n", "x.md", date(2026, 1, 13)),
        ("Date: 02/01/2026\n\nDue on 13/01/2026\n", "x.md", date(2026, 1, 2)),
        ("words\n", "2026_01_01-till.md", date(2026, 1, 1)),
        ("words\n", "20260101-till.md", date(2026, 1, 1)),
        ("## Timeline\n\n- 2026-01-01 10:00 a\n- 2026-01-02 10:00 b\n", "x.md", date(2026, 1, 1)),
        ("# x\n\nOn Friday 2 January 2026 the till was shut.\n", "x.md", date(2026, 1, 2)),
        ("Date: 1 March\n\nDate: 1821-01-01\n\nDate: 2026-02-30\n\nToday all was well.\n", "x.md", None),
        ("words\n", "notes.md", None),
    ],
)
def test_the_day_is_the_one_that_the_surest_place_says(text: str, name: str, day: date | None) -> None:
    assert read_written(text, name).occurred_on == day


def test_a_day_to_come_is_none() -> None:
    later = datetime.now(tz=UTC).date() + timedelta(days=30)
    assert read_written(f"Date: {later}\n", "x.md").occurred_on is None


def test_moments_are_as_they_are_written() -> None:
    text = (
        "## Timeline\n\n- 2020-01-21 14:05 UTC: alarm\n- ~14:06 look\n* At 14:07, fix\n- [14:08] all well\n\nana  2:05 PM\n"
        "hello\n\n- Till opens 2020-01-21 15:00\n"
    )
    assert _timeline(text) == [
        ("2020-01-21 14:05 UTC", "alarm"),
        ("~14:06", "look"),
        ("14:07", "fix"),
        ("14:08", "all well"),
        ("14:05", "ana 2:05 PM hello"),
        ("2020-01-21 15:00", "Till opens"),
    ]


def test_days_rule_the_entries_below_them() -> None:
    text = "## Timeline\n\n### 21 January 2020\n\n- 14:05 a\n- 2020-01-22 00:10 b\n\n### Thursday, 23 Jan 2020\n\n- 09:00 c\n"
    assert [when for when, _ in _timeline(text)] == [
        "21 January 2020 14:05",
        "2020-01-22 00:10",
        "Thursday, 23 Jan 2020 09:00",
    ]
    text = "## Timeline (21 January 2020, UTC)\n\n- 14:05 a\n\n### Later\n\n- 14:09 b\n\n## Impact\n\n- 14:10 c\n"
    assert _timeline(text) == [("21 January 2020 14:05", "a"), ("14:09", "b")]


def test_a_line_that_begins_with_a_day_gives_it_to_the_entries_below() -> None:
    text = "## Timeline\n\n2015-10-21 (*all times UTC*)\n- 14:51 a\n\nAbout 2015-10-22 there is more.\n\n- 14:52 b\n"
    assert _timeline(text) == [("2015-10-21 14:51", "a"), ("2015-10-21 14:52", "b")]


def test_a_german_clock_keeps_its_word() -> None:
    assert _timeline("## Zeitleiste\n\n- 10:00 Uhr: Alarm\n- 10:20 Uhr – Neustart\n- 10:30 Uhrwerk steht\n") == [
        ("10:00 Uhr", "Alarm"),
        ("10:20 Uhr", "Neustart"),
        ("10:30", "Uhrwerk steht"),
    ]


def test_headings_with_times_are_entries_whatever_they_name() -> None:
    text = "## Timeline\n\n### 14:05 Root cause found\n\nA full disk.\n\nMore of it.\n\n### {{ 14:09 }}\n\n```\nlog\n```\n\n## Impact\n\nx\n"
    assert _timeline(text) == [("14:05", "Root cause found"), ("14:09", "14:09")]
    assert _causes(text) == []


def test_tables_say_when_in_any_column_and_keep_every_cell() -> None:
    text = "## Timeline\n\nWho | Time | What\n--- | --- | ---\nAda | 14:05 | alarm \\| bell\nBo | 14:09 |\nwords\n\nafter\n"
    assert _timeline(text) == [("14:05", "Ada | alarm | bell"), ("14:09", "Bo")]
    text = "## Timeline\n\n| 2020-01-21 | 14:05 | alarm |\n| 2020-01-21 | 14:09 | fix |\n"
    assert _timeline(text) == [("2020-01-21 14:05", "alarm"), ("2020-01-21 14:09", "fix")]


def test_a_timeline_that_was_pasted_as_code_is_one() -> None:
    text = "Timeline:\n\n```\n10:00 UTC - open\n10:40 UTC - shut\n```\n\nWords.\n"
    assert _timeline(text) == [("10:00 UTC", "open"), ("10:40 UTC", "shut")]
    text = "## Timeline\n\n- 10:00 open\n\n```\n10:40 UTC - shut\n```\n"
    assert _timeline(text) == [("10:00", "open")]


def test_without_a_timeline_three_entries_anywhere_make_one() -> None:
    text = "# x\n\n- 14:05 a\n- 14:06 b\n\n## Actions\n\n- 2020-01-21: mend it\n"
    assert _timeline(text) == []
    assert _actions(text) == ["2020-01-21: mend it"]
    assert len(_timeline(text.replace("- 14:06 b", "- 14:06 b\n- 14:07 c"))) == 3
    assert len(_timeline("Timeline: [elsewhere](https://x.example)\n\n- 14:05 a\n- 14:06 b\n- 14:07 c\n")) == 3


def test_a_timeline_section_shuts_out_entries_elsewhere() -> None:
    text = "## Chronologie\n\n- 14:05 a\n\n## Notes\n\n- 14:06 b\n- 14:07 c\n- 14:08 d\n"
    assert _timeline(text) == [("14:05", "a")]


def test_long_entries_keep_all_their_words() -> None:
    words = " ".join(f"word{number}" for number in range(1500))
    found = _timeline(f"## Timeline\n\n- 14:05 {words}\n- 14:06 {'x' * 1500}\n")
    assert {when for when, _ in found} == {"14:05", "14:06"}
    assert " ".join(text for when, text in found if when == "14:05") == words
    assert found[-1] == ("14:06", "x" * 1500)
    assert all(len(text) <= 4000 for _, text in found)


@pytest.mark.parametrize(
    "heading",
    [
        "## Root Cause(s)", "## Contributing factors", "## 4. Causes", "### Why did it happen?", "Trigger\n-------", "## The 5 Whys",
        "## Root cause analysis 🔍", "**Root causes:**", "__Contributing Factors__", "Root cause:", "Causes of the outage:",
        "<summary>Root cause</summary>", "## Ursachen", "## Causes profondes", "## Causa raíz", "## Causas raiz", "## Oorzaak",
        "- **Root cause**:", "> ## Analysis", "##Causes",
    ],
)  # fmt: skip
def test_headings_of_causes(heading: str) -> None:
    assert _causes(f"# x\n\n{heading}\n\n  - a full disk\n\n## Impact\n\n- none of it\n") == ["a full disk"]


@pytest.mark.parametrize(
    "heading",
    [
        "## Action items", "## Actions", "## Follow-up tasks", "## Next steps", "## Remediation", "### Prevention", "## TODO",
        "## Corrective and preventative measures", "## Process improvements", "## What we will do", "## What we're doing about it",
        "## How are we preventing it from happening again?", "**Action Items**", "Next steps:", "- **Review actions**:",
        "## Maßnahmen", "## Nächste Schritte", "## Actions correctives", "## Prochaines étapes", "## Acciones correctivas",
        "## Próximos pasos", "## Ações", "## Plano de ação", "## Prossimi passi", "## Vervolgstappen",
    ],
)  # fmt: skip
def test_headings_of_actions(heading: str) -> None:
    assert _actions(f"# x\n\n{heading}\n\n  - watch the disk\n\n## Impact\n\n- none of it\n") == ["watch the disk"]


@pytest.mark.parametrize(
    "heading",
    [
        "## Summary",
        "## Overview",
        "**TL;DR**",
        "## What happened?",
        "Abstract\n----",
        "## Zusammenfassung",
        "## Résumé",
        "## Resumen",
        "## Resumo",
    ],
)
def test_headings_of_summaries(heading: str) -> None:
    written = read_written(
        f"# Till shut\n\nFirst words, and then some more of them.\n\n{heading}\n\nShut.\n\n## x\n\ny\n", "x.md"
    )
    assert "Shut." in _of(written, Part.SUMMARY)
    assert "y" in _of(written, Part.TEXT)


def test_the_first_paragraph_is_the_summary_where_no_section_is() -> None:
    written = read_written(
        "# Till shut\n\nAuthor: Ada\n\nThe till was shut for two hours.\n\nMore of the same words here.\n", "x.md"
    )
    assert _of(written, Part.SUMMARY) == ["The till was shut for two hours."]
    assert _of(read_written("# Till shut\n\nShut.\n\n- a\n", "x.md"), Part.SUMMARY) == []
    apart = "_One, two or three sentences in all._\n\nAuthors: a, b, c, d, e, f\n\n**A bold line of six words**\n\n[x]: y one two three four\n"
    assert _of(read_written(f"# Till shut\n\n{apart}", "x.md"), Part.SUMMARY) == []


def test_deeper_headings_belong_to_their_section_unless_they_name_another() -> None:
    text = (
        "## Root cause analysis\n\n### The disk\n\nIt was full.\n\n### Impact\n\nNo bread.\n\n### Action items\n\n- Clean it.\n\n"
        "#### Detection\n\n- Watch it.\n\n#### Monitoring\n\n- Ring a bell.\n\n## Lessons learned\n\n- Disks fill.\n\n"
        "### What went wrong\n\n- Nobody looked.\n"
    )
    assert _causes(text) == ["It was full."]
    assert _actions(text) == ["Clean it.", "Watch it.", "Ring a bell."]


def test_labels_rule_what_they_lead() -> None:
    text = (
        "Root cause: the disk was full.\n\nAfter it.\n\nAction items: see here\n- Clean the disk.\n\nWords.\n\n- **Actions**:\n  - Watch it.\n"
        "- **Impact**: no bread\n- **Cause:** a log\n\n- **Follow-up**:\n\n1. Ring a bell.\n2. Sleep.\n\nImpact: none\n- no item\n"
    )
    assert _causes(text) == ["Root cause: the disk was full.", "Cause: a log"]
    assert _actions(text) == ["Action items: see here", "Clean the disk.", "Watch it.", "Ring a bell.", "Sleep."]
    assert _actions("## Actions\n\n- Detection: ring a bell\n- **Notes on this**: x\n") == [
        "Detection: ring a bell",
        "Notes on this: x",
    ]


def test_tables_of_actions_and_tables_of_facts() -> None:
    text = "| Action item | Owner | Due |\n|---|---|---|\n| Clean the disk | Ada | 2026-05-01 |\n| | | |\n| TBD | n/a | 3 |\n"
    assert _actions(text) == ["Clean the disk | Ada | 2026-05-01"]
    text = "| Field | |\n|---|---|\n| **Root cause** | A full disk |\n| Summary | Shut. |\n| Trigger | TBD |\n| Owner | Ada |\n"
    assert _causes(text) == ["Root cause | A full disk"]
    assert _of(read_written(text, "x.md"), Part.SUMMARY) == ["Summary | Shut."]
    text = "## Action items\n\n- P1 - soon\n\n| What | Priority |\n|--|--|\n| Clean the disk | P1 |\n"
    assert _actions(text) == ["Clean the disk | P1"]


def test_words_that_lead_over_are_neither_cause_nor_action() -> None:
    text = "## Action items\n\nWe met on Monday.\n\n- Clean the disk\n\n## Causes\n\nThere were these:\n\n- a log\n\nIt was large.\n"
    assert (_actions(text), _causes(text)) == (["Clean the disk"], ["a log", "It was large."])
    text = "## Prevention\n\nAbout all.\n\n### Disk\n\nWe will clean it.\n\n[ref]: https://x.example\n"
    assert _actions(text) == ["We will clean it."]


def test_slanted_lines_of_a_template_are_no_words_of_the_section() -> None:
    text = "# x\n\n## Summary\n*What happened, in short.*\nShut.\n\n## Root cause\n_Say why._\nA full disk,\nand *no* alarm.\n"
    assert _causes(text) == ["A full disk, and no alarm."]
    assert _of(read_written(text, "x.md"), Part.SUMMARY) == ["Shut."]


@pytest.mark.parametrize(
    "words",
    ["N/A", "n/a.", "TBD", "*TBD*", "None", "none yet", "-", "...", "[Describe the cause]", "{{ summary }} [link to issue]", "<owner>",
     "_What was it?_", "*What was it?*", "keine", "Aucune", "ninguna", "Nenhuma", "Not applicable", "To be determined"],
)  # fmt: skip
def test_what_a_template_left_is_neither_cause_nor_action(words: str) -> None:
    text = f"## Root cause\n\n{words}\n\n## Action items\n\n- {words}\n- [ ] {words}\n"
    assert (_causes(text), _actions(text)) == ([], [])


def test_tasks_are_actions_where_no_section_says_otherwise() -> None:
    assert _actions("# x\n\n- [ ] Clean the disk\n\n## Impact\n\n- [ ] no bread\n") == ["Clean the disk"]


def test_marks_are_taken_out_and_words_stay() -> None:
    text = (
        '**Bold *and slanted* words** with __more__, `code_of *mine*`, snake_case, 2*3, ~~old~~ and \\*stars\\*; see [here](https://x.example/a_b_c "the wall"), '
        "<https://x.example>, [https://x.example](https://x.example/), ![a chart](c.png), [![x](y.png)](z), [the log][log], [log] and "
        '[none][of these]; <b>HTML</b> with <a href="https://x.example/h">a link</a>, <img alt="a graph" src="g.png">, List<String>, '
        "&amp; &lt;x&gt; https://x.example/_a_/*b*; a lone * star\n\n[log]: https://x.example/log 'The log'\n"
    )
    first, last = (one.text for one in read_written(text, "x.md").passages)
    assert first == (
        "Bold and slanted words with more, code_of *mine*, snake_case, 2*3, old and *stars*; see here the wall (https://x.example/a_b_c), "
        "https://x.example, https://x.example, a chart (c.png), x (y.png) (z), the log (https://x.example/log), "
        "log (https://x.example/log) and [none][of these]; HTML with a link (https://x.example/h), a graph , List<String>, "
        "& <x> https://x.example/_a_/*b*; a lone * star"
    )
    assert last == "log: https://x.example/log 'The log'"


def test_comments_are_passages_of_their_own() -> None:
    text = (
        "## Causes\n\nA full <!-- really? --> disk.\n\n- one <!-- two\nthree --> four\n<!-- open\n`x` <!-- never ends\n"
    )
    written = read_written(text, "x.md")
    assert [one.text for one in written.passages] == [
        "Causes", "A full disk.", "really?", "one", "two three", "four <!-- open x <!-- never ends",
    ]  # fmt: skip
    assert _of(written, Part.CAUSE) == ["A full disk.", "one", "four <!-- open x <!-- never ends"]
    assert [one.text for one in read_written("a <!-- b\nc\n", "x.md").passages] == ["a <!-- b c"]


def test_code_is_text_and_no_heading() -> None:
    text = "## Causes\n\n```sh\n# Title\n- 14:05 `x` *y*\n```bash\n``\n```\n\n~~~\nend"
    written = read_written(text, "x.md")
    assert [one.text for one in written.passages] == ["Causes", "# Title - 14:05 `x` *y* ```bash ``", "end"]
    assert {one.part for one in written.passages} == {Part.TEXT}


def test_a_block_of_code_keeps_all_words_but_the_name_of_its_language() -> None:
    text = "```\n\n```\n```the log says\nshut\n```\n```text\nopen\n```\n"
    assert [one.text for one in read_written(text, "x.md").passages] == ["the log says shut", "open"]


def test_a_long_line_above_dashes_is_no_heading() -> None:
    assert read_written(f"{'word ' * 50}\n---\n", "till.md").title == "Till"


def test_marks_within_marks_within_marks() -> None:
    assert read_written("**a *b **c *d* c** b* a**\n", "x.md").passages[0].text == "a b c d c b a"


def test_a_rule_of_three_dashes_that_never_closes_is_no_front_matter() -> None:
    assert [one.text for one in read_written("---\n\n***\n* * *\nx\n", "x.md").passages] == ["x"]


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize(
    "shape",
    ["{}", "# {}", "- {}", "| {} | b |", "## Timeline\n- 14:05 {}", "## Actions\n- [ ] {}", "---\n\ntitle: {}\n---"],
)
def test_hostile_words_are_kept_and_made_harmless(words: str, shape: str) -> None:
    written = read_written(shape.replace("{}", words), words)
    for text in (written.title, *(part for one in written.passages for part in (one.text, one.when))):
        assert not re.search(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]", text)
        text.encode()


_PIECES = [
    "# ", "## Timeline", "## Action items", "## Root cause", "- ", "- [ ] ", "1. ", "| a | b |", "|---|---|", "```", "~~~", "---", "===",
    "> ", "**", "*", "_", "`", "[a](b)", "[a]: b", "[a]", "<!--", "-->", "<b>", "<li>", "14:05 ", "2020-01-21 ", "Root cause: ", "\n", "\n\n",
    "    ", "\t", "\\", "&amp;", "&#27;", "|", "N/A", "{{ x }}", "Date: ", "title: ", "ana  2:05 PM",
]  # fmt: skip
_DOCUMENTS = st.lists(
    st.text(max_size=12) | st.sampled_from(_PIECES) | st.sampled_from([*HOSTILE.values()]), max_size=30
).map("".join)


@given(_DOCUMENTS, st.text(max_size=20))
@settings(max_examples=100)
@example("<!-- a\nb --> <!-- c\nd -->", "")
@example("a | b\n-|-\n14:05", ".")
def test_any_document_is_read(text: str, name: str) -> None:
    written = read_written(text, name)
    assert written.title
    assert all(0 < len(one.text) <= 4000 for one in written.passages)
    assert not re.search(r"[\x00-\x1f\x7f-\x9f]", "".join(one.text + one.when for one in written.passages))


_WORDS = st.lists(st.from_regex(r"[a-zà-ü]{1,8}", fullmatch=True), min_size=1, max_size=6).map(" ".join)
_AROUND = st.sampled_from(
    ["{}", "# {}", "## {}", "- {}", "  - {}", "1. {}", "- [x] {}", "> {}", "**{}**", "_{}_", "`{}`", "| {} | x |", "{} | x", "|--|--|", "--|--", "```\n{}\n```",
     "```", "{}\n===", "{}\n---", "<!-- {} -->", "<!-- {}", "{} -->", "[{}](y)", "[{}]: y", "{}:", "**{}:** x", "- 14:05 {}", "14:05 {}", "### 14:05 {}", "| 14:05 | {} |",
     "2020-01-21 {}", "### 21 January 2020 {}", "## Timeline", "## Action items {}", "Root cause: {}", "", "---", "title: {}", "<p>{}</p>", "    {}", "ana {}  2:05 PM"],
)  # fmt: skip


@given(st.lists(st.tuples(_AROUND, _WORDS), max_size=15))
@settings(max_examples=80)
@example([("---", "a"), ("title: {}", "b"), ("---", "c"), ("{}", "d")])
@example([("{} | x", "a"), ("--|--", ""), ("{}", "b"), ("- {}", "c"), ("# {}", "d")])
def test_no_word_is_lost(lines: list[tuple[str, str]]) -> None:
    text = "\n".join(around.replace("{}", words) for around, words in lines)
    found = " ".join(f"{one.when} {one.text}" for one in read_written(text, "x.md").passages)
    for around, words in lines:
        if "{}" in around:
            for word in words.split():
                assert word in found


def test_long_passages_are_cut_at_a_blank_and_no_further_than_they_must() -> None:
    words = " ".join(f"w{number}" for number in range(3000))
    passages = read_written(words, "x.md").passages
    assert all(one.text[:1] == "w" and len(one.text) <= 4000 for one in passages)
    assert " ".join(one.text for one in passages) == words
    assert [len(one.text) for one in read_written("x" * 9000, "x.md").passages] == [4000, 4000, 1000]


def test_a_document_of_endless_lines_keeps_its_words() -> None:
    written = read_written("a\n\n" * 4000 + "- **last** words\n", "x.md")
    assert written.passages[-1].text == "- last words"


@pytest.mark.parametrize(
    "mark", ["[a](", "*a _b ", "<a ", "`a``", "# ", "| 1 ", "<!-- a -->", "14:05 (", "a: ", "- 1\n", "> ", "{{ "]
)
def test_no_mark_makes_reading_slow(mark: str) -> None:
    began = process_time()
    read_written(f"## Timeline\n\n- 14:05 {mark * (20_000 // len(mark))}", "x.md")
    assert process_time() - began < 20


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of public post-mortems is not on this machine")
@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.md")), ids=lambda path: path.name[:30])
def test_public_post_mortems_are_read_without_loss(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    written = read_written(text, path.name)
    assert written.title
    assert written.passages
    found = " ".join(f"{one.when} {one.text}" for one in written.passages)
    bare = re.sub(r"<[a-zA-Z/][^<>]*>|&#?\w+;|```\s*\w+|\w+://\S+|mailto:", " ", text)
    lost = {word for word in re.findall(r"[^\W_]+", bare) if word not in found}
    assert not lost
