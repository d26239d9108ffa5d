"""Publishing: only what changed is written, and nothing is touched that publishing did not write itself."""

from __future__ import annotations

import json
import re
import stat
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pmfacil import publishing
from pmfacil.core import operations as verbs
from pmfacil.core.agenda import Step
from pmfacil.core.errors import Refusal
from pmfacil.core.kind import Kind
from pmfacil.core.model import PostMortemId
from pmfacil.core.text import visible
from pmfacil.library import Library
from pmfacil.publishing import MANIFEST, NotPublished, Published, publish
from pmfacil.rehearsal import rehearse
from pmfacil.report import site
from pmfacil.report.site import read_words
from pmfacil.report.writing import NotWritten, write_as
from pmfacil.store import open_shelf
from tests.clock import FakeClock, Ids
from tests.fakes import MemoryShelf
from tests.held import held
from tests.hostile import HOSTILE

if TYPE_CHECKING:
    from pmfacil.store import SqlShelf

FIXED = {"index.html", "search.js", "site.css", "words.js", MANIFEST}
PAGE = "2026-03-12-checkout-outage-id0001.html"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "site"


def _publish(library: Library, folder: Path, *, written: bool = False) -> tuple[int, int, int]:
    done = publish(library, folder, library.now(), written=written)
    assert done.index == folder / "index.html"
    return done.written, done.unchanged, done.removed


def _pages(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} - FIXED


