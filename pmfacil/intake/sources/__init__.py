"""Turns files that tools export into things that happened; the room decides what enters the timeline."""

from pmfacil.intake.sources.mapping import Mapping, Told, Unmapped, guess, untold
from pmfacil.intake.sources.reading import read_source
from pmfacil.intake.sources.sourced import LARGEST, MOST, Batch, Sourced

__all__ = ["LARGEST", "MOST", "Batch", "Mapping", "Sourced", "Told", "Unmapped", "guess", "read_source", "untold"]
