"""From an edit to the ledger: shown, asked about where a person sits, written, and told."""

import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TypeVar

import typer
from msgspec.structs import replace

from pledges.clean import clean, encodable
from pledges.commands._options import Writing
from pledges.commands._output import check_output, chosen_format, emit, emit_as_it_is
from pledges.commands._session import clock
from pledges.errors import CannotWrite, WrongUse
from pledges.ledger.editing.diff import unified_diff
from pledges.ledger.editing.revision import Amendment, Plan, Revision, amendment
from pledges.ledger.reading.find import ledger_path, path_text, read_file, utf8_text
from pledges.ledger.storage.store import rewrite
from pledges.ledger.storage.undo_log import UndoNote, undoable_writes
from pledges.render import Format
from pledges.streams import notify
from pledges.view.answer import Answer
from pledges.view.diff_page import answer, fenced

Revised = TypeVar("Revised", bound=Revision)


Revise = Callable[[str, str], Revised]
"""Makes the revision of a ledger's text, given the name of its file too."""


def amended(writing: Writing, act: str, plan: Plan) -> Amendment:
    """The ledger with what is planned done and written; with ``--dry-run`` only shown.

    Raises: what ``revised`` raises; ``WrongUse`` where the ledger would not be sound.
    """
    return revised(writing, act, lambda text, name: amendment(text, name, plan))


def revised(
    writing: Writing, act: str, revise: Revise[Revised], *, is_undoing: bool = False
) -> Revised:
    """The ledger's text revised and written; with ``--dry-run`` its diff is shown instead.

    ``act`` is what the journal of writes calls it; ``is_undoing`` is for taking the last one back.

    Raises: ``NoLedger``, ``Busy``, ``CannotWrite``, and what ``revise`` raises.
    """
    path = writable_path(writing)
    if writing.dry_run:
        name = path_text(path)
        revision = revise(utf8_text(read_file(path)[0], name), name)
        show_diff(revision, name, writing)
        return revision
    told: list[str] = []
    moment = clock().isoformat(timespec="seconds")
    note = None if is_undoing else UndoNote(encodable(act), moment)
    revision = rewrite(path, lambda text: revise(text, path_text(path)), note, told.append)
    notify(told)
    return revision


def writable_path(writing: Writing) -> Path:
    """The path of the ledger that is to be changed.

    Raises: ``WrongUse`` for standard input; ``NoLedger`` where there is none.
    """
    check_output(writing.reading)
    if writing.ledger == "-":
        raise WrongUse("standard input can't be changed", "name a file with --ledger")
    return ledger_path(writing.ledger)


def tell(writing: Writing, revision: Revision, what: Answer, said: Sequence[str] = ()) -> None:
    """Tell what was written, and how to take it back; it stays written where that fails.

    Raises: ``CannotWrite`` where standard output takes no more.
    """
    is_written = revision.old != revision.new
    what = replace(what, said=[*said, how_written(writing, revision)])
    try:
        emit(what, writing.reading, None)
    except CannotWrite as error:
        hint = "the ledger is written; only telling what was changed failed"
        raise CannotWrite(error.message, hint if is_written else error.hint) from None


def how_written(writing: Writing, revision: Revision) -> str:
    """Where a revision was written, and how it is taken back where that can be done."""
    if revision.old == revision.new:
        return "Nothing was written."
    path = writable_path(writing)
    is_noted = bool(undoable_writes(path, revision.new.encode()))
    how = "; pledges undo takes it back" if is_noted else ""
    return f"Written to {path.name}{how}."


def told(writing: Writing, lines: Iterable[str]) -> None:
    """Lines about what was done, unless nothing is to be said."""
    if not writing.quiet:
        notify(lines)


def show_diff(revision: Revision, name: str, writing: Writing) -> None:
    """Print what would change; in a pipe the very bytes that ``patch`` reads."""
    diff = unified_diff(revision.old, revision.new, name)
    form = chosen_format(writing.reading)
    if form is Format.TEXT:
        emit_as_it_is(diff)
    elif form is Format.MD:
        emit_as_it_is(fenced(diff))
    else:
        emit(answer(diff, name), writing.reading, None)


def can_ask(writing: Writing) -> bool:
    """Whether somebody sits there who can be asked."""
    streams = (sys.stdin, sys.stderr)
    return not writing.no_input and all(each is not None and each.isatty() for each in streams)


def agreed(writing: Writing, act: str) -> bool:
    """Whether an act is wanted: by ``--yes``, or by the answer of who sits there.

    Raises: ``WrongUse`` where nobody can be asked.
    """
    if writing.yes:
        return True
    if not can_ask(writing):
        hint = "say --yes, or see what it would do with --dry-run"
        raise WrongUse(f"this would {act}, and nobody can be asked", hint)
    return answered_yes(f"{act[0].upper()}{act[1:]}?")


def answered_yes(question: str, *, usual: bool = False) -> bool:
    """Whether who sits there says yes; ``usual`` is what an empty answer says, its end is no."""
    try:
        return typer.confirm(clean(question), default=usual, err=True)
    except typer.Abort:
        notify([""])
        return False
