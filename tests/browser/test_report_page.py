"""The HTML report in a real browser: nothing on its console, no script, nothing that runs out of the page."""

from __future__ import annotations

from base64 import b64decode
from typing import TYPE_CHECKING

import pypdfium2  # type: ignore[import-untyped]  # it ships no types; what is read with it is compared at once
import pytest

from pmfacil.library import Library
from pmfacil.rehearsal import rehearse
from pmfacil.report.composing import compose
from pmfacil.report.formats import Format, render
from pmfacil.report.pdf import pages
from tests.clock import FakeClock, Ids
from tests.fakes import MemoryShelf
from tests.held import held
from tests.hostile import HOSTILE

if TYPE_CHECKING:
    from pathlib import Path

    from pmfacil.facilitation import Facilitation
    from tests.browser.driver import Browser


def _worked() -> Facilitation:
    library = Library(MemoryShelf(), FakeClock(), Ids(), zone="UTC")
    return library.open(rehearse(library, worked=True))


def _hostile() -> Facilitation:
    library = Library(MemoryShelf(), FakeClock(), Ids(), zone="UTC")
    words = tuple(HOSTILE.values())
    return held(library, HOSTILE["html"], summary=" ".join(words), team=HOSTILE["html"], tags=words, actions=words)


@pytest.fixture(params=["worked", "hostile"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    service = _worked() if request.param == "worked" else _hostile()
    path = tmp_path / "report.html"
    path.write_text(render(Format.HTML, service.snapshot.post_mortem, service.sitting, service.now()), encoding="utf-8")
    return path.as_uri()


def test_the_report_is_styled_and_runs_nothing(browser: Browser, address: str) -> None:
    browser.open(address)
    assert browser.run("document.scripts.length") == 0
    assert browser.run("getComputedStyle(document.querySelector('h1')).fontSize") == "32px"
    assert browser.run("document.documentElement.scrollWidth <= innerWidth")


def test_the_report_prints_on_paper(browser: Browser, address: str) -> None:
    browser.open(address)
    data = b64decode(browser.ask("Page.printToPDF", preferCSSPageSize=True)["data"])
    with pypdfium2.PdfDocument(data) as printed:
        width, height = printed[0].get_size()
    assert (round(width), round(height)) == (595, 842)


@pytest.mark.parametrize("service", [_worked(), _hostile()], ids=["worked", "hostile"])
def test_the_page_prints_to_the_pages_that_the_meter_promises(
    service: Facilitation, browser: Browser, tmp_path: Path
) -> None:
    pm, now = service.snapshot.post_mortem, service.now()
    path = tmp_path / "report.html"
    path.write_text(render(Format.HTML, pm, service.sitting, now), encoding="utf-8")
    browser.open(path.as_uri())
    data = b64decode(browser.ask("Page.printToPDF", preferCSSPageSize=True)["data"])
    promised = pages(compose(pm, service.sitting, now))
    with pypdfium2.PdfDocument(data) as printed:
        # Here they are equal; another machine's browser brings fonts of its own, which may cost or save a page.
        assert abs(len(printed) - promised.main - promised.appendix) <= 1
