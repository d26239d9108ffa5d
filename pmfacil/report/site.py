"""The pages around published reports: the index, the words that its search looks through, documents of others."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, replace
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from pmfacil.core import saying
from pmfacil.core.following import OVER
from pmfacil.core.record import Part
from pmfacil.core.text import shortened, visible
from pmfacil.report.document import Bullets, Item, Paragraph, Report, Section, Table
from pmfacil.report.html import escaped, html
from pmfacil.report.outline import Role, outline

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from pmfacil.core.model import PostMortem
    from pmfacil.core.record import Record
    from pmfacil.report.document import Block

INDEX: Final = "index.html"
WORDS: Final = "words.js"
SCRIPT: Final = "search.js"
STYLE: Final = "site.css"

_OPENS, _CLOSES = "window.pmfacilRecord = ", ";\n"
_UNSEARCHED: Final = frozenset(["people", "follow-up", "settling", "time-used"])  # they say the same in every report
_GIST: Final = 220  # characters of a sentence in the list
_SENTENCE: Final = re.compile(r"(?<=[.!?…])\s+(?=[^\Wa-z_]|[\"“‘(])")
_PARTS: Final = {
    Part.SUMMARY: ("summary", "Summary"),
    Part.TIMELINE: ("timeline", "Timeline"),
    Part.CAUSE: ("causes", "Causes"),
    Part.ACTION: ("actions", "Actions"),
}
_BACK: Final = f'<nav class=back><a href="{INDEX}">All post-mortems</a></nav>'
_BACK_STYLE: Final = """<style>
.back { margin-bottom: 2rem; font-size: .9rem; }
.back a { color: var(--mark); }
.back a::before { content: "← " / ""; }
@media print { .back { display: none; } }
</style>"""


@dataclass(frozen=True, slots=True)
class Listed:
    """A report as the index lists it and the search finds it; `said` is each section's key, title and passages."""

    page: str
    title: str
    day: str
    kind: str
    team: str
    tags: tuple[str, ...]
    open: int
    of: int
    gist: str
    said: tuple[tuple[str, str, tuple[str, ...]], ...]


def listed(page: str, day: date, pm: PostMortem, report: Report) -> Listed:
    """Return what the index says of a post-mortem of ours; the search knows nothing that its page does not say."""
    still = sum(1 for action in pm.actions if action.state not in OVER)
    told = (pm.summary, pm.facts.happened, pm.impact, pm.trigger and f"Trigger: {pm.trigger}")
    gist = _first_sentence(next((text for text in told if text), ""))
    team, tags = visible(pm.facts.team), tuple(map(visible, pm.facts.tags))
    own = (page, visible(pm.title), day.isoformat(), pm.kind.value)
    return Listed(*own, team, tags, still, len(pm.actions), gist, tuple(_said(report)))


def listed_record(page: str, day: date, record: Record, report: Report) -> Listed:
    """Return what the index says of a document that was written elsewhere."""
    gist = _first_sentence(next((one.text for one in record.of(Part.SUMMARY)), ""))
    own = (page, visible(record.title), day.isoformat(), "written elsewhere")
    return Listed(*own, "", (), 0, 0, gist, tuple(_said(report)))


def written_report(record: Record) -> Report:
    """Return a document that was written elsewhere as a report: its passages, in the order in which they stood."""
    sections: list[tuple[str, str, list[Block]]] = []
    for one in record.passages:
        if one.part is Part.TITLE:
            continue
        # Words of no known part go on in the section that they stand in.
        key, title = _PARTS.get(one.part, sections[-1][:2] if sections else ("text", "Document"))
        if not sections or sections[-1][0] != key:
            sections.append((key, title, []))
        plain = one.part in (Part.SUMMARY, Part.TEXT) and not one.when
        sections[-1][2].append(Paragraph(one.text) if plain else Bullets((Item(one.text, one.when),)))
    happened = (("Happened on", saying.day(record.occurred_on)),) if record.occurred_on else ()
    facts = (*happened, ("Written elsewhere", record.source))
    return Report(record.title, facts, tuple(Section(title, tuple(blocks), key) for key, title, blocks in sections), ())


def page(report: Report) -> str:
    """Return a report as a page of the site, with the way back to the index."""
    text = html(report)
    return text.replace("</head>", f"{_BACK_STYLE}\n</head>", 1).replace("<main>", f"<main>\n{_BACK}", 1)


