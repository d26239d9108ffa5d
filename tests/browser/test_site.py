"""The published record in a real browser, from a folder on a disk: search, filters, keys, and hostile words."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from pmfacil.core import operations as verbs
from pmfacil.core.kind import Kind
from pmfacil.library import Library
from pmfacil.publishing import publish
from tests.clock import FakeClock, Ids
from tests.fakes import MemoryShelf
from tests.held import held
from tests.hostile import HOSTILE

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browser.driver import Browser

SHOWN = "Array.from(document.querySelectorAll('#list > li h2'), one => one.textContent)"
MARKED = "Array.from(document.querySelectorAll('#list mark'), one => one.textContent)"
COUNT = "document.getElementById('count').textContent"
FOCUS = "document.activeElement.textContent || document.activeElement.id"
HASH = "decodeURIComponent(location.hash)"


@pytest.fixture
def library() -> Library:
    return Library(MemoryShelf(), FakeClock(), Ids(), zone="UTC")


def _fill(library: Library) -> None:
    held(library, "Checkout outage", date(2026, 3, 12), team="Payments", tags=("db",), actions=("Cap the pool",))
    long = (
        f"{'Nothing was seen for a while. ' * 20}Then the café pool ran dry, the pool of all things. {'And on. ' * 40}"
    )
    held(library, "Search went stale", date(2025, 11, 2), team="Search", summary=long, actions=("Warn",), done=1)
    held(library, "Late migration", date(2025, 5, 1), kind=Kind.PROJECT, team="Payments", tags=("db", "schema"))


@pytest.fixture
def site(library: Library, tmp_path: Path) -> Path:
    _fill(library)
    return publish(library, tmp_path / "a folder #1", library.now()).index


@pytest.fixture
def page(browser: Browser, site: Path) -> Browser:
    browser.open(site.as_uri())
    return browser


def _search(browser: Browser, words: str) -> list[str]:
    browser.run("document.getElementById('q').focus(), document.getElementById('q').select()")
    browser.ask("Input.insertText", text=words)
    shown: list[str] = browser.run(SHOWN)
    return shown


def _choose(browser: Browser, name: str, value: str) -> list[str]:
    browser.run(f"""
        document.querySelector('[name={name}]').value = {value!r};
        document.querySelector('[name={name}]').dispatchEvent(new Event('input', {{bubbles: true}}))
    """)
    shown: list[str] = browser.run(SHOWN)
    return shown


def test_all_reports_are_listed_newest_first(page: Browser) -> None:
    assert page.run(SHOWN) == ["Checkout outage", "Search went stale", "Late migration"]
    assert page.run(COUNT) == "3 reports"
    assert page.run("document.getElementById('count').getAttribute('role')") == "status"
    assert page.run("getComputedStyle(document.querySelector('form')).display") == "flex"
    assert page.run("Array.from(document.querySelectorAll('input, select')).every(one => one.labels.length === 1)")


def test_typing_filters_at_once_and_marks_what_was_found(page: Browser) -> None:
    page.press("/")
    assert page.run(FOCUS) == "q"
    page.type("poo")
    assert page.run(SHOWN) == ["Search went stale", "Checkout outage"]
    assert page.run(COUNT) == "2 of 3 reports"
    assert set(page.run(MARKED)) == {"poo"}
    excerpt = page.run("document.querySelector('.found li').textContent")
    assert excerpt.startswith("Summary: …")
    assert excerpt.endswith("…")
    assert "Then the café pool ran dry" in excerpt
    assert len(excerpt) < 230
    page.press("Escape")
    assert page.run(COUNT) == "3 reports"
    assert page.run(MARKED) == []


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("CAFE", ["Search went stale"]),
        ("café dry", ["Search went stale"]),
        ("ool", []),
        ("“ran dry”", ["Search went stale"]),
        ("“ran dr”", []),
        ("“ran dr", ["Search went stale"]),
        ("dry nowhere", []),
        ("payments", ["Checkout outage", "Late migration"]),
        ("late", ["Late migration"]),
        ("project failure", ["Late migration"]),
        ("- * (", ["Checkout outage", "Search went stale", "Late migration"]),
        ("\\ [a-z]* .", []),
    ],
)
def test_words_find_what_begins_with_them(page: Browser, words: str, found: list[str]) -> None:
    assert _search(page, words) == found


def test_nothing_found_says_what_to_try(page: Browser) -> None:
    assert _search(page, "unheard") == []
    assert page.run(COUNT) == "Nothing found. Fewer or shorter words find more."


def test_a_title_counts_more_than_a_passage(browser: Browser, library: Library, tmp_path: Path) -> None:
    held(library, "Newer", date(2026, 3, 12), summary="The cache was cold. The cache was small.", actions=("cache",))
    held(library, "The cache", date(2020, 3, 12))
    browser.open(publish(library, tmp_path / "site", library.now()).index.as_uri())
    assert _search(browser, "cache") == ["The cache", "Newer"]


def test_an_excerpt_shows_what_was_found_in_text_without_spaces(
    browser: Browser, library: Library, tmp_path: Path
) -> None:
    held(library, summary=f"{'検索' * 300}遅延{'検索' * 300}")
    browser.open(publish(library, tmp_path / "site", library.now()).index.as_uri())
    _search(browser, "遅延")
    assert browser.run(MARKED) == ["遅延"]
    assert len(browser.run("document.querySelector('.found li').textContent")) < 230


def test_filters_narrow_and_are_cleared(page: Browser) -> None:
    assert _choose(page, "team", "Payments") == ["Checkout outage", "Late migration"]
    assert _choose(page, "year", "2025") == ["Late migration"]
    assert page.run(HASH) == "#team=Payments&year=2025"
    page.run("document.querySelector('button[type=reset]').click()")
    page.until(f"{SHOWN}.length === 3")
    assert _choose(page, "kind", "project failure") == ["Late migration"]
    assert _choose(page, "kind", "") != []
    assert _choose(page, "tag", "schema") == ["Late migration"]
    assert _choose(page, "tag", "db") == ["Checkout outage", "Late migration"]
    page.run("document.querySelector('[name=open]').click()")
    assert page.run(SHOWN) == ["Checkout outage"]


def test_a_report_is_opened_with_the_keyboard_and_the_search_is_there_on_the_way_back(page: Browser) -> None:
    _search(page, "pool")
    page.press("ArrowDown")
    assert page.run(FOCUS) == "Search went stale"
    page.press("ArrowDown")
    page.press("ArrowDown")
    assert page.run(FOCUS) == "Checkout outage"
    page.press("ArrowUp")
    page.press("ArrowUp")
    assert page.run(FOCUS) == "q"
    page.press("Enter")
    page.until("document.readyState === 'complete' && document.querySelector('h1').textContent === 'Search went stale'")
    page.leave("history.back()")
    page.until(f"document.readyState === 'complete' && document.getElementById('q') !== null && {SHOWN}.length === 2")
    assert page.run("document.getElementById('q').value") == "pool"
    page.leave("document.querySelector('#list a').click()")
    page.until("document.readyState === 'complete' && document.querySelector('.back a') !== null")
    page.leave("document.querySelector('.back a').click()")
    page.until("document.readyState === 'complete' && document.querySelectorAll('#list > li').length === 3")


def test_enter_opens_nothing_where_nothing_is_looked_for(page: Browser) -> None:
    page.press("/")
    page.press("Enter")
    page.type("unheard")
    page.press("Enter")
    assert page.run("document.querySelector('h1').textContent") == "Post-mortems"


def test_an_address_holds_a_search(browser: Browser, site: Path) -> None:
    browser.open("about:blank")
    browser.open(f"{site.as_uri()}#q=pool&team=Payments&tag=gone")
    assert browser.run(SHOWN) == ["Checkout outage"]
    browser.run("location.hash = '#q=stale'")
    browser.until(f"{SHOWN}.join() === 'Search went stale'")


def test_hostile_words_stay_words(browser: Browser, library: Library, tmp_path: Path) -> None:
    for name, words in HOSTILE.items():
        held(library, f"{name} {words}", summary=words, team=words, tags=(words,), actions=(words, "</script><b>"))
    held(library, "Straße Σίσυφος İstanbul ﬁn 検索が遅い", summary="<img src=x onerror=document.title='pwned'>")
    browser.open(publish(library, tmp_path / "site", library.now()).index.as_uri())
    every = len(HOSTILE) + 1
    assert len(browser.run(SHOWN)) == every
    for typed, least in (
        ("script", 1),
        ("<script>alert", 1),
        ("img onerror", 1),
        ("שגיאה", 1),
        ("broken", 1),
        ("b", every - 1),
    ):
        assert len(_search(browser, typed)) >= least, typed
        assert (
            browser.run("document.querySelectorAll('main script, main img, .found li > :not(b, span, mark)').length")
            == 0
        )
    for typed, marked in (("ΣΊΣΥΦΟΣ", "Σίσυφος"), ("istanbul", "İstanbul"), ("遅い", "遅い"), ("strasse", None)):
        shown = _search(browser, typed)
        assert (browser.run(MARKED)[0] if shown else None) == marked
    assert browser.run("document.title") == "Post-mortems"
    assert browser.run("document.documentElement.scrollWidth <= innerWidth")


def test_only_the_scripts_of_the_site_may_run(page: Browser) -> None:
    page.run("""
        const one = document.createElement('script');
        one.textContent = "document.title = 'pwned'";
        document.head.append(one);
        document.querySelector('h1').setAttribute('onclick', "document.title = 'pwned'");
        document.querySelector('h1').click()
    """)
    assert page.run("document.title") == "Post-mortems"
    assert len([one for one in page.complaints if "Content Security Policy" in one]) == 2
    page.complaints.clear()


def test_words_of_another_day_leave_the_plain_list(page: Browser, site: Path, library: Library) -> None:
    words = site.parent / "words.js"
    words.write_text(words.read_text().replace("2026-03-12-checkout", "2026-03-12-chequeout"))
    page.open("about:blank")
    page.open(site.as_uri())
    assert page.run(COUNT).startswith("The search does not fit this list.")
    assert len(page.run(SHOWN)) == 3
    assert page.run("document.getElementById('search').hidden")


def test_without_script_the_list_is_complete_and_says_why(browser: Browser, site: Path) -> None:
    browser.ask("Emulation.setScriptExecutionDisabled", value=True)
    try:
        browser.open(site.as_uri())
        assert len(browser.run(SHOWN)) == 3
        assert browser.run("getComputedStyle(document.getElementById('search')).display") == "none"
        assert "need JavaScript" in browser.run("document.querySelector('noscript').innerText")
    finally:
        browser.ask("Emulation.setScriptExecutionDisabled", value=False)


def test_an_empty_record_says_what_will_stand_there(browser: Browser, library: Library, tmp_path: Path) -> None:
    browser.open(publish(library, tmp_path / "site", library.now()).index.as_uri())
    assert "No report is here yet." in browser.run("document.body.innerText")
    assert browser.run("document.getElementById('search').hidden")
    browser.press("/")


def test_a_report_that_was_published_again_is_found_by_its_new_words(
    page: Browser, site: Path, library: Library
) -> None:
    newest = library.summaries()[0].id
    library.open(newest).do(verbs.write_summary, "A zeppelin came down.")
    publish(library, site.parent, library.now())
    page.open("about:blank")
    page.open(site.as_uri())
    assert _search(page, "zeppelin") == ["Checkout outage"]
