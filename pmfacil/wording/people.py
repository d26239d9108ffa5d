"""Whom a sentence speaks of: a person or a team, who can be blamed, or a system, which cannot."""

from __future__ import annotations

from typing import Final

ROLE: Final = (
    r"(?:on-?call(?:er)?s?|engineers?|developers?|devs?|programmers?|coders?|operators?|admins?|administrators?|sysadmins?"
    r"|sres?|dbas?|pilots?|co-?pilots?|captains?|officers?|crew|flight\s+crew|drivers?|controllers?|mechanics?|technicians?|authors?"
    r"|committers?|reviewers?|approvers?|maintainers?|contributors?|owners?|managers?|leads?|leaders?|leadership|management"
    r"|staff|colleagues?|co-?workers?|team\s?mates?|interns?|juniors?|seniors?|employees?|contractors?|architects?|analysts?"
    r"|testers?|qa|ops|devops|support|responders?|facilitators?|nurses?|doctors?|students?|instructors?|members?|people"
    r"|persons?|folks|guys?|teams?|department|organi[sz]ation|squad|group|committee|users?|customers?|individuals?)"
)
"""What people are called by what they do."""

PRONOUN: Final = r"(?:i|we|he|she|they|you|someone|somebody|nobody|no[\s-]one|everyone|everybody|anyone|none\s+of\s+us)"
"""What stands for a person."""

PERSON: Final = (
    rf"(?:\b{PRONOUN}\b|\b(?:(?:the|our|an?|this|that|another|one|some|their|my|your|his|her|each|every|any|most|whole"
    rf"|entire|other|junior|senior|new|first|second|responsible|infra\w*|platform|security|database|network|backend"
    rf"|frontend|release|data|product)\s+){{0,4}}{ROLE}\b|@[\w-]+)"
)
"""A person, a role or a team as the subject of a sentence."""

OWN: Final = rf"(?:\b(?:my|our|his|her|their|your|someone's|somebody's)\b|\b{ROLE}['’]s?|@[\w-]+['’]s)"
"""Whose it was, where that is a person."""

NAME: Final = (
    r"(?-i:\b(?!(?:The|This|That|It|If|In|On|At|We|He|She|They|You|And|But|So|As|After|Before|When|While|Our|A|An)\b)"
    r"[A-Z][a-z]{2,}(?:\s[A-Z][a-z]+)?\b)"
)
"""A word that is written as names are; a rule takes it for one only beside words that only people do."""

ADVERBS: Final = (
    r"(?:['’](?:d|ve|m|re|s)\b)?(?:\s+(?:also|then|just|simply|apparently|probably|really|never|clearly|obviously|again"
    r"|already|all|both|had|have|has|may|might|must|did|even|still|only|once|later|\w+ly)){0,3}"
)
"""What may stand between a subject and its verb."""
