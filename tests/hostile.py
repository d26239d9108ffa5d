"""Words that break programs which are not careful with them."""

from __future__ import annotations

from typing import Final

HOSTILE: Final = {
    "closing markup": "[/x] and [/]",
    "clickable markup": "[@click=app.quit]x[/]",
    "style markup": "[bold red]api[/bold red] 500",
    "emoji": "🔥 rollout 👩‍💻 🇬🇧",
    "right to left": "שגיאה בשרת والخادم",
    "combining marks": "Z͑ͫ̓a̴l̷g̸o e\u0301",
    "long": "latency " * 250,
    "one long word": "x" * 2000,
    "controls": "a\x1b[31mred\x1b[0m\x07\x00 b\x7f\x9b2J",
    "newlines": "one\r\ntwo\nthree\ttab",
    "html": "<script>alert(1)</script> & <b>bold</b> &amp;",
    "markdown": "# *not* _a_ [heading](https://x.example) | cell | `code` ![i](j) <!-- c -->",
    "formula": "=cmd|' /C calc'!A0",
    "surrogate": "broken \ud800 half",
    "sql": "Robert'); DROP TABLE post_mortem;--",
}
