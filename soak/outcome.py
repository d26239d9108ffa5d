"""What a run of faults came to."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Outcome:
    """Faults injected, how many of them cost nothing, and what was lost: `lost` names a seed each."""

    name: str
    seed: int
    faults: int = 0
    survived: int = 0
    lost: list[str] = field(default_factory=list)
    notes: dict[str, int] = field(default_factory=dict)

    def count(self, wrong: str | None, where: object) -> None:
        """Count one fault; `wrong` says what it cost, None: nothing."""
        self.faults += 1
        if wrong is None:
            self.survived += 1
        else:
            self.lost.append(f"{self.name} seed {self.seed}, {where}: {wrong}")

    def note(self, what: str, many: int = 1) -> None:
        """Add to a figure that the table shows beside the others."""
        self.notes[what] = self.notes.get(what, 0) + many

    @property
    def line(self) -> str:
        """One line of the table."""
        notes = ", ".join(f"{what} {many:,}" for what, many in self.notes.items())
        return f"{self.name:<16}{self.faults:>8,}{self.survived:>10,}{len(self.lost):>6,}  {self.seed:<8}{notes}"
