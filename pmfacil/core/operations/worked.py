"""Verbs of what worked: strengths, luck, and what to keep."""

from __future__ import annotations

from dataclasses import replace

from pmfacil.core.model import Area, PostMortem, Strength, StrengthId
from pmfacil.core.operations.items import find, swapped, without
from pmfacil.core.text import required
from pmfacil.core.verbs import verb


@verb("note what worked")
def note_strength(pm: PostMortem, id: StrengthId, area: Area, text: str) -> PostMortem:
    """Note something that worked, or where the room was lucky."""
    strength = Strength(id, area, required(text, "thing that worked"))
    return replace(pm, strengths=(*pm.strengths, strength))


@verb("edit what worked")
def reword_strength(pm: PostMortem, id: StrengthId, text: str) -> PostMortem:
    """Put it in other words."""
    strength = replace(find(pm.strengths, id, "line"), text=required(text, "thing that worked"))
    return replace(pm, strengths=swapped(pm.strengths, strength))


@verb("mark to keep")
def keep_strength(pm: PostMortem, id: StrengthId) -> PostMortem:
    """Mark something as worth standardising, or take the mark back."""
    strength = find(pm.strengths, id, "line")
    return replace(pm, strengths=swapped(pm.strengths, replace(strength, keep=not strength.keep)))


@verb("delete what worked")
def delete_strength(pm: PostMortem, id: StrengthId) -> PostMortem:
    """Take a line away."""
    find(pm.strengths, id, "line")
    return replace(pm, strengths=without(pm.strengths, id))
