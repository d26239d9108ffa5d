"""A headless Chromium for the tests in this folder, where there is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.driver import NAMES, Browser, browser_path

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """One browser for all tests."""
    path = browser_path()
    if path is None:
        pytest.skip(f"no browser: neither PMFACIL_CHROMIUM nor {', '.join(NAMES)} is here")
    with Browser(path, tmp_path_factory.mktemp("profile")) as opened:
        yield opened


@pytest.fixture
def browser(chromium: Browser) -> Iterator[Browser]:
    """A browser that must have nothing to complain of when the test is over."""
    chromium.complaints.clear()
    yield chromium
    assert chromium.complaints == []
