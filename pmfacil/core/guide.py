"""What the facilitator says: the purpose, the norms, and a bank of questions for each step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from pmfacil.core.agenda import Step
from pmfacil.core.kind import Kind


@dataclass(frozen=True, slots=True)
class Norm:
    """One thing the room agrees on before it starts; `key` is what a tick is kept under."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """A question to ask aloud, with a quieter one under it."""

    question: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Guidance:
    """What a step is for, what to ask in it, and what is good to know."""

    purpose: str
    prompts: tuple[Prompt, ...]
    good_to_know: tuple[str, ...]


PURPOSE: Final = "We want to understand how our system produced this. Nobody is judged here."

FOLLOW_UP_PROMPTS: Final = (
    Prompt("Is it done, and did it work?", "Done means finished. Worked means that we saw the effect."),
    Prompt("What did we see that we would not have seen before?", "A graph, an alert, a quiet night, a failed drill."),
    Prompt("If it failed again tomorrow, what would be different?", "Nothing? Then it has not worked yet."),
    Prompt("Where else do we have the same condition?", "Another team, another service, another contract."),
    Prompt(
        "What keeps this one open, and is it still worth doing?", "A new date, or the risk accepted: both are answers."
    ),
)
"""What a follow-up asks (product.md, section 9)."""

NORMS: Final = (
    Norm("best efforts", "Everyone did what made sense to them, with what they knew and saw at the time."),
    Norm("hindsight", "We know how it ended; nobody knew then. We ask what was visible at that moment."),
    Norm("describe", "We describe what happened. “How” and “what” before “why”; never “who”."),
    Norm("everyone", "Everyone speaks, nobody dominates. Every seat saw something different."),
    Norm("fixes", "Fixes wait. Whoever has one says it, we park it, and it comes back."),
    Norm("call it out", "Anyone may call out blame, the facilitator's too."),
    Norm("misconduct", "Genuine misconduct is a different conversation, elsewhere."),
)

FACILITATOR_DOES: Final = ("keeps time", "asks", "writes down what the room says")
FACILITATOR_DOES_NOT: Final = ("judge", "explain", "take sides")

FORESIGHT: Final = (
    Prompt("What did you know here?", "Only what was on somebody's screen, or said, by this moment."),
    Prompt("What did you see, and what did you expect next?", "What would have raised a doubt?"),
    Prompt("Which choices were there, as it looked then?", "What spoke for the one that was taken?"),
)
"""What to ask while the room stands at one moment, with all that came later covered."""

_OPEN: Final = Guidance(
    "Say why we are here and how we talk. A room that heard the norms aloud speaks more freely.",
    (
        Prompt("Why are we here?", "To understand, not to judge; and to leave with a few things worth doing."),
        Prompt("Who is here for the first time?", "Say what a facilitator does: keeps time, asks, has no opinion."),
        Prompt("Is everyone here who was there?", "Who saw it from a seat that is not in this room?"),
        Prompt("What would make this hour worth it for you?", "One sentence each, no discussion."),
        Prompt("Which word do we use to move on?", "One that anyone may say, and nobody takes amiss."),
    ),
    (
        "Read the norms aloud; Enter ticks the highlighted one and goes on to the next.",
        "Type “Ana, on-call” to add somebody; Enter on a name says whether they are here.",
        "F5 changes between 60, 80 and 90 minutes.",
    ),
)

_TIMELINE: Final = Guidance(
    "Agree on what happened before anybody explains it. Start before the incident and walk forward.",
    (
        Prompt("What happened, and when?", "Start before it began, and walk forward."),
        Prompt("Who knew what, and when?", "What was visible and not taken up?"),
        Prompt("How did we learn of it?", "Who knew first, and what told them?"),
        Prompt("What were you looking at just then?", "What did you expect, and what surprised you?"),
        Prompt("What made you call for help?", "Or: what made it seem too early to?"),
        Prompt("What else was going on?", "Load, a hand-over, another alarm, the end of a long day."),
        Prompt("Who saw this from another seat?", "One narrator is one angle."),
        Prompt("What is still missing?", "Did anything happen differently for somebody?"),
    ),
    (
        "Type “14:05 signal p99 alert”, “~14:05”, “14:05-14:20”, “+7”, “now” or “?”; below stands what was understood.",
        "Kinds: event, change, signal, decision, action, communication, recovery.",
        "Arguing over minutes? Write ~14:30 and move on.",
        "A thing that was not done is two facts: what was done, and what the procedure expects.",
    ),
)

_CAUSES: Final = Guidance(
    "Go from the impact to the conditions that made it possible. There is rarely one cause, and never a person.",
    (
        Prompt("What made that possible?", "What else had to be true?"),
        Prompt("What set it off?", "Name the trigger once, then ask what was there already."),
        Prompt(
            "What made this the sensible thing to do then?", "What would lead anyone in that seat to the same step?"
        ),
        Prompt("Has it happened before, almost?", "A class of failure, or a one-off?"),
        Prompt("Why were we surprised?", "What did we believe that was not so?"),
        Prompt(
            "Which part have we not looked at?", "People, communication, process, tooling, technology, environment."
        ),
        Prompt("Which line of the timeline shows that?", "A cause without evidence is a guess; say so."),
        Prompt("Would we stop here if it had gone well?", "The fifth why is a floor to look for, not a rule to count."),
    ),
    (
        "A typed line answers the highlighted one and goes a why deeper; move up and type for a branch.",
        "From the fifth why on a line may be a root cause; sooner takes a reason, which the report prints.",
        "“Human error” is where the questions start: what made the slip easy, what might have caught it?",
        "Someone has a fix? F3 parks it.",
    ),
)

_WORKED: Final = Guidance(
    "Strengths are worth the same discipline as weaknesses, and luck is worth knowing about.",
    (
        Prompt("What went well, and what made it go well?", "Not thanks alone: the habit, the tool, the trick."),
        Prompt("What told us quickly?", "Which graph, alert or person?"),
        Prompt("Which improvisation should become standard?", "F4 marks it to keep."),
        Prompt("Where were we lucky?", "Would it have held on a Sunday night?"),
        Prompt("Who knew in time, and how?", "Inside and outside."),
    ),
    (
        "Look at detection, response and communication at least once each; F5 goes to the next.",
        "Luck disguised as skill, and blame disguised as luck, both belong in other words.",
    ),
)

_ACTIONS: Final = Guidance(
    "A few things that will really be done: one owner, a date, a test that a stranger could apply.",
    (
        Prompt(
            "What do we do about each cause?",
            "Remove it, see it earlier, make it smaller, recover faster; or accept it?",
        ),
        Prompt("Who will tell us that it is done?", "One name. A team is nobody."),
        Prompt("How would a stranger check it?", "A number, an artefact, a “when … then”."),
        Prompt("What makes care unnecessary here?", "Reminders fade; a safe default stays."),
        Prompt("What new failure could this create?", "Every fix adds a moving part."),
        Prompt("Which of these would we really do?", "Three that happen beat ten that do not."),
        Prompt("Who decides that there is time for it?", "Are they in the room?"),
    ),
    (
        "Type “add alert on p99 > 500 ms @ana by fri #prevent /A when: it fires in the game day”.",
        "The highlighted cause is the one that a new action addresses; /A or /AB names others.",
        "Parked fixes: F4 adopts, F5 merges, F7 drops with a reason.",
    ),
)

_CLOSE: Final = Guidance(
    "Leave with a yes to every action, a report with an owner, and a day to look again.",
    (
        Prompt("Does each owner say yes, aloud?", "Read action, owner and date; then wait for the yes."),
        Prompt("Who sees the report through, and who gets it?", "And by when?"),
        Prompt("Hands up: who learned something new?", "A count, no names."),
        Prompt("What could we not answer?", "It goes into the report as an open question."),
        Prompt("When do we look again?", "Two to four weeks: was it done, and did it work?"),
    ),
    (
        "Enter ticks an action as read back; a typed line fills the highlighted field and goes on.",
        "F6 ends the meeting and shows the report, which is written right here.",
        "Thank the room, and look after those who were closest to it.",
    ),
)

_GUIDANCE: Final = {
    Step.OPEN: _OPEN,
    Step.TIMELINE: _TIMELINE,
    Step.CAUSES: _CAUSES,
    Step.WORKED: _WORKED,
    Step.ACTIONS: _ACTIONS,
    Step.CLOSE: _CLOSE,
}

# The first question of the timeline names the thing that happened, so it depends on what failed.
_FIRST: Final = {
    (Step.TIMELINE, Kind.PROJECT): Prompt(
        "What happened, from the first plan on?", "Start before it went another way, and walk forward."
    ),
    (Step.TIMELINE, Kind.DEADLINE): Prompt(
        "What happened, from the promise on?", "What did the date rest on when it was given?"
    ),
    (Step.TIMELINE, Kind.ESCALATION): Prompt(
        "What happened, as the client saw it?", "Start with what they expected, and walk forward."
    ),
}


def guidance(step: Step, kind: Kind = Kind.INCIDENT) -> Guidance:
    """Return what to say in a step, worded for the kind of failure."""
    said = _GUIDANCE[step]
    first = _FIRST.get((step, kind))
    if first is None:
        return said
    return Guidance(said.purpose, (first, *said.prompts[1:]), said.good_to_know)
