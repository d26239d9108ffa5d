"""Which sides of the system the whys have looked at: people, communication, process, tooling, technology, environment.

The six are product.md's (section 5); the words under each are what people write of it. An area without a word is a
question to the room, and never a verdict: a cause may well be told in words that stand on no list.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable


class Area(StrEnum):
    """A side of the system that a cause may lie on."""

    PEOPLE = "people"
    COMMUNICATION = "communication"
    PROCESS = "process"
    TOOLING = "tooling"
    TECHNOLOGY = "technology"
    ENVIRONMENT = "environment"


_WORDS: Final = {
    Area.PEOPLE: r"""
        staff\w* people person\w* teams? on-?call shift rota workload fatigue\w* tired train(?:ing|ed) skill\w*
        experience\w* knowledge kn[eo]ws? hiring owner\w* expert\w* newcomer\w*""",
    Area.COMMUNICATION: r"""
        communicat\w* told said asked announce\w* notif\w* message\w* mail\w* chat channel meeting\w*
        hand-?over\w* handoff\w* escalat\w* inform\w* stakeholder\w* document\w*""",
    Area.PROCESS: r"""
        process\w* review\w* approv\w* polic\w+ procedure\w* runbook\w* checklist\w* plans? plann\w+ schedul\w*
        priorit\w+ deadline\w* freeze exempt\w* deci[ds]\w+ rules? sign-?off""",
    Area.TOOLING: r"""
        tool\w* pipeline\w* ci deploy\w* dashboard\w* monitor\w* alert\w* alarm\w* graph\w* logs? logging
        console\w* script\w* test(?:s|ed|ing)? canar\w+ staging rollback\w* flags? ticket\w*""",
    Area.TECHNOLOGY: r"""
        code bug\w* databas\w* server\w* service\w* cache\w* queue\w* network\w* dns certificate\w* cluster\w*
        memory cpu disk\w* config\w* version\w* librar\w+ dependenc\w+ api schema\w* timeout\w* retr\w+ pool parser path
        index\w* lock\w* thread\w* balancer\w* host\w* node\w* table format\w*""",
    Area.ENVIRONMENT: r"""
        vendor\w* provider\w* supplier\w* partner\w* cloud region\w* market\w* traffic season\w* weather power
        law legal regulat\w+ contract\w* budget\w* holiday\w* weekend\w* peak""",
}


def areas_of(text: str) -> frozenset[Area]:
    """Return the areas that a text has a word of."""
    return frozenset(area for area, pattern in _patterns().items() if pattern.search(text))


def untouched(texts: Iterable[str]) -> tuple[Area, ...]:
    """Return the areas that none of the texts has a word of, in their order."""
    seen = frozenset[Area]().union(*(areas_of(text) for text in texts))
    return tuple(area for area in Area if area not in seen)


@cache
def _patterns() -> dict[Area, re.Pattern[str]]:
    return {area: re.compile(rf"\b(?:{'|'.join(words.split())})\b", re.IGNORECASE) for area, words in _WORDS.items()}