def _bytes(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def _ages(folder: Path) -> dict[str, int]:
    """Return which file each name stands for: one that is written anew is a new file."""
    return {path.name: path.stat().st_ino for path in folder.iterdir()}


def test_every_closed_post_mortem_becomes_a_page(library: Library, folder: Path) -> None:
    held(library)
    held(library, "Search went stale", date(2026, 3, 13))
    assert publish(library, folder, library.now()) == Published(2, 0, 0, folder / "index.html")
    assert {path.name for path in folder.iterdir()} == FIXED | {PAGE, "2026-03-13-search-went-stale-id0008.html"}
    page = (folder / PAGE).read_text("utf-8")
    assert page.count('<a href="index.html">') == 1
    assert page.index("<main>") < page.index('<a href="index.html">') < page.index("<h1")
    index = (folder / "index.html").read_text("utf-8")
    assert index.index("Search went stale") < index.index("Checkout outage")


def test_what_is_not_closed_or_was_only_practised_stays_at_home(library: Library, folder: Path) -> None:
    library.begin("Being prepared", Kind.INCIDENT, None)
    live = library.open(library.begin("Being held", Kind.INCIDENT, None))
    live.steer(lambda sitting: sitting.enter(Step.OPEN, library.now()))
    practised = library.open(rehearse(library, worked=True))
    if practised.snapshot.post_mortem.closing.closed_at is None:
        practised.do(verbs.close_meeting, library.now())
    assert _publish(library, folder) == (0, 0, 0)
    assert _pages(folder) == set()
    assert "No report is here yet." in (folder / "index.html").read_text("utf-8")


def test_nothing_is_written_where_nothing_changed(library: Library, folder: Path) -> None:
    held(library)
    held(library, "Search went stale")
    _publish(library, folder)
    before, ages = _bytes(folder), _ages(folder)
    assert _publish(library, folder) == (0, 2, 0)
    assert _bytes(folder) == before
    assert _ages(folder) == ages


def test_only_what_changed_is_written(library: Library, folder: Path) -> None:
    service = held(library)
    held(library, "Search went stale")
    _publish(library, folder)
    ages = _ages(folder)
    service.do(verbs.write_summary, "The pool ran dry. Everything stood still.")
    assert _publish(library, folder) == (1, 1, 0)
    after = _ages(folder)
    assert {name for name in ages if ages[name] != after[name]} == {PAGE, "index.html", "words.js", MANIFEST}
    assert "Everything stood still" in (folder / PAGE).read_text("utf-8")
    assert "<p class=gist dir=auto>The pool ran dry.</p>" in (folder / "index.html").read_text("utf-8")


def test_a_change_that_was_taken_back_writes_no_page(library: Library, folder: Path) -> None:
    service = held(library)
    _publish(library, folder)
    ages = _ages(folder)
    service.do(verbs.write_summary, "Another one.")
    service.undo()
    assert _publish(library, folder) == (0, 1, 0)
    after = _ages(folder)
    assert {name for name in ages if ages[name] != after[name]} == {MANIFEST}


def test_a_new_title_is_a_new_page_and_the_old_one_goes(library: Library, folder: Path) -> None:
    service = held(library)
    _publish(library, folder)
    service.do(verbs.rename, "Payments outage")
    assert _publish(library, folder) == (1, 0, 1)
    assert _pages(folder) == {"2026-03-12-payments-outage-id0001.html"}


def test_pages_of_what_is_gone_are_removed(library: Library, folder: Path) -> None:
    service = held(library)
    deleted = held(library, "Search went stale").snapshot.post_mortem.id
    held(library, "Mail was slow")
    _publish(library, folder)
    service.do(verbs.reopen_meeting)
    library.delete(deleted)
    assert _publish(library, folder) == (0, 1, 2)
    assert {name[11:20] for name in _pages(folder)} == {"mail-was-"}
    words = (folder / "words.js").read_text("utf-8")
    assert [one.title for one in read_words(words)] == ["Mail was slow"]


def test_the_last_page_can_go_too(library: Library, folder: Path) -> None:
    only = held(library).snapshot.post_mortem.id
    _publish(library, folder)
    library.delete(only)
    assert _publish(library, folder) == (0, 0, 1)
    assert _pages(folder) == set()


def test_the_same_record_gives_the_same_bytes_on_every_day(
    library: Library, folder: Path, tmp_path: Path, clock: FakeClock
) -> None:
    service = held(library, actions=("Stage every release",))
    service.steer(lambda sitting: sitting.enter(Step.OPEN, clock()))
    _publish(library, folder)
    clock.advance(minutes=60 * 24 * 90)
    _publish(library, tmp_path / "later")
    assert _bytes(folder) == _bytes(tmp_path / "later")


def test_names_never_collide(shelf: SqlShelf, clock: FakeClock, folder: Path) -> None:
    ids = iter(["abcdef-1", "abcdef-2", "../../abc", "\u05d0", "\u05d1", *(f"x{number}" for number in range(99))])
    library = Library(shelf, clock, lambda: next(ids), zone="UTC")
    held_ids = [library.begin("Same title", Kind.INCIDENT, date(2026, 3, 12)) for _ in range(5)]
    for one in held_ids:
        library.open(one).do(verbs.close_meeting, clock())
    assert _publish(library, folder) == (5, 0, 0)
    pages = _pages(folder)
    assert len(pages) == 5
    assert all(re.fullmatch(r"2026-03-12-same-title-[0-9a-z]{3,16}\.html", name) for name in pages)


def test_names_and_links_are_plain_and_relative(library: Library, folder: Path) -> None:
    for words in HOSTILE.values():
        held(library, f"{words} t", summary=words, team=words, tags=(words,), actions=(words,))
    assert _publish(library, folder) == (len(HOSTILE), 0, 0)
    for path in folder.iterdir():
        assert re.fullmatch(r"[a-z0-9-]+\.(html|js|css|json)", path.name)
        assert str(folder).encode() not in path.read_bytes()
    names = {path.name for path in folder.iterdir()}
    for path in folder.glob("*.html"):
        links = _Links()
        links.feed(path.read_text("utf-8"))
        assert set(links.found) <= names


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.found += [value or "" for name, value in attributes if name in ("href", "src")]
        assert not [name for name, _ in attributes if name.startswith("on")]
        assert tag not in ("iframe", "img", "form") or dict(attributes).get("id") == "search"


def test_hostile_words_cannot_end_the_script(library: Library, folder: Path) -> None:
    words = "</script><script>alert(1)</script> <!-- \u2028\u2029 & \\u003c ' \""
    held(library, words, team=words)
    _publish(library, folder)
    script = (folder / "words.js").read_bytes()
    assert script.isascii()
    assert not set(b"<>&") & set(script)
    (one,) = read_words(script.decode())
    assert (one.title, one.team) == (visible(words), visible(words))


def test_others_can_read_what_was_written(library: Library, folder: Path) -> None:
    held(library)
    _publish(library, folder)
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o644}


