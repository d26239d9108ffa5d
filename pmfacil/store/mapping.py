"""A post-mortem as rows, and rows as a post-mortem. Names of fields and columns rhyme, so most of it is copying."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Final, cast

from pmfacil import codec
from pmfacil.core.ending import Closing
from pmfacil.core.facts import Facts
from pmfacil.core.model import PostMortem
from pmfacil.store import tables, tables_ending

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlmodel import SQLModel

Cells = dict[str, object]

ROWS: Final[dict[str, type[SQLModel]]] = {
    "people": tables.PersonRow,
    "entries": tables.EntryRow,
    "anchors": tables.AnchorRow,
    "dissents": tables.DissentRow,
    "causes": tables.CauseRow,
    "settlements": tables.SettlementRow,
    "actions": tables.ActionRow,
    "fixes": tables.FixRow,
    "strengths": tables.StrengthRow,
    "accepted_risks": tables.RiskRow,
    "questions": tables.QuestionRow,
    "sharings": tables_ending.SharingRow,
    "follow_ups": tables_ending.FollowUpRow,
    "findings": tables_ending.FindingRow,
}
"""Which table holds the items of each collection."""


@dataclass(frozen=True, slots=True)
class Links:
    """A list of ids that an item holds, as a table of its own: `owner` is the item's column, `other` the id's."""

    row: type[SQLModel]
    owner: str
    other: str


LINKS: Final = {
    "causes": Links(tables.EvidenceRow, "cause", "entry"),
    "settlements": Links(tables.SettledCauseRow, "settlement", "cause"),
    "actions": Links(tables.ActionCauseRow, "action", "cause"),
}
_LINKED_FIELD: Final = {"causes": "evidence", "settlements": "causes", "actions": "causes"}


def key_column(collection: str) -> str:
    """Return the column that, with the post-mortem's id, tells the items of a collection apart."""
    return {"accepted_risks": "cause", "anchors": "anchor"}.get(collection, "id")


def own_cells(pm: PostMortem) -> Cells:
    """Return the post-mortem's own row, without its revision."""
    agreement, landing, closing = pm.agreement, pm.landing, pm.closing
    return {
        "id": pm.id,
        "title": pm.title,
        "kind": pm.kind.value,
        "created_at": codec.plain(pm.created_at),
        "occurred_on": codec.plain(pm.occurred_on),
        "zone": pm.zone,
        "rehearsal": pm.rehearsal,
        "boxes": json.dumps(pm.boxes),
        "norms_read": json.dumps(pm.norms_read, ensure_ascii=False),
        "agreed_at": codec.plain(agreement.at) if agreement else None,
        "agreement_amended": agreement.amended if agreement else None,
        "impact": pm.impact,
        "trigger": pm.trigger,
        "no_actions_because": pm.no_actions_because,
        "summary": pm.summary,
        "landed_at": codec.plain(landing.at) if landing else None,
        "part_two_on": codec.plain(landing.part_two_on) if landing else None,
        **_mapping(codec.plain(closing)),
        **_mapping(codec.plain(pm.facts)),
        "tags": json.dumps(pm.facts.tags, ensure_ascii=False),
    }


def item_cells(pm: str, collection: str, item: object, position: int) -> Cells:
    """Return the row of one item, without the lists that have tables of their own."""
    cells = dict(_mapping(codec.plain(item)))
    if collection in LINKS:
        linked = cells.pop(_LINKED_FIELD[collection])
        if collection == "actions" and isinstance(linked, list):
            cells["cause"] = linked[0]
    return {"post_mortem": pm, "position": position, **cells}


def link_cells(pm: str, collection: str, item: object) -> list[Cells]:
    """Return the rows of the list that one item holds; an action's first cause is in its own row."""
    links, plain = LINKS[collection], _mapping(codec.plain(item))
    linked = plain[_LINKED_FIELD[collection]]
    rows = [
        {"post_mortem": pm, links.owner: plain["id"], links.other: other, "position": position}
        for position, other in enumerate(linked if isinstance(linked, list) else [])
    ]
    if collection == "actions":
        return [{**row, "settlement": plain["settlement"]} for row in rows[1:]]
    return rows


def assembled(
    own: Mapping[str, object], items: Mapping[str, list[Cells]], links: Mapping[str, list[Cells]]
) -> PostMortem:
    """Return the post-mortem that its rows describe; raises `codec.UnreadableError` where they break a rule."""
    whole: Cells = {
        name: cells for name, cells in own.items() if name not in _FLAT and name not in ("revision", "deleted_at")
    }
    whole["boxes"] = json.loads(str(own["boxes"]))
    whole["norms_read"] = json.loads(str(own["norms_read"]))
    if own["agreed_at"] is not None:
        whole["agreement"] = {"at": own["agreed_at"], "amended": own["agreement_amended"]}
    if own["landed_at"] is not None:
        whole["landing"] = {"at": own["landed_at"], "part_two_on": own["part_two_on"]}
    whole["closing"] = {name: own[name] for name in _CLOSING}
    whole["facts"] = {**{name: own[name] for name in _FACTS}, "tags": json.loads(str(own["tags"]))}
    for collection, rows in items.items():
        whole[collection] = [
            {name: cell for name, cell in row.items() if name not in ("post_mortem", "position")} for row in rows
        ]
    for collection in LINKS:
        _attach(collection, whole[collection], links[collection])
    return codec.value(PostMortem, whole)


_CLOSING: Final = tuple(one.name for one in fields(Closing))
_FACTS: Final = tuple(one.name for one in fields(Facts))
_FLAT: Final = frozenset({*_CLOSING, *_FACTS, "agreed_at", "agreement_amended", "landed_at", "part_two_on"})


def _attach(collection: str, items: object, rows: Iterable[Cells]) -> None:
    links = LINKS[collection]
    held: dict[object, list[object]] = defaultdict(list)
    for row in rows:
        held[row[links.owner]].append(row[links.other])
    for item in items if isinstance(items, list) else []:
        first = [item.pop("cause")] if collection == "actions" else []
        item[_LINKED_FIELD[collection]] = [*first, *held[item["id"]]]


def _mapping(value: object) -> dict[str, object]:
    return cast("dict[str, object]", value)  # what `plain` makes of any value of the model