def words(entries: Sequence[Listed]) -> str:
    """Return the script that holds the words of all reports, one a line, so that version control sees what changed."""
    # ASCII alone, and no sign that HTML gives a meaning: nothing that was typed can end the script or its line.
    lines = ",\n".join(json.dumps(asdict(one), separators=(",", ":")) for one in entries)
    safe = lines.translate({ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&"})
    return f"{_OPENS}[\n{safe}\n]{_CLOSES}"


def read_words(text: str) -> tuple[Listed, ...]:
    """Return what `words` wrote; raises `ValueError` where it is something else."""
    try:
        return tuple(_read(one) for one in json.loads(text.removeprefix(_OPENS).removesuffix(_CLOSES)))
    except (TypeError, KeyError) as fault:
        raise ValueError(str(fault)) from fault


def asset(name: str) -> str:
    """Return a file of the site that is the same in every site."""
    return files("pmfacil.report").joinpath(name).read_text(encoding="utf-8")


def index_page(entries: Sequence[Listed]) -> str:
    """Return the index: all reports as a plain list; the script adds the search and the filters to it."""
    return "\n".join(_index(entries)) + "\n"


def _read(told: dict[str, Any]) -> Listed:
    said = tuple((key, title, tuple(texts)) for key, title, texts in told["said"])
    return Listed(**{**told, "tags": tuple(told["tags"]), "said": said})


def _first_sentence(text: str) -> str:
    return shortened(_SENTENCE.split(visible(text), 1)[0], _GIST)


def _said(report: Report) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    yield "facts", "Facts", (visible(" · ".join(f"{label}: {value}" for label, value in report.facts)),)
    known: set[str] = set()
    for section in (*report.sections, *report.appendix):
        if section.key in _UNSEARCHED:
            continue
        told = (" ".join(visible(text).split()) for block in section.blocks for text in _texts(block, report))
        # The appendix tells again what stands on the first pages.
        texts = tuple(text for text in dict.fromkeys(told) if text not in known)
        known.update(texts)
        if texts:
            yield section.key, section.title, texts


def _texts(block: Block, report: Report) -> Iterator[str]:
    """Yield what a block says, a passage each: of a table a row, of anything else a line as on the screen."""
    if isinstance(block, Table):
        yield from (" · ".join(cell for cell in row if cell not in {"", "–"}) for row in block.rows)
        return
    for line in outline(replace(report, sections=(Section("", (block,)),), appendix=())):
        if line.role in {Role.TEXT, Role.NOTICE}:
            yield f"{line.lead} {line.text} {f'({line.note})' if line.note else ''}"


def _index(entries: Sequence[Listed]) -> Iterator[str]:
    still, of = sum(one.open for one in entries), sum(one.of for one in entries)
    yield "<!doctype html>"
    yield '<html lang="en-GB">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield (
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'self';"
        " style-src 'self'; base-uri 'none'; form-action 'none'\">"
    )
    yield "<title>Post-mortems</title>"
    yield f'<link rel="stylesheet" href="{STYLE}">'
    yield f'<script defer src="{WORDS}"></script>'
    yield f'<script defer src="{SCRIPT}"></script>'
    yield "</head>"
    yield "<body>"
    yield "<main>"
    yield "<header>"
    yield "<h1>Post-mortems</h1>"
    actions = f" · {still} of {_counted(of, 'action')} open" if of else ""
    yield f"<p>{_counted(len(entries), 'report')}{actions}</p>"
    yield "</header>"
    yield "<noscript><p>The search and the filters need JavaScript. The list is complete without it.</p></noscript>"
    yield from _form(entries)
    yield '<p id="count" role="status" hidden></p>'
    if not entries:
        yield "<p>No report is here yet. Each post-mortem whose meeting has ended will stand here.</p>"
    yield '<ol id="list">'
    for one in entries:
        yield from _line(one)
    yield "</ol>"
    yield "</main>"
    yield "</body>"
    yield "</html>"


def _form(entries: Sequence[Listed]) -> Iterator[str]:
    yield '<form id="search" role="search" hidden>'
    yield "<label class=words>Search <span class=hint aria-hidden=true>press <kbd>/</kbd></span>"
    yield '<input id="q" name="q" type="search" autocomplete="off" autocapitalize="none" spellcheck="false"'
    yield 'aria-controls="list" aria-keyshortcuts="/"></label>'
    yield from _select("kind", "Kind", (one.kind for one in entries), capital=True)
    yield from _select("team", "Team", (one.team for one in entries))
    yield from _select("tag", "Tag", (tag for one in entries for tag in one.tags))
    yield from _select("year", "Year", (one.day[:4] for one in entries), newest=True)
    yield '<label class=tick><input name="open" type="checkbox"> With open actions</label>'
    yield '<button type="reset">Clear</button>'
    yield "</form>"


def _select(
    name: str, label: str, values: Iterable[str], *, newest: bool = False, capital: bool = False
) -> Iterator[str]:
    found = sorted(set(values) - {""}, key=lambda value: (value.casefold(), value), reverse=newest)
    if found:
        told = [(value, _capital(value) if capital else value) for value in found]
        options = "".join(f'<option value="{escaped(value)}">{escaped(said)}</option>' for value, said in told)
        yield f'<label>{label}<select name="{name}"><option value="">All</option>{options}</select></label>'


def _line(one: Listed) -> Iterator[str]:
    day = f"{int(one.day[8:])} {_MONTHS[int(one.day[5:7]) - 1]} {one.day[:4]}"
    about = [f"<span>{escaped(_capital(one.kind))}</span>"]
    about += [f"<span dir=auto>{escaped(said)}</span>" for said in (one.team, *(f"#{tag}" for tag in one.tags)) if said]
    if one.of:
        still = f"{one.open} of {_counted(one.of, 'action')} open"
        about.append(f"<span class={'open' if one.open else 'done'}>{still}</span>")
    yield f'<li><time datetime="{one.day}">{day}</time>'
    yield f'<div><h2 dir=auto><a href="{one.page}">{escaped(one.title)}</a></h2>'
    yield f"<p class=about>{' '.join(about)}</p>"
    if one.gist:
        yield f"<p class=gist dir=auto>{escaped(one.gist)}</p>"
    yield "</div></li>"


_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'s' * (count != 1)}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