def test_a_file_of_somebody_else_is_never_replaced(library: Library, folder: Path) -> None:
    held(library)
    for name in (PAGE, "index.html"):
        folder.mkdir(exist_ok=True)
        (folder / name).write_text("mine")
        with pytest.raises(NotPublished, match=rf"{name} is there, and was not published from here\. Move it away"):
            publish(library, folder, library.now())
        assert _bytes(folder) == {name: b"mine"}
        (folder / name).unlink()
    _publish(library, folder)
    new = held(library, "Search went stale").snapshot.post_mortem.id
    theirs = f"2026-03-12-search-went-stale-{new}.html"
    (folder / theirs).symlink_to(folder / "nowhere")
    with pytest.raises(NotPublished, match="Move it away"):
        publish(library, folder, library.now())
    assert (folder / theirs).is_symlink()


def test_other_files_in_the_folder_stay(library: Library, folder: Path) -> None:
    only = held(library).snapshot.post_mortem.id
    folder.mkdir()
    (folder / "README.md").write_text("mine")
    (folder / "2020-01-01-old-id0001.html").write_text("mine")
    _publish(library, folder)
    library.delete(only)
    _publish(library, folder)
    assert _pages(folder) == {"README.md", "2020-01-01-old-id0001.html"}


@pytest.mark.parametrize(
    "damage",
    [
        lambda told: "{",
        lambda told: "[]",
        lambda told: "\u00ff",
        lambda told: json.dumps({**told, "format": 2}),
        lambda told: json.dumps({**told, "pages": {"../../precious.html": {"of": "x", "stamp": 1, "fingerprint": ""}}}),
        lambda told: json.dumps({**told, "pages": {"index.html/../x.html": {}}}),
        lambda told: json.dumps({**told, "files": {"precious.txt": ""}}),
        lambda told: json.dumps({name: value for name, value in told.items() if name != "files"}),
        lambda told: "<<<<<<< ours\n{}\n=======\n{}\n>>>>>>> theirs\n",
    ],
)  # fmt: skip
def test_a_damaged_manifest_is_refused_and_removes_nothing(library: Library, folder: Path, damage: object) -> None:
    held(library)
    _publish(library, folder)
    precious = folder.parent / "precious.html"
    precious.write_text("mine")
    told = json.loads((folder / MANIFEST).read_text("utf-8"))
    assert callable(damage)
    (folder / MANIFEST).write_text(damage(told), encoding="latin-1")
    before = _bytes(folder)
    with pytest.raises(NotPublished, match="is damaged, or was written by a newer pmfacil"):
        publish(library, folder, library.now())
    assert _bytes(folder) == before
    assert precious.read_text() == "mine"


def test_the_pages_of_another_library_are_not_removed(library: Library, folder: Path, clock: FakeClock) -> None:
    held(library)
    _publish(library, folder)
    other = Library(MemoryShelf(), clock, Ids("other"), zone="UTC")
    held(other, "Theirs")
    with pytest.raises(NotPublished, match="holds the pages of another library"):
        publish(other, folder, clock())
    assert _pages(folder) == {PAGE}


