"""Why a verb says no: each refusal carries its reason and a sentence for the room."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from pmfacil.core.gate import Missing


class IllegalValueError(ValueError):
    """A value that breaks a rule of the model; no verb, file or database may build it."""


class Refusal(Exception):
    """A verb said no and changed nothing; `str()` says why and what to do next."""


class Empty(Refusal):
    """Nothing was typed where `field` needs words."""

    def __init__(self, field: str) -> None:
        """Name the field, as the facilitator would say it."""
        self.field = field
        super().__init__(f"There is nothing to keep yet: type the {field} first.")


class Gone(Refusal):
    """The thing meant (`what`) is not part of the post-mortem any more."""

    def __init__(self, what: str) -> None:
        """Name what was looked for."""
        self.what = what
        super().__init__(f"That {what} is no longer here. It may have been deleted in another window.")


class GateClosed(Refusal):
    """Actions wait until the causes are settled; `missing` says what for."""

    def __init__(self, missing: tuple[Missing, ...]) -> None:
        """Keep every missing part; the sentence shows the first."""
        self.missing = missing
        first = missing[0].sentence if missing else "the room has not been asked whether the picture is complete"
        super().__init__(f"Actions open when the causes are settled: {first}.")


class NeedsReason(Refusal):
    """An honest exception that the report will print needs its reason; `question` asks for it."""

    def __init__(self, question: str) -> None:
        """Keep the question to put to the room."""
        self.question = question
        super().__init__(f"{question} Type the reason; the report prints it.")


class StopsAtAPerson(Refusal):
    """A root cause cannot be a person; `phrase` is where the wording stops."""

    def __init__(self, phrase: str) -> None:
        """Keep the phrase that names or blames a person."""
        self.phrase = phrase
        super().__init__(f"“{phrase}” stops at a person. What would have led anyone in that seat to the same step?")


class AnsweredBelow(Refusal):
    """A line with answers below it cannot be marked: its answers are."""

    def __init__(self) -> None:
        """Point to the line to mark instead."""
        super().__init__("This line is answered by the lines below it. Mark the last of them instead.")


class CarriesActions(Refusal):
    """A settled cause that actions address cannot be deleted."""

    def __init__(self, actions: int) -> None:
        """Keep how many actions address the cause or a line below it."""
        self.actions = actions
        noun = "action addresses" if actions == 1 else "actions address"
        super().__init__(f"{actions} {noun} this cause, so it stays. Delete or re-aim them first.")


class AlreadyDecided(Refusal):
    """A parked fix has met its fate already."""

    def __init__(self, fate: str) -> None:
        """Keep the fate, in words."""
        self.fate = fate
        super().__init__(f"This fix is {fate} already. Undo brings it back.")


class OutsideWindow(Refusal):
    """A follow-up date lies outside the two to four weeks in which effects show."""

    def __init__(self, earliest: date, latest: date) -> None:
        """Keep the first and the last day allowed."""
        self.earliest, self.latest = earliest, latest
        super().__init__(
            f"Follow up two to four weeks on: between {earliest.day} {earliest:%B} and {latest.day} {latest:%B}."
        )


class NotKept(Refusal):
    """The disk did not take a change; nothing was lost but the change, and the words are still on the screen."""


class Unfit(Refusal):
    """A value of the right kind that cannot be used; `sentence` says why and what would do."""

    def __init__(self, sentence: str) -> None:
        """Keep the whole sentence."""
        self.sentence = sentence
        super().__init__(sentence)
