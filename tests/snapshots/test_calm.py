"""The screen after a fault, as the room sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pmfacil.app import PmFacilApp
from pmfacil.core.model import PostMortemId
from pmfacil.crash import Calm, Draft
from tests.snapshots.test_screens import SIZES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pmfacil.library import Library

    Compare = Callable[..., bool]

_LOG = "~/.local/state/pmfacil/log/crashes.log"


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "120x36"])
def test_nothing_is_lost(size: tuple[int, int], library: Library, tmp_path: Path, snap_compare: Compare) -> None:
    app = PmFacilApp(library, tmp_path / "reports", calm=Calm(_LOG, lambda: None))
    assert snap_compare(app, terminal_size=size)


def test_the_disk_refuses_at_the_same_time(library: Library, tmp_path: Path, snap_compare: Compare) -> None:
    held = (Draft(PostMortemId("one"), "timeline", "half typed"),)
    app = PmFacilApp(library, tmp_path / "reports", calm=Calm("", lambda: None, held))
    assert snap_compare(app, terminal_size=(80, 24))
