"""The coach under the capture line: what was just kept may be put better. Nothing waits for it, nothing keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from pmfacil.screens.capturing import CapturingScreen
from pmfacil.screens.conversation import Offer
from pmfacil.wording.check import check
from pmfacil.wording.findings import Scope, Severity
from pmfacil.wording.rules import rules

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pmfacil.facilitation import Facilitation, Snapshot
    from pmfacil.screens.aids import Aids
    from pmfacil.widgets.glyphs import Glyphs

    Reword = Callable[[str], Snapshot]


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to say of words that were kept; `does` names what ^O would do about it, by calling `act`."""

    said: str
    does: str = ""
    act: Callable[[], object] | None = None


class ReviewingScreen(CapturingScreen):
    """A live screen that looks over what was typed once it is kept. A subclass says in which scope."""

    SCOPE: ClassVar[Scope] = Scope.OWNER  # owners, dates and names are not judged

    def __init__(self, service: Facilitation, glyphs: Glyphs, aids: Aids) -> None:
        """Begin with nothing to say."""
        super().__init__(service, glyphs)
        self.aids = aids
        self._reframing: Offer | None = None
        self._newest: str | None = None

    def on_mount(self) -> None:
        """Read the rules now: the first Enter is not to wait for them."""
        rules()

    def review(self, words: str, reword: Reword) -> None:
        """Look over words that were just kept; `reword` puts others in their place, as part of the same change."""
        self.paint()  # first the room sees its line
        self._forget()
        remark = next(self.remarks(words, reword), None)
        if remark is None:
            return
        if remark.act is None:
            self.say(remark.said)
            return
        act = remark.act

        def accept() -> None:
            if self.own_offer() is not None:
                self._forget()
                act()

        self._newest = self.service.snapshot.undoable
        self._reframing = Offer("reframe", f"{remark.said}  ^O {remark.does} · Esc leaves it", accept, self._forget)
        self._make_offer(self._reframing)

    def remarks(self, words: str, reword: Reword) -> Iterator[Remark]:
        """Yield what may be said of words, the most wanted first; what nobody asks for is not worked out."""
        yield from self._wording(words, reword)

    def own_offer(self) -> Offer | None:
        """Keep the offer to reword standing, until something else was changed."""
        if self._reframing is not None and self.service.snapshot.undoable != self._newest:
            self._forget()
        return self._reframing

    def reworded(self, question: str, words: str, reword: Reword) -> None:
        """Bring words back into the line, to be put in another way."""

        def answer(text: str) -> bool:
            if not self.attempt(lambda: reword(text), said="Reworded."):
                return False
            self.review(text, reword)
            return True

        self.ask(question, answer, seed=words)

    def _wording(self, words: str, reword: Reword) -> Iterator[Remark]:
        names = tuple(person.name for person in self.post_mortem.people)
        found = check(words, names, self.aids.lexicon, self.SCOPE)
        if not found:
            return
        gravest = max(found, key=lambda one: one.severity.gravity)
        if gravest.severity is Severity.INFO:
            yield Remark(gravest.suggestion)
        elif (instead := gravest.rewrite) is not None:
            yield Remark(
                f"Reframe? {instead}", "takes it", lambda: self.attempt(lambda: reword(instead), said="Reworded.")
            )
        else:
            yield Remark(
                f"Reframe? {gravest.suggestion}",
                "rewords it",
                lambda: self.reworded(gravest.suggestion, words, reword),
            )

    def _forget(self) -> None:
        standing, self._reframing = self._reframing, None
        self.withdraw(standing)
