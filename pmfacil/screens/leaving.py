"""Leaving while the disk refuses: what was typed last goes into a file of its own, and is said once more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmfacil.core.errors import Refusal
from pmfacil.core.text import visible
from pmfacil.paths import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from pmfacil.core.model import PostMortemId
    from pmfacil.crash import Draft
    from pmfacil.exports import Exports
    from pmfacil.facilitation import Facilitation


def farewell(
    drafts: Iterable[Draft],
    here: Facilitation | None,
    opened: Callable[[PostMortemId], Facilitation],
    exports: Callable[[], Exports],
) -> str:
    """Offer half-typed lines to the database once more, write down what it refuses, and return what to say of it.

    `here` is open; `opened` opens another post-mortem.
    """
    by_id: dict[PostMortemId, list[Draft]] = {}
    for draft in drafts:
        if draft.text.strip():
            by_id.setdefault(draft.of, []).append(draft)

    def told(id: PostMortemId, mine: Sequence[Draft]) -> str:
        words = "\n".join(f"{draft.place}: {visible(draft.text)}" for draft in mine)
        said = f"The database did not take the words typed last:\n{words}"
        try:
            service = here if here is not None and here.id == id else opened(id)
            if _kept(service, mine):
                return ""
            text, whole = exports().rescue(service.snapshot.post_mortem, service.sitting, service.now(), words)
        except (Refusal, OSError) as fault:
            return f"{said}\nNor could they be written elsewhere: {fault}"
        return f"{said}\nThey are in {visible(shown(text))}, the whole post-mortem in {visible(shown(whole))}."

    return "\n".join(filter(None, (told(*one) for one in by_id.items())))


def _kept(service: Facilitation, drafts: Iterable[Draft]) -> bool:
    try:
        for draft in drafts:
            service.keep_draft(draft.place, draft.text)
    except Refusal:
        return False
    return True
