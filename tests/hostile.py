"""Words that break programs which are not careful with them."""

from __future__ import annotations

from typing import Final

OBEYED: Final = (
    "zq\x1b[6666m \x1b]52;c;enE=\x07 \x1b]8;;http://zq.example\x1b\\zq\x1b]8;;\x1b\\ \x1b]0;zq\x07 \x1bPzq\x1b\\ \x1bc"
    " \x9b6666m \x9d52;c;enE=\x9c \x90zq\x9c \x85 \u202ezq\u202c \u2066zq\u2069 \u2028 \x08\x08 \x7f \x07 \x0e zq"
)
"""What terminals obey: colours, the clipboard, links, titles, resets, C1 controls, overrides of direction, bells."""

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
