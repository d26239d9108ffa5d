"""What comes in files and pastes: exports of other tools, tables, archives, documents, pages of lines."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final

from pmfacil.core.errors import Refusal
from pmfacil.core.model import EntryId
from pmfacil.intake.block import read_block, title_of, turned
from pmfacil.intake.candidates import candidates, corrected, line_of
from pmfacil.intake.lines import judge
from pmfacil.intake.material import read_material, read_paste, text_of
from pmfacil.intake.placing import Context, place
from pmfacil.intake.sources import Mapping
from pmfacil.intake.written import read_written
from soak.fuzzing import material, mutating, words
from soak.fuzzing.part import must, shown, sound

if TYPE_CHECKING:
    from random import Random

    from pmfacil.intake.block import Block

_CONTEXT: Final = Context("Europe/London", date(2026, 3, 12), None, datetime(2026, 3, 12, 14, 0, tzinfo=UTC))
_HEADS: Final = (
    "time", "Time (UTC)", "timestamp", "date", "day", "what", "message", "text", "kind", "type", "end", "link",
    "url", "",
    "who", "x", "@timestamp", "datetime", "time",
)  # fmt: skip
_NESTED: Final = ('{"a":', "[", '[{"', '{"messages":[', '{"incident":{', '{"alerts":[')


class Sources:
    """Files of other tools, as bytes: real ones a little wrong, tables, zips, JSON of any shape and depth, rubbish."""

    def draw(self, rng: Random) -> object:
        """Return a name and bytes."""
        name = rng.choice(("a.json", "b.csv", "c.txt", "d.zip", "e.jsonl", "../f", "g\x1b[2J.csv", "\ud800.tsv", ""))
        match rng.randrange(10):
            case 0 | 1:
                real, data = rng.choice(material.imports())
                return rng.choice((real, name)), mutating.data(rng, data)
            case 2 | 3 | 4:
                changed = rng.choice(material.values())
                for _ in range(rng.randrange(1, 4)):
                    changed = mutating.value(rng, changed)
                return name, json.dumps(changed, ensure_ascii=rng.random() < 0.5).encode(errors="surrogatepass")
            case 5 | 6:
                return name, _table(rng).encode(rng.choice(("utf-8", "utf-16", "utf-8-sig")), "replace")
            case 7:
                return name, _packed(rng)
            case 8:
                return name, _deep(rng)
            case _:
                return name, rng.randbytes(rng.randrange(300))

    def check(self, case: object) -> None:
        """Read it, with and without knowing its columns."""
        name, data = case  # type: ignore[misc]  # what `draw` returned
        for told in (lambda _columns: None, _first_two):
            try:
                block = read_material(data, name, told=told)  # type: ignore[has-type]  # as above
            except Refusal as refusal:
                shown(str(refusal))
            else:
                taken(block)


class Pastes:
    """What is pasted: nothing of it is refused."""

    def draw(self, rng: Random) -> object:
        """Return a text."""
        match rng.randrange(6):
            case 0 | 1:
                real = rng.choice(material.documents())
                at = rng.randrange(len(real))
                return mutating.text(rng, real[at : at + 1500])
            case 2:
                return _table(rng)
            case 3:
                return text_or_nothing(mutating.data(rng, rng.choice(material.imports())[1]))
            case _:
                return words.page(rng)

    def check(self, case: object) -> None:
        """Read it as a paste, and as the lines of a text."""
        text = str(case)
        taken(read_paste(text))
        block = read_block(text)
        shown(title_of(block))
        for index in range(min(2, len(block.readings))):
            turned(block.readings, index)
        for raw in text.splitlines()[:9]:
            if judged := judge(raw):
                sound(place(judged.stamp, _CONTEXT).at, wide=True)


class Documents:
    """Post-mortems written elsewhere."""

    def draw(self, rng: Random) -> object:
        """Return a text and a name."""
        name = rng.choice(("2026-03-12-outage.md", "a.md", "99999999.md", "0000-00-00.md", "\u202egpj.md", "x" * 300))
        if rng.random() < 0.6:
            return mutating.text(rng, rng.choice(material.documents())[: rng.choice((600, 2500))]), name
        return words.page(rng, 40), name

    def check(self, case: object) -> None:
        """Read it; whatever it says, its day is a day and its passages have words."""
        text, name = case  # type: ignore[misc]  # what `draw` returned
        written = read_written(text, name)  # type: ignore[has-type]  # as above
        sound(written.occurred_on, wide=True)
        shown(written.title)
        must(written.title.strip() or not text.strip(), "a document without a title")  # type: ignore[has-type]  # as above
        for passage in written.passages:
            must(passage.text.strip(), "a passage without words")
            shown(passage.text, passage.when)


def taken(block: Block) -> None:
    """Hold a block to what the preview and the timeline need of it; reading it again must change nothing."""
    shown(block.source, *block.problems)
    found = candidates(block, _CONTEXT)
    for candidate in found[:30]:
        sound(candidate.placed.at, wide=True)
        sound(candidate.placed.until, wide=True)
        shown(candidate.text, *candidate.placed.notes)
        entry = candidate.entry(EntryId("e"))
        must(
            entry.until is None or (entry.at is not None and entry.until >= entry.at), f"{entry} ends before it begins"
        )
        corrected(candidate.reading, line_of(candidate, _CONTEXT), _CONTEXT, candidate)
    entries = [one.entry(EntryId(str(number))) for number, one in enumerate(found)]
    again = candidates(block, _CONTEXT, entries)
    must(all(one.duplicate for one in again if any(map(str.isalnum, one.text))), "what was taken in is new again")


def text_or_nothing(data: bytes) -> str:
    """Return what the bytes say as text, if anything."""
    try:
        return text_of(data)
    except Refusal:
        return ""


def _first_two(columns: tuple[str, ...]) -> Mapping:
    return Mapping(columns[0], columns[-1]) if columns else Mapping("", "")


def _table(rng: Random) -> str:
    by = rng.choice(",;\t|")
    heads = [rng.choice(_HEADS) for _ in range(rng.randrange(1, 6))]
    quote = rng.choice(("", "", '"', "'"))
    rows = [[quote + rng.choice((rng.choice(words.TIMES), words.line(rng,
    3))) + quote for _ in heads[: rng.randrange(1, 9)]]
            for _ in range(rng.randrange(12))]  # fmt: skip
    start = rng.choice(("", "", "sep=;\n", "\n", "\ufeff"))
    return start + rng.choice(("\n", "\r\n", "\r")).join(by.join(row) for row in [heads, *rows])


def _packed(rng: Random) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(
        target, "w", rng.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2))
    ) as packed:
        for _ in range(rng.randrange(4)):
            name = rng.choice(("channels.json", "users.json", "general/2026-03-12.json", "../x.json", "/etc/a",
            "a/b/c.json",
                               "general/2026-99-99.json", "general/x.json", "C:\\a.json",
                               "\x1b[2J/2026-03-12.json"))  # fmt: skip
            packed.writestr(name, _member(rng))
    data = target.getvalue()
    return mutating.data(rng, data) if rng.random() < 0.5 else data


def _member(rng: Random) -> str:
    if rng.random() < 0.02:
        return "0" * 3_000_000  # packs to a thousandth: a bomb
    stamps = ("1773324300.000200", "0", "-1", "1e400", "NaN", "x", "99999999999999999999.1")
    said = [{"type": "message", "ts": rng.choice(stamps), "text": words.line(rng, 3), "user": rng.choice(("U1",
    words.value(rng, 1)))}
            for _ in range(rng.randrange(5))]  # fmt: skip
    return json.dumps(mutating.value(rng, said) if rng.random() < 0.5 else said)


def _deep(rng: Random) -> bytes:
    depth = rng.choice((10, 900, 1100, 50_000))
    match rng.randrange(3):
        case 0:
            return (rng.choice(_NESTED) * depth).encode()
        case 1:
            return b"[" * depth + b"1" + b"]" * depth
        case _:
            many = rng.choice(("9" * 5000, "1e99999", "-" * 99, '{"a":1,"a":2}', "NaN", "Infinity", '"\\ud800"'))
            return f'{{"ts": {many}, "startsAt": {many}, "alerts": [{{"startsAt": {many}}}]}}'.encode()
