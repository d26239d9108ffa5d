"""Real material to mutate: the samples of the tests, and of the shared corpus where it is there."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Final

_SAMPLES: Final = Path(__file__).parents[2] / "tests" / "data"
_CORPUS: Final = Path(__file__).parents[3] / "shared" / "corpus"
_LARGEST: Final = 20_000  # bytes: larger samples are cut, so that a case costs a millisecond


@cache
def imports() -> tuple[tuple[str, bytes], ...]:
    """Return the files of other tools: name and bytes."""
    found = [path for path in sorted((_SAMPLES / "imports").rglob("*")) if path.is_file()]
    return tuple((one.name, one.read_bytes()[:_LARGEST] if one.suffix != ".zip" else one.read_bytes()) for one in found)


@cache
def values() -> tuple[object, ...]:
    """Return the JSON values of other tools."""
    found = []
    for name, data in imports():
        if name.endswith(".json"):
            try:
                found.append(json.loads(data))
            except ValueError:
                continue
    return tuple(found)


@cache
def documents() -> tuple[str, ...]:
    """Return written post-mortems, each cut to a few pages."""
    folder = _CORPUS / "docs"
    files = sorted(folder.glob("*.md")) if folder.is_dir() else []
    files += sorted((_SAMPLES.parents[1]).glob("*.md"))
    return tuple(one.read_text(encoding="utf-8", errors="replace")[:6000] for one in files)


@cache
def lines() -> tuple[str, ...]:
    """Return lines that people wrote: timelines, causes, actions."""
    found = [line.strip() for text in documents() for line in text.split("\n") if line.strip()]
    for path in sorted(_CORPUS.glob("*.jsonl")) if _CORPUS.is_dir() else []:
        with path.open(encoding="utf-8") as rows:
            found += [str(text) for row in rows if (text := _said(row))]
    return tuple(dict.fromkeys(line[:400] for line in found))


def _said(row: str) -> object:
    read = json.loads(row)
    return next((read[name] for name in ("text", "line", "raw", "sentence") if name in read), None)
