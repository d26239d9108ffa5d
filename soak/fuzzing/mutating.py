"""Real material, a little wrong: bytes flipped, pieces doubled, lines traded, values of JSON replaced."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from soak.fuzzing import words

if TYPE_CHECKING:
    from random import Random

_DULL: Final = 6  # steps at most, so that much of what was real stays


def text(rng: Random, real: str) -> str:
    """Return a text with a few things wrong."""
    for _ in range(rng.randrange(1, _DULL)):
        at, end = sorted((rng.randrange(len(real) + 1), rng.randrange(len(real) + 1)))
        end = min(end, at + rng.choice((1, 2, 9, 60)))
        match rng.randrange(6):
            case 0:
                real = real[:at] + real[end:]
            case 1:
                real = real[:at] + real[at:end] * rng.randrange(2, 9) + real[end:]
            case 2:
                real = real[:at] + rng.choice(words.CHARACTERS) + real[at:]
            case 3:
                real = real[:at] + rng.choice((words.TIMES, words.DAYS, words.TOKENS)[rng.randrange(3)]) + real[end:]
            case 4:
                real = _lines_traded(rng, real)
            case _:
                real = real[:at] + words.line(rng, 3) + real[end:]
    return real


def data(rng: Random, real: bytes) -> bytes:
    """Return bytes with a few things wrong."""
    wrong = bytearray(real)
    for _ in range(rng.randrange(1, _DULL)):
        at = rng.randrange(len(wrong) + 1)
        match rng.randrange(6):
            case 0:
                wrong[at : at + 1] = bytes([rng.randrange(256)])
            case 1:
                del wrong[at : at + rng.choice((1, 4, 64))]
            case 2:
                wrong[at:at] = rng.randbytes(rng.randrange(1, 9))
            case 3:
                wrong[at:at] = wrong[at : at + rng.randrange(99)] * rng.randrange(1, 5)
            case 4:
                del wrong[at:]
            case _:
                wrong[at : at + 4] = rng.choice((b"\xff" * 4, b"\x00" * 4, b"\xff\xfe", b"\xef\xbb\xbf", b"\x80"))
    return bytes(wrong)


def value(rng: Random, real: object) -> object:
    """Return a JSON value with something in it replaced, missing, doubled, or traded."""
    if rng.random() < 0.08:
        return words.value(rng)
    if isinstance(real, dict) and real:
        changed = dict(real)
        for name in rng.sample(list(changed), k=min(len(changed), rng.randrange(1, 3))):
            _change(rng, changed, name)
        return changed
    if isinstance(real, list) and real:
        items = list(real)
        at = rng.randrange(len(items))
        match rng.randrange(4):
            case 0:
                del items[at]
            case 1:
                items.insert(rng.randrange(len(items)), items[at])
            case _:
                items[at] = value(rng, items[at])
        return items
    if isinstance(real, str) and rng.random() < 0.6:
        return text(rng, real)
    return rng.choice((words.value(rng, 1), words.number(rng), rng.choice(words.TIMES), rng.choice(words.TOKENS)))


def _change(rng: Random, changed: dict[object, object], name: object) -> None:
    match rng.randrange(8):
        case 0:
            del changed[name]
        case 1:
            changed[words.line(rng, 1)] = changed[name]
        case 2:
            changed[name] = changed[rng.choice(list(changed))]
        case _:
            changed[name] = value(rng, changed[name])


def _lines_traded(rng: Random, real: str) -> str:
    lines = real.split("\n")
    one, other = rng.randrange(len(lines)), rng.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return "\n".join(lines)
