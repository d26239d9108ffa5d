"""Turns files that tools export into things that happened; the room decides what enters the timeline."""

from pmfacil.intake.sources.mapping import Mapping, guess
from pmfacil.intake.sources.reading import columns, read_source
from pmfacil.intake.sources.sourced import LARGEST, MOST, Batch, Sourced

__all__ = ["LARGEST", "MOST", "Batch", "Mapping", "Sourced", "columns", "guess", "read_source"]
