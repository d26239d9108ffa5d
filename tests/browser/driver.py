"""A real browser, driven through the DevTools protocol over two pipes: no port, no package, nothing to install."""

from __future__ import annotations

import fcntl
import json
import os
import select
import shutil
import subprocess
import sys
import time
from itertools import count
from typing import TYPE_CHECKING, Any, Final, Self

if TYPE_CHECKING:
    from pathlib import Path

NAMES: Final = ("chrome-headless-shell", "chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
_PATIENCE: Final = 30.0
_READ, _WRITE = 3, 4  # the numbers that the browser expects its pipes under
_START: Final = f"import os, sys; os.dup2(int(sys.argv[1]), {_READ}); os.dup2(int(sys.argv[2]), {_WRITE}); os.execv(sys.argv[3], sys.argv[3:])"
_SWITCHES: Final = (
    "--headless",
    "--no-sandbox",  # it reads nothing but pages of ours, and containers lack what a sandbox needs
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--no-first-run",
    "--remote-debugging-pipe",
    "--window-size=1100,900",
)
KEYS: Final = {"Enter": 13, "Escape": 27, "ArrowUp": 38, "ArrowDown": 40, "/": 191}


def browser_path() -> str | None:
    """Return a Chromium: what `PMFACIL_CHROMIUM` names, else one that is on the path."""
    named = os.environ.get("PMFACIL_CHROMIUM")
    return shutil.which(named) if named else next((path for name in NAMES if (path := shutil.which(name))), None)


class Browser:
    """One page in a headless Chromium; what its console complains of is kept in `complaints`."""

    def __init__(self, path: str, profile: Path) -> None:
        to_browser, self._out = os.pipe()
        self._in, from_browser = os.pipe()
        high = [fcntl.fcntl(end, fcntl.F_DUPFD, 10) for end in (to_browser, from_browser)]
        words = [sys.executable, "-c", _START, *map(str, high), path, *_SWITCHES, f"--user-data-dir={profile}"]
        self._process = subprocess.Popen(words, pass_fds=high, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for end in (to_browser, from_browser, *high):
            os.close(end)
        self._numbers = count(1)
        self._waiting = b""
        self._events: list[dict[str, Any]] = []
        self.complaints: list[str] = []
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log"):
            self.ask(f"{domain}.enable")

    _session: str | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._session = None
        self.ask("Browser.close")
        self._process.wait(_PATIENCE)
        os.close(self._in)
        os.close(self._out)

    def ask(self, method: str, **what: object) -> dict[str, Any]:
        """Send a command and return its answer."""
        number = next(self._numbers)
        said = {"id": number, "method": method, "params": what}
        if self._session is not None:
            said["sessionId"] = self._session
        os.write(self._out, json.dumps(said).encode() + b"\0")
        while True:
            told = self._next()
            if told.get("id") == number:
                assert "error" not in told, f"{method}: {told['error']}"
                result: dict[str, Any] = told["result"]
                return result

    def open(self, address: str) -> None:
        """Open a page and wait until it is there, scripts included."""
        self._events.clear()
        self.ask("Page.navigate", url=address)
        while not any(one["method"] == "Page.loadEventFired" for one in self._events):
            self._next()

    def run(self, script: str) -> Any:  # noqa: ANN401 - what JavaScript says
        """Return what an expression says in the page."""
        told = self.ask("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True, userGesture=True)
        assert "exceptionDetails" not in told, told["exceptionDetails"]
        return told["result"].get("value")

    def until(self, script: str) -> None:
        """Wait until an expression is true in the page, which may be a new one."""
        end = time.monotonic() + _PATIENCE
        while not self._holds(script):
            assert time.monotonic() < end, f"it never came to be that {script}"
            time.sleep(0.01)

    def _holds(self, script: str) -> bool:
        try:
            return bool(self.run(script))
        except AssertionError as fault:
            if "navigated or closed" in str(fault):
                return False  # asked of a page that was just left
            raise

    def leave(self, script: str) -> None:
        """Do what leads to another page, once the answer to this is out: it would be lost with the page."""
        self.run(f"setTimeout(() => {{ {script} }}, 0)")

    def type(self, text: str) -> None:
        """Type letters where the focus is."""
        for letter in text:
            self.press(letter)

    def press(self, key: str) -> None:
        """Press and release one key."""
        text = {"Enter": "\r"}.get(key, key if len(key) == 1 else "")
        code = KEYS.get(key, ord(key.upper()) if len(key) == 1 else 0)
        what = {"key": key, "windowsVirtualKeyCode": code}
        self.ask("Input.dispatchKeyEvent", type="keyDown" if text else "rawKeyDown", text=text, **what)
        self.ask("Input.dispatchKeyEvent", type="keyUp", **what)

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._waiting:
            ready, _, _ = select.select([self._in], [], [], _PATIENCE)
            assert ready, "the browser does not answer"
            some = os.read(self._in, 1 << 20)
            assert some, "the browser is gone"
            self._waiting += some
        one, _, self._waiting = self._waiting.partition(b"\0")
        told: dict[str, Any] = json.loads(one)
        if "method" in told:
            self._events.append(told)
            self._note(told["method"], told["params"])
        return told

    def _note(self, method: str, what: dict[str, Any]) -> None:
        if method == "Runtime.exceptionThrown":
            self.complaints.append(str(what["exceptionDetails"]))
        elif method == "Runtime.consoleAPICalled" and what["type"] in ("error", "warning", "assert"):
            self.complaints.append(str(what["args"]))
        elif method == "Log.entryAdded" and what["entry"]["level"] in ("error", "warning"):
            self.complaints.append(str(what["entry"]["text"]))