def test_a_run_that_was_cut_short_is_taken_up(library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    service = held(library)
    held(library, "Search went stale")
    real, left = write_as, iter([True, True])

    def failing(path: Path, text: str, *, replace: bool = False) -> Path:
        if next(left, None) is None:
            raise NotWritten(path, "the disk is full")
        return real(path, text, replace=replace)

    monkeypatch.setattr(publishing, "write_as", failing)
    with pytest.raises(NotWritten):
        publish(library, folder, library.now())
    assert len(_pages(folder)) == 1
    monkeypatch.undo()
    service.do(verbs.write_summary, "Told anew.")
    done = publish(library, folder, library.now())
    assert done.written == 2
    assert len(_pages(folder)) == 2


def test_a_page_that_was_changed_or_lost_is_written_again(library: Library, folder: Path) -> None:
    held(library)
    held(library, "Search went stale")
    _publish(library, folder)
    before = _bytes(folder)
    (folder / PAGE).write_text("changed by hand")
    assert _publish(library, folder) == (1, 1, 0)
    (folder / PAGE).unlink()
    assert _publish(library, folder) == (1, 1, 0)
    (folder / "search.js").unlink()
    assert _publish(library, folder) == (0, 2, 0)
    assert _bytes(folder) == before


def test_ends_of_lines_that_git_changed_are_no_change(library: Library, folder: Path) -> None:
    held(library)
    _publish(library, folder)
    for path in folder.iterdir():
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    ages = _ages(folder)
    assert _publish(library, folder) == (0, 1, 0)
    assert {name for name, age in _ages(folder).items() if age != ages[name]} <= {MANIFEST}


@pytest.mark.parametrize(
    "told", ["", "nonsense", 'window.pmfacilRecord = [\n{"page":"x"}\n];\n', "window.pmfacilRecord = [\n3\n];\n"]
)
def test_words_that_were_damaged_are_worked_out_again(library: Library, folder: Path, told: str) -> None:
    held(library)
    _publish(library, folder)
    before = _bytes(folder)
    (folder / "words.js").write_text(told)
    assert _publish(library, folder) == (0, 1, 0)
    # Even where the manifest vouches for them.
    (folder / "words.js").write_text(told)
    manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
    manifest["files"]["words.js"] = publishing._fingerprint(told.encode())
    (folder / MANIFEST).write_text(json.dumps(manifest))
    assert _publish(library, folder) == (0, 1, 0)
    assert _bytes(folder) == before


def test_a_newer_pmfacil_looks_at_every_page_again(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held(library)
    _publish(library, folder)
    real = site.page
    monkeypatch.setattr(publishing, "page", lambda report: real(report).replace("POST", "Post").replace("<h1", "<h1 "))
    assert _publish(library, folder) == (0, 1, 0)
    monkeypatch.setattr(publishing, "_MADE_BY", "pmfacil 99")
    assert _publish(library, folder) == (1, 0, 0)


def test_documents_of_others_are_published_where_they_are_wanted(library: Library, folder: Path) -> None:
    held(library)
    text = "# Mail was down\n\n## Summary\n\nThe queue was full. It took long.\n\n## Root causes\n\n- <b>No limit</b>\n"
    library.archive.take_in(text, "mail.md")
    assert _publish(library, folder) == (1, 0, 0)
    assert _publish(library, folder, written=True) == (1, 1, 0)
    (name,) = _pages(folder) - {PAGE}
    page = (folder / name).read_text("utf-8")
    assert "<h2>Causes</h2>" in page
    assert "No limit" in page
    assert _publish(library, folder, written=True) == (0, 2, 0)
    assert _publish(library, folder) == (0, 1, 1)
    assert _pages(folder) == {PAGE}


def test_a_folder_that_is_none_is_refused_in_a_sentence(library: Library, tmp_path: Path) -> None:
    held(library)
    (tmp_path / "file").write_text("mine")
    with pytest.raises(Refusal, match=r"cannot be read: not a directory\. Choose another folder"):
        publish(library, tmp_path / "file", library.now())


def test_a_page_that_cannot_be_removed_is_told(library: Library, folder: Path) -> None:
    service = held(library)
    held(library, "Search went stale")
    _publish(library, folder)
    service.do(verbs.reopen_meeting)
    (folder / PAGE).unlink()
    (folder / PAGE).mkdir()
    with pytest.raises(NotPublished, match=r"could not be removed.*Remove it by hand"):
        publish(library, folder, library.now())
    (folder / PAGE).rmdir()
    assert _publish(library, folder) == (0, 1, 1)


def test_a_share_without_permissions_will_do(library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(*_: object, **__: object) -> None:
        raise OSError

    held(library)
    monkeypatch.setattr(Path, "chmod", refuses)
    assert _publish(library, folder) == (1, 0, 0)


def test_stamps_are_those_of_closed_post_mortems(tmp_path: Path, clock: FakeClock) -> None:
    shelf = open_shelf(tmp_path / "other.db")
    for kept in (MemoryShelf(), shelf):
        library = Library(kept, clock, Ids(), zone="UTC")
        service = held(library)
        gone = held(library, "Gone").snapshot.post_mortem.id
        library.delete(gone)
        library.begin("Being prepared", Kind.INCIDENT, None)
        before = library.stamps()
        service.do(verbs.write_summary, "Told anew.")
        id_ = service.snapshot.post_mortem.id
        assert before.keys() == {id_}
        assert library.stamps() == {id_: before[id_] + 1}
        assert library.knows(gone)
        assert not library.knows(PostMortemId("nobody"))
    shelf.close()
