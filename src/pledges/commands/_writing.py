"""From an edit to the ledger: shown, asked about where a person sits, written, and told."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import typer

from pledges.commands._options import Writing
from pledges.commands._output import check_output, chosen_format, emit, emit_as_it_is, say
from pledges.commands._session import clock
from pledges.errors import WrongUse
from pledges.ledger.diff import unified
from pledges.ledger.journal import Witness
from pledges.ledger.revision import Amendment, Plan, Revision, amendment
from pledges.ledger.source import content_of, ledger_path, shown, text_of
from pledges.ledger.store import rewrite
from pledges.render import Format
from pledges.view.diff import answer

Revised = TypeVar("Revised", bound=Revision)

HOW_TO_UNDO = "Written to {name}; pledges undo takes it back."


Revise = Callable[[str, str], Revised]
"""Makes the revision of a ledger's text, given the name of its file too."""


def amended(writing: Writing, act: str, plan: Plan) -> Amendment:
    """The ledger with what is planned done and written; with ``--dry-run`` only shown.

    Raises: what ``revised`` raises; ``WrongUse`` where the ledger would not be sound.
    """
    return revised(writing, act, lambda text, name: amendment(text, name, plan))


def revised(
    writing: Writing, act: str, revise: Revise[Revised], *, forgets: bool = False
) -> Revised:
    """The ledger's text revised and written; with ``--dry-run`` its diff is shown instead.

    ``act`` is what the journal of writes calls it; ``forgets`` is for taking the last one back.

    Raises: ``NoLedger``, ``Busy``, ``CannotWrite``, and what ``revise`` raises.
    """
    path = writable_path(writing)
    if writing.dry_run:
        name = shown(path)
        revision = revise(text_of(content_of(path)[0], name), name)
        show_diff(revision, name, writing)
        return revision
    told: list[str] = []
    moment = clock().isoformat(timespec="seconds")
    witness = Witness(act, moment, told.append, forgets=forgets)
    revision = rewrite(path, lambda text: revise(text, shown(path)), witness)
    say(told)
    return revision


def writable_path(writing: Writing) -> Path:
    """The path of the ledger that is to be changed.

    Raises: ``WrongUse`` for standard input; ``NoLedger`` where there is none.
    """
    check_output(writing.reading)
    if writing.ledger == "-":
        raise WrongUse("standard input can't be changed", "name a file with --ledger")
    return ledger_path(writing.ledger)


def show_diff(revision: Revision, name: str, writing: Writing) -> None:
    """Print what would change; in a pipe the very bytes that ``patch`` reads."""
    diff = unified(revision.old, revision.new, name)
    if chosen_format(writing.reading) is Format.TEXT:
        emit_as_it_is(diff)
    else:
        emit(answer(diff, name), writing.reading, None)


def can_ask(writing: Writing) -> bool:
    """Whether somebody sits there who can be asked."""
    streams = (sys.stdin, sys.stderr)
    return not writing.no_input and all(each is not None and each.isatty() for each in streams)


def agreed(writing: Writing, question: str) -> bool:
    """Whether what is asked is wanted: ``--yes``, or the answer of who sits there.

    Raises: ``WrongUse`` where nobody can be asked.
    """
    if writing.yes:
        return True
    if not can_ask(writing):
        raise WrongUse(f"nobody can be asked: {question}", "say --yes, or see it with --dry-run")
    try:
        return typer.confirm(question, default=False, err=True)
    except typer.Abort:
        say([""])
        return False
