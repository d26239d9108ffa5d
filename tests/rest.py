"""When is an app at rest? Asked of its event loop, not of the clock: a test waits as long as the app works, and no longer."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual.app import App
    from textual.pilot import Pilot

NOW = 0.02  # seconds: what is due within them belongs to what goes on already; a resized window waits for half of that
LIMIT = 30.0  # seconds after which an app without rest is a mistake, in the test or in the app
NEVER = 3600.0  # seconds between the beats at which Textual draws by itself


async def rest(app: App[Any]) -> None:
    """Wait until every message is handled, everything is drawn, no worker works and nothing is due at once."""
    until = asyncio.get_running_loop().time() + LIMIT
    while True:
        await quiet()
        if asyncio.get_running_loop().time() > until:
            msg = "the app never comes to rest"
            raise AssertionError(msg)
        await app.animator.wait_until_complete()
        if _drawn(app):
            continue
        wait = 0.001 if any(worker.is_running for worker in app.workers) else _next_due()
        if wait is None:
            return
        await asyncio.sleep(wait)


async def quiet() -> None:
    """Give way until nobody else wants to run; twice, because what threads send is seen by the loop's next look at its pipe."""
    loop: Any = asyncio.get_running_loop()  # what is ready, and what is scheduled, can only be seen from inside
    seen = 0
    while seen < 2:
        await asyncio.sleep(0)
        seen = 0 if loop._ready else seen + 1


def _next_due() -> float | None:
    loop: Any = asyncio.get_running_loop()
    wait = min((timer.when() for timer in loop._scheduled if not timer.cancelled()), default=loop.time() + LIMIT)
    wait -= loop.time()
    return max(0.0, wait) if wait < NOW else None


def _drawn(app: App[Any]) -> bool:
    """Draw what waits for a screen's next beat, as the beat would; say whether there was anything."""
    waiting = [
        screen for screen in app._screen_stacks.get(app._current_mode, ()) if screen._update_timer._active.is_set()
    ]
    for screen in waiting:
        screen._on_timer_update()
    return bool(waiting)


async def press(pilot: Pilot[Any], *keys: str) -> None:
    """Press keys, each when the app has done what the one before it asked for."""
    for key in keys:
        await pilot.app._press_keys([key])
        await rest(pilot.app)


async def wait_for_screen(pilot: Pilot[Any], _seconds: float = LIMIT) -> bool:
    """Rest, in place of a question to every widget on the screen whether it is done."""
    await rest(pilot.app)
    return True


async def no_guess(*_seconds: float) -> None:
    """Do without the guess that Textual makes from the time a process has used: twice a key, and wrong on a busy machine."""
