"""In which forms a report is written, and where: as the facilitator chose last."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Final

from pmfacil.report.formats import Format, Manner, outside_title, rendered
from pmfacil.report.writing import NotWritten, file_name, write_as, write_report

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from pmfacil.core.model import PostMortem
    from pmfacil.core.sitting import Sitting

USUAL: Final = (Format.MARKDOWN, Format.HTML, Format.PDF, Format.JSON)
"""The forms that are written until others are chosen."""


class Exports:
    """The chosen forms and folder, in a small file of their own; a damaged file costs choosing again, and no more."""

    def __init__(
        self, folder: Path, path: Path | None = None, hidden: tuple[str, ...] = (), templates: Path | None = None
    ) -> None:
        """Write into `folder` unless another one was chosen; remember choices at `path`, without one only for now.

        `hidden` are words that the external version masks; `templates` is the folder of a team's own.
        """
        self._path = path
        self._usual = folder
        self._folder: Path | None = None
        self._forms: tuple[Format, ...] | None = None
        self.hidden = hidden
        self._templates = templates

    @property
    def folder(self) -> Path:
        """Where files go."""
        return self._folder or self._usual

    @property
    def forms(self) -> tuple[Format, ...]:
        """The forms that are written together, in the order of `Format`."""
        if self._forms is None:
            self._forms = self._remembered()
        return self._forms

    def move(self, folder: Path) -> None:
        """Write into another folder until pmfacil ends."""
        self._folder = folder

    def choose(self, forms: Iterable[Format]) -> None:
        """Choose the forms, and remember them; raises `NotWritten` where the disk refuses to remember."""
        chosen = set(forms)
        self._forms = tuple(form for form in Format if form in chosen)
        if self._path is not None:
            write_as(self._path, json.dumps({"formats": self._forms}), replace=True)

    def write(
        self, pm: PostMortem, sitting: Sitting | None, now: datetime, *, external: bool = False
    ) -> tuple[Path, ...]:
        """Write the report in every chosen form and return where; raises `NotWritten`. Nothing is overwritten.

        The external version is written in the forms that can leave things out.
        """
        forms = [form for form in self.forms if form.public or not external]
        manner = self.manner(external=external)
        title = outside_title(pm, self.hidden) if external else None
        return tuple(
            write_report(self.folder, file_name(pm, form, external=title), rendered(form, pm, sitting, now, manner))
            for form in forms
        )

    def rescue(self, pm: PostMortem, sitting: Sitting | None, now: datetime, words: str) -> tuple[Path, Path]:
        """Write words that the database did not take, and beside them all of the post-mortem as JSON; return where.

        Into the folder of the reports, else into a new temporary one; raises `NotWritten`.
        """
        try:
            return _rescued(self.folder, pm, sitting, now, words)
        except NotWritten:
            return _rescued(Path(mkdtemp(prefix="pmfacil-")), pm, sitting, now, words)

    def manner(self, *, external: bool = False) -> Manner:
        """Return how reports are written; refuses with `Unfit` where a template cannot be read."""
        return Manner(self.hidden if external else None, {} if self._templates is None else _templates(self._templates))

    def _remembered(self) -> tuple[Format, ...]:
        if self._path is None:
            return USUAL
        try:
            said = json.loads(self._path.read_bytes())["formats"]
            chosen = tuple(form for form in Format if form in said)
        except (OSError, ValueError, TypeError, KeyError, RecursionError):
            return USUAL
        return chosen or USUAL


def _rescued(folder: Path, pm: PostMortem, sitting: Sitting | None, now: datetime, words: str) -> tuple[Path, Path]:
    whole = file_name(pm, Format.JSON)
    return (
        write_report(folder, f"{whole.removesuffix('.json')}-half-typed.txt", f"{words}\n"),
        write_report(folder, whole, rendered(Format.JSON, pm, sitting, now, Manner())),
    )


def _templates(folder: Path) -> dict[Format, str]:
    if not folder.is_dir():
        return {}
    from pmfacil.report.templates import Kind, read_template  # noqa: PLC0415 - few teams have templates

    found = {Format.MARKDOWN: read_template(folder, Kind.MARKDOWN), Format.HTML: read_template(folder, Kind.HTML)}
    return {form: template for form, template in found.items() if template is not None}


def said_files(paths: Sequence[Path]) -> str:
    """Return which files were written, in little room: `2026-03-12-checkout-outage (md, pdf)`."""
    named: dict[str, list[str]] = {}
    for path in paths:
        stem, _, ending = path.name.partition(".")
        named.setdefault(stem, []).append(ending)
    return ", ".join(f"{stem} ({', '.join(endings)})" for stem, endings in named.items())
