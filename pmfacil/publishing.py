"""The record as a folder of pages that anybody can read and search, from a disk or from a server."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from pmfacil import __version__
from pmfacil.core.errors import Refusal
from pmfacil.core.model import PostMortemId
from pmfacil.core.record import RecordId
from pmfacil.core.stage import Stage
from pmfacil.paths import make_folder
from pmfacil.report.composing import compose
from pmfacil.report.site import (
    INDEX,
    SCRIPT,
    STYLE,
    WORDS,
    asset,
    index_page,
    listed,
    listed_record,
    page,
    read_words,
    words,
    written_report,
)
from pmfacil.report.writing import slug, write_as

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from pathlib import Path

    from pmfacil.library import Library, Summary
    from pmfacil.report.site import Listed

MANIFEST: Final = "pmfacil-site.json"
"""What publishing keeps in the folder about the files that it wrote."""

_FORMAT: Final = 1
_MADE_BY: Final = f"pmfacil {__version__}"
_FIXED: Final = (WORDS, SCRIPT, STYLE, INDEX)
_PAGE: Final = re.compile(r"[0-9a-z][0-9a-z-]*\.html")
_ID_SHOWN, _ID_LONG = 6, 16  # characters in a file name that tell pages apart; the more where two would be the same
_FOLDER_FOR_ALL: Final = 0o755
_FOR_ALL: Final = 0o644  # what is written atomically is for its owner alone; a site is not


class NotPublished(Refusal):
    """The folder cannot take the site; nothing that publishing did not write itself was touched."""


@dataclass(frozen=True, slots=True)
class Published:
    """What publishing did to the pages of reports, and where the index of all of them is."""

    written: int
    unchanged: int
    removed: int
    index: Path


@dataclass(frozen=True, slots=True)
class _Page:
    """A page as it was published: of what, of which revision, and what the file said."""

    of: str
    stamp: int
    fingerprint: str


_CLAIMED: Final = _Page("", -1, "")  # a name that is ours from now on, with nothing known about the file


@dataclass(frozen=True, slots=True)
class _Manifest:
    made_by: str = ""
    files: dict[str, str] = field(default_factory=dict)
    pages: dict[str, _Page] = field(default_factory=dict)

    def owns(self, name: str) -> bool:
        return name in self.files or name in self.pages

    def text(self) -> str:
        said = {"format": _FORMAT, **asdict(self)}
        return json.dumps(said, indent=1, sort_keys=True) + "\n"


def publish(library: Library, folder: Path, now: datetime, *, written: bool = False) -> Published:
    """Write the closed post-mortems into `folder` as pages with an index; with `written`, those of others too.

    Only what changed is written, and pages of what is no longer here are removed. Raises `NotPublished` and
    `NotWritten`.
    """
    return _Site(library, folder, now).publish(_wanted(library, written=written))


def _wanted(library: Library, *, written: bool) -> dict[str, Summary]:
    """Return what is published, newest first, by the name of its page."""
    stages = {Stage.CLOSED, Stage.WRITTEN} if written else {Stage.CLOSED}
    found = [one for one in library.summaries() if one.stage in stages and not one.rehearsal]
    short = [_name(one, slug(one.id)[:_ID_SHOWN].strip("-")) for one in found]
    times = Counter(short)
    return {
        name if times[name] == 1 else _name(one, sha256(one.id.encode()).hexdigest()[:_ID_LONG]): one
        for name, one in zip(short, found, strict=True)
    }


def _name(one: Summary, tail: str) -> str:
    return f"{one.day.isoformat()}-{slug(one.title)}-{tail}.html"


class _Site:
    """One folder, while it is published to."""

    def __init__(self, library: Library, folder: Path, now: datetime) -> None:
        self._library = library
        self._folder = folder
        self._now = now
        self._kept = self._told(MANIFEST)
        self._before = _read_manifest(folder / MANIFEST, self._kept)
        self._known = self._read_known()

    def publish(self, wanted: dict[str, Summary]) -> Published:
        self._check(wanted)
        self._claim(wanted)
        stamps = self._library.stamps()  # asked before the post-mortems: what is changed meanwhile is found next time
        pages: dict[str, _Page] = {}
        entries: list[Listed] = []
        count = 0
        for name, one in wanted.items():
            before = self._before.pages[name]
            intact = _fingerprint(self._told(name)) == before.fingerprint
            stamp = stamps.get(one.id, 0)
            if intact and name in self._known and (before.of, before.stamp) == (one.id, stamp):
                entries.append(self._known[name])
                pages[name] = before
                continue
            text, entry = self._rendered(name, one)
            entries.append(entry)
            pages[name] = _Page(one.id, stamp, _fingerprint(text.encode()))
            if not intact or pages[name] != replace(before, stamp=stamp):
                self._write(name, text)
                count += 1
        files = self._write_fixed(entries)
        gone = self._before.pages.keys() - pages.keys()
        self._remove(gone)
        self._keep(_Manifest(_MADE_BY, files, pages))
        return Published(count, len(pages) - count, len(gone), self._folder / INDEX)

    def _check(self, wanted: dict[str, Summary]) -> None:
        """Refuse what would cost somebody a file."""
        ids = {one.id for one in wanted.values()}
        others = {one.of for one in self._before.pages.values()} - {_CLAIMED.of}
        if others and not (others & ids or any(self._library.knows(PostMortemId(one)) for one in others)):
            msg = f"{self._folder} holds the pages of another library, which would be removed. Choose another folder."
            raise NotPublished(msg)
        for name in (*wanted, *_FIXED):
            path = self._folder / name
            if not self._before.owns(name) and os.path.lexists(path):
                msg = f"{path} is there, and was not published from here. Move it away, or choose another folder."
                raise NotPublished(msg)

    def _claim(self, wanted: Iterable[str]) -> None:
        """Note every name that will be written before the first file is: a run that is cut short can be taken up."""
        before = self._before
        if all(map(before.owns, (*wanted, *_FIXED))):
            return
        pages = {**dict.fromkeys(wanted, _CLAIMED), **before.pages}
        self._before = _Manifest(before.made_by, {**dict.fromkeys(_FIXED, ""), **before.files}, pages)
        self._keep(self._before)

    def _rendered(self, name: str, one: Summary) -> tuple[str, Listed]:
        if one.stage is Stage.WRITTEN:
            record = self._library.archive.record(RecordId(one.id))
            report = written_report(record)
            return page(report), listed_record(name, one.day, record, report)
        service = self._library.open(one.id)
        pm = service.snapshot.post_mortem
        # Told as it stood when the meeting ended, so that the same report comes out on every day.
        report = compose(pm, service.sitting, pm.closing.closed_at or self._now)
        return page(report), listed(name, one.day, pm, report)

    def _write_fixed(self, entries: Sequence[Listed]) -> dict[str, str]:
        """Write what is there once in a site, the index last: it must not name what is not there yet."""
        texts = {WORDS: words(entries), SCRIPT: asset(SCRIPT), STYLE: asset(STYLE), INDEX: index_page(entries)}
        prints = {name: _fingerprint(text.encode()) for name, text in texts.items()}
        for name, text in texts.items():
            if _fingerprint(self._told(name)) != prints[name]:
                self._write(name, text)
        return prints

    def _read_known(self) -> dict[str, Listed]:
        """Return what the index said of each page, where that is still true and need not be worked out again."""
        told = self._told(WORDS)
        if self._before.made_by != _MADE_BY or _fingerprint(told) != self._before.files.get(WORDS):
            return {}
        try:
            return {one.page: one for one in read_words(told.decode())}
        except ValueError:
            return {}

    def _told(self, name: str) -> bytes:
        """Return what a file says; nothing where it is not there."""
        path = self._folder / name
        try:
            return path.read_bytes()
        except FileNotFoundError:
            return b""
        except OSError as fault:
            msg = f"{path} cannot be read: {(fault.strerror or str(fault)).lower()}. Choose another folder."
            raise NotPublished(msg) from fault

    def _write(self, name: str, text: str) -> None:
        with suppress(OSError):  # what is wrong with it is told when the file is written
            make_folder(self._folder, _FOLDER_FOR_ALL)
        path = write_as(self._folder / name, text, replace=True)
        with suppress(OSError):  # a share that knows no permissions
            path.chmod(_FOR_ALL)

    def _remove(self, names: Iterable[str]) -> None:
        for name in sorted(names):
            path = self._folder / name
            try:
                path.unlink(missing_ok=True)
            except OSError as fault:
                msg = f"{path} could not be removed: {(fault.strerror or str(fault)).lower()}. Remove it by hand."
                raise NotPublished(msg) from fault

    def _keep(self, manifest: _Manifest) -> None:
        text = manifest.text()
        if text.encode() != self._kept:
            self._write(MANIFEST, text)
            self._kept = text.encode()


def _fingerprint(data: bytes) -> str:
    """Return what tells contents apart; Git may have changed the ends of lines."""
    return sha256(data.replace(b"\r\n", b"\n")).hexdigest() if data else ""


def _read_manifest(path: Path, data: bytes) -> _Manifest:
    """Return what was published; refuses with `NotPublished` what may make us remove a file that is not ours."""
    if not data:
        return _Manifest()
    try:
        return _parsed(json.loads(data))
    except (ValueError, TypeError, KeyError, AttributeError) as fault:
        msg = f"{path} is damaged, or was written by a newer pmfacil. Bring it back, or choose another folder."
        raise NotPublished(msg) from fault


def _parsed(told: dict[str, Any]) -> _Manifest:
    pages = {name: _Page(**one) for name, one in told["pages"].items()}
    files = dict(told["files"])
    if told["format"] != _FORMAT or not all(map(_PAGE.fullmatch, pages)) or not files.keys() <= set(_FIXED):
        raise ValueError
    return _Manifest(told["made_by"], files, pages)
