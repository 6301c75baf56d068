"""Writing to the ledger: the edits, the question to the user, the write and its report."""

import os
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final, TypeVar

import typer
from msgspec import Struct
from msgspec.structs import replace

from pledges.clean import clean, encodable
from pledges.commands._options import LEDGER, Reading, Writing
from pledges.commands._output import check_output, chosen_format, emit, write_text
from pledges.commands._session import clock
from pledges.domain.ids import is_pattern
from pledges.errors import Busy, CannotWrite, WrongUse
from pledges.ledger.editing.amend import Amendment, Plan, Revision, UnsoundEdit, amendment
from pledges.ledger.editing.text_diff import unified_diff
from pledges.ledger.reading.find import home_path, ledger_path, path_text, read_file, utf8_text
from pledges.ledger.storage.store import rewrite
from pledges.ledger.storage.undo_log import Note, UndoNote, history
from pledges.own_commands import with_ledger
from pledges.render import Format
from pledges.streams import notify
from pledges.view.answer import Answer
from pledges.view.writes_page import diff_answer, fenced

COMMAND_HINTS: Final[Mapping[str, str]] = {
    "add (why|source) = .*": r"give it with --\1",
    'add a line such as period = "(.*)"': r"give it with --period \1",
    "add measure = .*": "a measure is given with --unit and --target",
    "add due = .*": "give --due or --target; to take out a claim: pledges remove",
    "delete it, or make the pledge recurring": "some of its entries name a period: pledges show",
    "delete due": "take it away too: --clear due",
    "write it in a note instead": "an entry or a claim of it gives a deadline: pledges show",
}
"""The hints of rules for who edits the ledger, as patterns, and what a command says instead."""

AnyRevision = TypeVar("AnyRevision", bound=Revision)


