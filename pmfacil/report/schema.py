"""The JSON Schema of the exported document, for programs that read it: `python -m pmfacil.report.schema`."""

from __future__ import annotations

import json
import sys
from typing import Any, Final

from pydantic import TypeAdapter

from pmfacil import codec

_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"  # the one that pydantic writes
_ABOUT: Final = (
    "A whole post-mortem as pmfacil exports it as JSON, and the clocks of its meeting where there was one. "
    "What follows this schema can be imported, unless it breaks a rule that a schema cannot say: "
    "ids are unique, what refers to an id finds it, and no action comes before settled causes."
)


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of the exported document; its id ends in the document's version."""
    found = TypeAdapter(codec.Document).json_schema()
    # This one's docstring speaks to those who change the code.
    found["$defs"]["PostMortem"]["description"] = "A whole post-mortem."
    head = {
        "$schema": _DIALECT,
        "$id": f"urn:pmfacil:post-mortem:{codec.SCHEMA}",
        "title": "pmfacil post-mortem",
        "description": _ABOUT,
    }
    return head | {name: value for name, value in found.items() if name not in head}


def json_schema_text() -> str:
    """Return the schema as it stands in `docs/pmfacil.schema.json`, ending in a newline."""
    return json.dumps(json_schema(), indent=2) + "\n"


if __name__ == "__main__":
    sys.stdout.write(json_schema_text())
