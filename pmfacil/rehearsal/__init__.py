"""The rehearsal: a real public incident to practise on, and the same one worked to its end."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pmfacil.core.model import PostMortemId
from pmfacil.core.operations import begin
from pmfacil.rehearsal.play import play
from pmfacil.rehearsal.room import Said, room_says
from pmfacil.rehearsal.script import load_script

if TYPE_CHECKING:
    from pmfacil.library import Library

__all__ = ["Said", "rehearse", "room_says"]


def rehearse(library: Library, *, worked: bool) -> PostMortemId:
    """Put a rehearsal into the library and return its id: empty, or `worked` to its end."""
    script = load_script()
    pm = begin(
        PostMortemId(library.new_id()), script.title, script.kind, script.occurred_on, library.now(), zone=script.zone
    )
    library.take_in(replace(pm, rehearsal=True), None)
    if worked:
        play(script, library.open(pm.id))
    return pm.id
