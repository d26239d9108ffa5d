"""Tells from its content what a file is, and has it read; its name only helps in doubt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pmfacil.core.errors import Unfit
from pmfacil.intake.sources.alerts import read_alertmanager, read_grafana, read_opsgenie, read_pingdom
from pmfacil.intake.sources.archives import is_zip
from pmfacil.intake.sources.documents import document_in
from pmfacil.intake.sources.encoding import WESTERN, decoded
from pmfacil.intake.sources.gathering import Gathering
from pmfacil.intake.sources.jsonlines import read_objects
from pmfacil.intake.sources.mapping import untold
from pmfacil.intake.sources.pagerduty import read_pagerduty
from pmfacil.intake.sources.slack import read_export, read_messages
from pmfacil.intake.sources.sourced import LARGEST
from pmfacil.intake.sources.statuspage import read_statuspage
from pmfacil.intake.sources.tables import read_table, table_in

if TYPE_CHECKING:
    from pmfacil.intake.sources.documents import Document
    from pmfacil.intake.sources.mapping import Told
    from pmfacil.intake.sources.sourced import Batch

_MIB: Final = 1024 * 1024
_READERS: Final = (
    read_messages, read_pagerduty, read_alertmanager, read_grafana, read_opsgenie, read_pingdom, read_statuspage,
)  # fmt: skip


def read_source(data: bytes, name: str, *, told: Told = untold) -> Batch | None:
    """Return what a file says happened; None where it is no structured format known here, and may be plain text.

    `told` answers which columns of a table, or fields of JSON objects, say when and what. Raises `Unfit` with one
    sentence for what is damaged, too large, too deep, binary, or holds nothing that can be used; `Unmapped` for a
    table of which that is not known.
    """
    if len(data) > LARGEST:
        sentence = f"This file is larger than {LARGEST // _MIB} MiB: cut it down to the days of the incident."
        raise Unfit(sentence)
    try:
        return read_export(data) if is_zip(data) else _read_text(data, name, told)
    except RecursionError:
        sentence = "This JSON is nested too deeply to be read: export it as a flat list, or as CSV."
        raise Unfit(sentence) from None


def _read_text(data: bytes, name: str, told: Told) -> Batch | None:
    text, encoding = decoded(data)
    if document := document_in(text):
        if encoding in WESTERN:
            sentence = "This JSON is not in UTF-8: save it as UTF-8."
            raise Unfit(sentence)
        return _known(document.whole) or _collected(document) or read_objects(document, told)
    table = table_in(text, name, told)
    return read_table(table, told) if table else None


def _known(value: object) -> Batch | None:
    """Return what the first reader that knows this value makes of it."""
    return next((batch for reader in _READERS if (batch := reader(value))), None)


def _collected(document: Document) -> Batch | None:
    """Return what several payloads say that were kept in one file; None where the first is none that is known."""
    found: list[tuple[int, Batch]] = []
    left_out: list[str] = [f"Line {number}: it is no whole JSON." for number in document.broken]
    for place, (number, value) in enumerate(document.values):
        try:
            batch = _known(value)
        except Unfit as fault:
            left_out.append(f"Item {number}: {fault.sentence}")
            continue
        if batch is not None:
            found.append((number, batch))
        elif not place:
            return None
        else:
            left_out.append(f"Item {number}: it is of another kind than those before it.")
    gathering = Gathering(found[0][1].source if found else "collection of payloads")
    for number, batch in found:
        gathering.adopt(number, batch)
    for sentence in left_out:
        gathering.leave_out(sentence)
    return gathering.batch(by_time=True) if document.values else None
