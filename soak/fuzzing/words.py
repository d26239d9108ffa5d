"""Text for the fuzzer: pieces of what people type, pieces that break programs, and both put together at random."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.hostile import HOSTILE

if TYPE_CHECKING:
    from random import Random

TIMES: Final = (
    "14:05", "~14:05", "14:05:59", "24:00", "25:61", "0:00", "9", "9am", "12 pm", "14.05", "1405", "14:05-14:10",
    "14:05–13:00", "23:59-00:01", "+5m", "-5m", "+999m", "now", "?", "14:05Z", "14:05 UTC", "14:05 CET", "14:05+0530",
    "14:05 -1200", "14:05+99:99", "T14:05", "2026-03-12T14:05:00Z", "2026-03-12 14:05", "0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59.999999-23:59", "99999-01-01", "0000-00-00", "1970-01-01", "1e308", "1773324300",
    "1773324300000", "02:30", "01:30", "[14:05]", "(14:05)", "14:05:", "14h05", "14h", "5 minutes later",
)  # fmt: skip
DAYS: Final = (
    "2026-03-12", "12 March", "March 12", "12 march 2026", "12/3", "12/03/2026", "03/12/26", "31/02/2026", "29 feb",
    "fri", "friday", "last friday", "next week", "tomorrow", "yesterday", "today", "eom", "end of month", "+2w",
    "+999d", "+999m", "+ 3 weeks", "0/0", "99/99/9999", "1 jan 0001", "31 december 9999", "32 march", "mar", "12.3.",
    "day 0", "2026-W11", "٣/٤", "²/³", "１２:３０", "1 ſept", "12 ",
)  # fmt: skip
TOKENS: Final = (
    "@Ana", '@"Ana Ruiz"', '@"', "@", "@@", "#prevent", "#p", "#", "#impact", "#resolved", "/A", "/A,B", "/AB", "/",
    "/a,", "when:", "when: it pages", "by friday", "by", "due 12 March", "due", "by +2w.", "(acted on)",
    "(not acted on)", "https://x.example/a?b=c", "http://", "https://" + "a" * 300, "event", "signal:", "change",
    "decision:", "action", "c", "s", "d", "a:", "m", "r", "root cause", "human error", "should have", "failed to",
    "the operator forgot", "careless", "someone", "Ana didn't", "kind:incident", "kind:x", "tag:#a", "team:",
    "owner:@b",
    "state:open", "state:in-progress", "state:??", "after:march", "before:2025", "after:9999-12-31",
    "before:0001-01-01",
    "after:", 'team:"a b', "NEAR(a b, 99999999999)", "AND", "OR", "NOT", "a*", "*", '"', '""', "^a", "{a b}:c", "col:x",
    "(", ")", "-", "+", "%", "_", "!", "'", "''", "“", "”", "`", "```", "|", "| a | b |", "---", "- [ ] x", "* ", "# ",
    "> ", "1. ", "learning", "90", "5,5,5,5,5,5", "999 999 999 999 999 999", "Europe/London", "UTC", "../../etc/passwd",
    "involved", "responder", ",", ", ,", "pm", "Ana Ruiz, on-call engineer, responder", "and", "because", "if", "not",
)  # fmt: skip
CHARACTERS: Final = (
    "\x00", "\x01", "\x07", "\x08", "\x1b", "\x1b[31m", "\x1b]52;c;aGk=\x07", "\x1b]8;;http://x\x1b\\", "\x7f", "\x85",
    "\x9b2J", "\x9d", "\u00ad", "\u200b", "\u200d", "\u200e", "\u202e", "\u2066", "\u2069", "\u2028", "\u2029",
    "\ufeff",
    "\ufffe", "\uffff", "\ud800", "\udfff", "\udc80", "e\u0301", "\u0301" * 40, "👩‍💻", "🇬🇧", "𝟙𝟚:𝟘𝟛", "\U0010ffff",
    "ﬁ", "ß", "İ", "ı", "ǅ", "ſ", "K", "ا", "שגיאה", "\t", "\v", "\f", "\r", "\n", "\r\n", "\x1c", "\x1e", "\u3000",
    " ", "\xa0", "０", "٣", "²", "½", "Ⅷ", "−", "‐", "–", "—", "’", "‘", "´",
)  # fmt: skip
BOMBS: Final = (" ", "a", "0", "-", ":", "(", "[", "|", "'", '"', "@", "/", "#", "a ", "a b ", "1:", "12:00 ", "the ",
                "not ", "https://", "*", "_", "`", ">", "\n", "\t", "a.", "a-", "by ", ", ", "and ", "\u0301",
                "Ana ")  # fmt: skip


def line(rng: Random, most: int = 9) -> str:
    """Return a line as somebody might type it, with anything in it."""
    if rng.random() < 0.06:
        return bomb(rng)
    parts = [_piece(rng) for _ in range(rng.randrange(most + 1))]
    return rng.choice((" ", " ", " ", "", "  ")).join(parts)


def bomb(rng: Random, most: int = 3000) -> str:
    """Return a few strings again and again, as a regular expression that looks back too far would fear."""
    unit = "".join(rng.choices(BOMBS, k=rng.randrange(1, 4)))
    return (
        line_head(rng) + unit * (rng.randrange(1, most) // len(unit)) + rng.choice(("", "!", "\x00", "z", _piece(rng)))
    )


def line_head(rng: Random) -> str:
    """Return how a line that means something begins, or nothing."""
    return rng.choice(("", "", f"{rng.choice(TIMES)} ", f"{rng.choice(DAYS)} ", rng.choice(TOKENS)))


def page(rng: Random, most: int = 30) -> str:
    """Return lines, some of them again and again."""
    ending = rng.choice(("\n", "\n", "\n", "\r\n", "\n\n", "\r", "\u2028"))
    indents = ("", "", "", "- ", "  ", "\t", "> ", "| ", "# ", "### ", "* ", "1. ")
    return ending.join(rng.choice(indents) + line(rng, 6) for _ in range(rng.randrange(most)))


def raw_text(rng: Random, most: int = 60) -> str:
    """Return characters from anywhere in Unicode, halves of them too."""
    tops = (0x80, 0x100, 0x3000, 0x10000, 0x110000)
    return "".join(chr(rng.randrange(rng.choice(tops))) for _ in range(rng.randrange(most)))


def number(rng: Random) -> object:
    """Return a number as a file may hold it."""
    wild = (0, -1, 2**31, 2**63, -(2**63), 2**64, 10**30, 1e308, -0.0, float("inf"), float("nan"), True, False)
    return rng.choice((*wild, rng.randrange(10**10), rng.random(), 1773324300 * 10 ** rng.choice((0, 3, 6, 9))))


def value(rng: Random, depth: int = 3) -> object:
    """Return any JSON value."""
    match rng.randrange(7 if depth else 4):
        case 0:
            return number(rng)
        case 1:
            return None
        case 2 | 3:
            return line(rng, 3)
        case 4 | 5:
            return {line(rng, 1): value(rng, depth - 1) for _ in range(rng.randrange(4))}
        case _:
            return [value(rng, depth - 1) for _ in range(rng.randrange(4))]


def _piece(rng: Random) -> str:
    match rng.randrange(12):
        case 0 | 1:
            return rng.choice(TIMES)
        case 2 | 3:
            return rng.choice(DAYS)
        case 4 | 5 | 6:
            return rng.choice(TOKENS)
        case 7:
            return rng.choice(CHARACTERS)
        case 8:
            return raw_text(rng, 8)
        case 9:
            return rng.choice(_HOSTILE)[: rng.randrange(1, 60)]
        case _:
            return rng.choice(PLAIN)


PLAIN: Final = (
    "the queue was full",
    "checkout",
    "rolled back",
    "Ana",
    "restarted the pods",
    "nobody was paged",
    "a",
    "it",
)
_HOSTILE: Final = tuple(HOSTILE.values())
