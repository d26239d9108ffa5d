"""The report as it stands: look it over, mend the summary, see how long it is, write the files."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from pmfacil.commands import Command, bindings
from pmfacil.core.errors import Unfit
from pmfacil.core.operations import write_summary
from pmfacil.core.text import kept
from pmfacil.exports import said_files
from pmfacil.paths import expanded, shown
from pmfacil.report.checks import remarks
from pmfacil.report.composing import compose
from pmfacil.report.external import external
from pmfacil.report.formats import Format, read_forms
from pmfacil.report.markdown import markdown
from pmfacil.report.outline import outline
from pmfacil.report.pdf import pages
from pmfacil.screens.ground import WIDE
from pmfacil.screens.messages import FollowUpRequested, StepRequested
from pmfacil.screens.places import place_of
from pmfacil.screens.service_page import ServicePage
from pmfacil.widgets.ledger import Ledger
from pmfacil.widgets.rows.report import REMARK, outgoing_rows, preview_rows, said_pages

if TYPE_CHECKING:
    from pathlib import Path

    from textual.binding import BindingType

    from pmfacil.core.model import PostMortem
    from pmfacil.exports import Exports
    from pmfacil.facilitation import Facilitation
    from pmfacil.report.checks import Remark
    from pmfacil.report.document import Report
    from pmfacil.report.pdf import Pages
    from pmfacil.widgets.capture import CaptureLine
    from pmfacil.widgets.glyphs import Glyphs
    from pmfacil.wording.lexicon import Lexicon

REPORT_COMMANDS: Final = (
    Command("report.help", "help", "help", "What this screen is for, and its keys", "f1", rank=1),
    Command("report.summary", "summary", "summary", "Put the summary in the room's own words", "f5", rank=1),
    Command("report.export", "export", "write", "Write the report in every chosen form", "f6", rank=1),
    Command("report.folder", "folder", "folder", "Write the files into another folder", "f7", rank=3),
    Command("report.forms", "forms", "forms", "Choose the forms that are written together", "f8", rank=2),
    Command("report.external", "external", "external", "The version for readers outside", "f9", rank=2),
    Command("report.copy", "copy", "copy", "Copy the report as Markdown", "f4", rank=2),
    Command("report.live", "live", "meeting", "Back to the step the room is in", "ctrl+s", rank=1),
    Command("report.library", "library", "library", "Back to all post-mortems", "ctrl+l", rank=2),
    Command("report.undo", "undo", "undo", "Take the last change back", "ctrl+z", rank=3),
    Command("report.palette", "app.command_palette", "all", "Find any command by its name", "ctrl+p", rank=1),
    Command("report.redo", "redo", "redo", "Bring back what undo took", "ctrl+y"),
    Command("report.follow", "follow", "follow up", "Look again at what was agreed: did it work?"),
    Command("report.theme", "theme", "change the theme", "Calm, projector, or the terminal's own colours"),
)


class ReportScreen(ServicePage):
    """A page to scroll with the arrow keys; Enter on something to look at goes to where it stands."""

    DRAFT = "report"
    BINDINGS: ClassVar[list[BindingType]] = bindings(REPORT_COMMANDS)
    NAME = "Report"
    PURPOSE = "The report as it stands, ready to leave the room. Nothing stops an export, and no file is overwritten."
    TIPS = (
        "The summary is drafted from the facts until you write your own.",
        "What is worth a look before export stands on top: Enter goes to where it can be mended.",
        "The external version has no names, links or hosts, nor the words you hide in the settings.",
        "JSON is complete: pmfacil reads it back.",
    )

    def __init__(self, service: Facilitation, glyphs: Glyphs, exports: Exports, lexicon: Lexicon) -> None:
        """Write as `exports` says; `lexicon` knows the team's own words."""
        super().__init__(service, glyphs)
        self._exports = exports
        self._lexicon = lexicon
        self._outside = False
        self._looked: tuple[PostMortem, tuple[Remark, ...]] | None = None
        self._measured: tuple[PostMortem, bool, Pages] | None = None

    @property
    def commands(self) -> tuple[Command, ...]:
        """Everything that can be done here."""
        return REPORT_COMMANDS

    def invitation(self) -> str:
        """Say what the keys do here."""
        return "↑ ↓ scroll · F6 writes the files"

    def show(self) -> None:
        """Show the report as it stands now."""
        pm = self.post_mortem
        report, masked = self._report()
        found = () if self._outside else self._remarks(pm)
        self.body.show(preview_rows(outline(report), found, masked if self._outside else None))
        self.set_class(self.size.width >= WIDE, "-aside")
        self._tell_pages()
        self.call_after_refresh(self._measure, report)

    @property
    def measured(self) -> bool:
        """Whether the pages of what is shown are counted."""
        return self._measured is not None and self._measured[:2] == (self.post_mortem, self._outside)

    def _tell_pages(self) -> None:
        pm = self.post_mortem
        known = self._measured[2] if self._measured is not None and self.measured else None
        self.head(f"{'External report' if self._outside else 'Report'} · {pm.title}", said_pages(known))
        if self.size.width >= WIDE:
            aside = outgoing_rows(self._exports.forms, shown(self._exports.folder), known, self.glyphs)
            self.query_one("#aside", Ledger).show(aside)

    def _measure(self, report: Report) -> None:
        """Measure the pages once the report is on the screen: it takes a tenth of a second."""
        pm = self.post_mortem
        if not self.measured:
            self._measured = (pm, self._outside, pages(report))
            self._tell_pages()

    def _report(self) -> tuple[Report, tuple[tuple[str, int], ...]]:
        report = compose(self.post_mortem, self.service.snapshot.sitting, self.service.now())
        if not self._outside:
            return report, ()
        shown = external(report, self.post_mortem, self._exports.hidden)
        return shown.report, shown.masked

    def _remarks(self, pm: PostMortem) -> tuple[Remark, ...]:
        if self._looked is None or self._looked[0] is not pm:
            self._looked = (pm, remarks(pm, self._lexicon))
        return self._looked[1]

    # -- keys -------------------------------------------------------------------------------------------------

    def on_capture_line_moved(self, event: CaptureLine.Moved) -> None:
        """Go through what is worth a look while that is in sight, else scroll the page."""
        event.stop()
        event.prevent_default()
        page, keys = self.body, self.body.keys
        last = not keys or page.key == (keys[-1] if event.by > 0 else keys[0])
        if event.pages or last or page.scroll_offset.y > len(keys):
            page.scroll_relative(y=event.by * (page.size.height - 1 if event.pages else 1), animate=False)
        else:
            page.step(event.by)

    def choose_row(self, key: str) -> None:
        """Go to where something can be mended."""
        remark = self._remarks(self.post_mortem)[int(key.removeprefix(REMARK))]
        step, select = place_of(remark.part, remark.item)
        if step is not None:
            self.post_message(StepRequested(step, select))
        elif remark.part == "summary":
            self.action_summary()

    def let_go(self) -> None:
        """Leave the external version, then go back to the meeting."""
        if self._outside:
            self.action_external()
        else:
            self.action_live()

    def action_summary(self) -> None:
        """Ask for the summary; empty, it is drafted from the facts."""
        self.ask(
            "The summary, so that a stranger can follow. Empty: drafted from the facts.",
            lambda text: self.attempt(lambda: self.service.do(write_summary, text), "Kept."),
            self.post_mortem.summary,
        )

    def action_folder(self) -> None:
        """Ask for another folder, and write there."""

        def chosen(text: str) -> bool:
            if not kept(text):
                return False
            return self.attempt(lambda: self._exports.move(expanded(kept(text)))) and self._written()

        self.ask("Into which folder?", chosen, shown(self._exports.folder), keys="writes")

    def action_forms(self) -> None:
        """Ask for the forms that are written together; they are remembered."""

        def chosen(text: str) -> bool:
            said: list[str] = []

            def choose() -> None:
                self._exports.choose(read_forms(text))
                said.extend(self._exports.forms)

            return self.attempt(choose) and self._say_after(f"F6 writes {', '.join(said)}.")

        self.ask(f"Which of {', '.join(Format)}?", chosen, ", ".join(self._exports.forms))

    def action_external(self) -> None:
        """Show the version for readers outside, or the whole report again."""
        self._outside = not self._outside
        self.refresh_page()
        self.body.scroll_home(animate=False)
        self.say("For readers outside: F6 writes it, F9 goes back." if self._outside else "")

    def action_copy(self) -> None:
        """Copy what is shown as Markdown."""
        self.app.copy_to_clipboard(markdown(self._report()[0]))
        self.say("Copied as Markdown. Some terminals keep no clipboard: then F6 writes it as a file.")

    def action_follow(self) -> None:
        """Follow up what was agreed."""
        self.post_message(FollowUpRequested(self.post_mortem.id))

    def action_export(self) -> None:
        """Write the report in every chosen form."""
        self._written()

    def _written(self) -> bool:
        paths: list[Path] = []

        def write() -> None:
            snapshot, now = self.service.snapshot, self.service.now()
            paths.extend(self._exports.write(snapshot.post_mortem, snapshot.sitting, now, external=self._outside))
            if not paths:
                msg = "None of the chosen forms can leave things out. F8 chooses md, html, pdf or txt."
                raise Unfit(msg)

        if not self.attempt(write):
            return False
        return self._say_after(f"Written to {shown(self._exports.folder)}: {said_files(paths)}")

    def _say_after(self, words: str) -> bool:
        """Say something once a question that is being answered has gone."""
        self.say(words)
        self.call_after_refresh(self.say, words)
        return True