class Desk(Struct, frozen=True):
    """The ledger that a command changes, found once, and the options that say how."""

    options: Writing
    path: Path

    @property
    def name(self) -> str:
        """The ledger in a message."""
        return path_text(self.path)

    @property
    def reading(self) -> Reading:
        """How to answer, from this ledger."""
        return replace(self.options.reading, ledger=[str(self.path)])

    def read_text(self) -> str:
        """The text of the ledger, as it is now.

        Raises: ``NoLedger``; ``FaultyLedger`` if a byte is no UTF-8.
        """
        return utf8_text(read_file(self.path)[0], self.name)

    def amend(self, act: str, plan: Plan) -> Amendment:
        """Do what is planned; with ``--dry-run`` it is not written.

        Raises: what ``revise`` raises; ``WrongUse`` if the ledger would not be sound.
        """
        try:
            return self.revise(self.note(act), lambda text: amendment(text, self.name, plan))
        except UnsoundEdit as error:
            # Its words are for who edits the ledger; here somebody typed a command.
            message = re.sub(r"\b(part|superseded)_(of|by)\b", r"--\1-\2", error.message)
            for pattern, words in COMMAND_HINTS.items():
                if found := re.fullmatch(pattern, error.hint or ""):
                    raise WrongUse(message, found.expand(words)) from None
            raise WrongUse(message, error.hint) from None

    def note(self, act: str) -> UndoNote:
        """What the undo log is to keep of a change; ``act`` is its name in the list of changes."""
        return UndoNote(encodable(act), clock().isoformat(timespec="seconds"))

    def revise(self, note: Note | None, revision_of: Callable[[str], AnyRevision]) -> AnyRevision:
        """Write the revision of the ledger's text; with ``--dry-run`` it is only made.

        The text is read again under the lock, because the ledger may have changed since the user
        was asked, and once more if another program has changed it.

        Raises: ``NoLedger``, ``Busy``, ``CannotWrite``, and what ``revision_of`` raises.
        """
        if self.options.dry_run:
            return revision_of(self.read_text())
        losses: list[str] = []
        revision = rewrite(self.path, revision_of, note, losses.append)
        notify(losses)
        return revision

    def write(self, note: Note, revision: Revision) -> None:
        """Write a revision that the user has seen.

        Raises: ``Busy`` if the ledger was changed meanwhile; and what ``revise`` raises.
        """

        def as_seen(now: str) -> Revision:
            if now != revision.old:
                message = f"{self.name} was changed by another program; nothing was written"
                raise Busy(message, "run the command again")
            return revision

        self.revise(note, as_seen)

    def tell_change(self, revision: Revision, make_answer: Callable[[], Answer]) -> None:
        """Report what was written and how to undo it; with ``--dry-run`` print the diff instead.

        With ``--quiet`` only an answer in a format that was asked for by name is printed.

        Raises: ``CannotWrite`` if the report can't be written; the ledger stays changed.
        """
        if self.options.dry_run:
            self.print_diff(revision)
        elif self.options.format is not None or not self.options.quiet:
            what = make_answer()
            remarks = [*what.remarks, self.write_line(revision)]
            try:
                emit(replace(what, remarks=remarks), self.reading)
            except CannotWrite as error:
                hint = "the ledger was written; only the report of it failed"
                is_written = revision.old != revision.new
                raise CannotWrite(error.message, hint if is_written else error.hint) from None

    def write_line(self, revision: Revision) -> str:
        """The line that says where a revision was written, and how to undo it if possible."""
        if revision.old == revision.new:
            return "Nothing was written."
        past = history(self.path, revision.new.encode())
        can_undo = past.done and not past.is_changed
        how = " To undo this: pledges undo" if can_undo else ""
        # One that was found in a folder above: the way there is shorter than its whole path.
        name = self.name if self.options.ledger else os.path.relpath(self.path)
        return f"Written to {name}.{how}"

    def print_diff(self, revision: Revision) -> None:
        """Print what would change; in a pipe the very bytes that ``patch`` reads."""
        diff = unified_diff(revision.old, revision.new, self.name)
        form = chosen_format(self.reading)
        if form in (Format.TEXT, Format.MD):
            write_text(diff if form is Format.TEXT else fenced(diff))
        else:
            emit(diff_answer(diff, self.name), self.reading)

    def say(self, *lines: str) -> None:
        """Report what was done, unless the option ``--quiet`` is given."""
        if not self.options.quiet:
            location = self.options.ledger  # that of merge is OURS, which no option names
            is_usual = location is None or location == os.environ.get(LEDGER)
            named = None if is_usual else [location or ""]
            notify(with_ledger(each, named) for each in lines)

    def user_agrees(self, act: str) -> bool:
        """Whether the user agrees to an act, by ``--yes`` or by the answer to a question.

        A user who does not is told that nothing was written.

        Raises: ``WrongUse`` if the user can't be asked.
        """
        self.check_may_write(act)
        is_agreed = self.options.yes or user_confirms(f"{act[0].upper()}{act[1:]}?")
        if not is_agreed:
            self.say("Nothing was written.")
        return is_agreed

    def user_agrees_to(self, act: str, revision: Revision, remarks: Sequence[str] = ()) -> bool:
        """Show a revision, with remarks on it, and ask whether the user agrees to write it.

        With ``--dry-run`` it is only shown, with ``--quiet`` and ``--yes`` it is not.

        Raises: ``WrongUse`` if the user can't be asked, before anything is shown.
        """
        options = self.options
        if not options.dry_run:
            self.check_may_write(act)
        if options.dry_run or not (options.quiet and options.yes):
            self.print_diff(revision)
        self.say(*remarks)
        return not options.dry_run and self.user_agrees(act)

    def check_may_write(self, act: str) -> None:
        """Refuse an act that the user has not agreed to and can't be asked about.

        Raises: ``WrongUse``.
        """
        if not self.options.yes and not can_ask(self.options):
            raise WrongUse(f"--yes is needed to {act}", "--dry-run shows the change first")


def open_desk(options: Writing) -> Desk:
    """Find the ledger to change.

    Raises: ``WrongUse`` for standard input; ``NoLedger`` if there is none.
    """
    check_output(options.reading)
    if options.ledger == "-":
        raise WrongUse("a ledger from standard input can't be changed", "give a file with --ledger")
    check_one_ledger(options)
    return Desk(options, ledger_path(options.ledger))


def check_one_ledger(options: Writing) -> None:
    """Refuse the names of several ledgers: a change is made to one."""
    location = options.ledger
    if not location or os.path.lexists(home_path(location)):
        return
    is_list = os.pathsep in location and location == os.environ.get(LEDGER)
    if is_list or is_pattern(location):
        message = f"a change is made to one ledger, and {location!r} names several"
        raise WrongUse(message, "give the path of that one with --ledger")


def can_ask(options: Writing) -> bool:
    """Whether a user at a terminal may be asked."""
    streams = (sys.stdin, sys.stderr)
    return not options.no_input and all(each is not None and each.isatty() for each in streams)


def user_confirms(question: str, *, usual: bool = False) -> bool:
    """Whether the user says yes; ``usual`` is what an empty answer means, Ctrl-D means no."""
    try:
        return typer.confirm(clean(question), default=usual, err=True)
    except typer.Abort:
        notify([""])
        return False


def user_continues(request: str) -> bool:
    """Wait until the user has done what is requested; False at Ctrl-D or Ctrl-C, not at Enter."""
    try:
        typer.prompt(clean(request), default="", show_default=False, err=True)
    except typer.Abort:
        notify([""])
        return False
    return True
