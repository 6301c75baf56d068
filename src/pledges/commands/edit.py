"""``pledges edit``: the ledger in your editor, checked when it is closed."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp
from typing import Annotated

import typer

from pledges.commands._editor import open_in_editor
from pledges.commands._options import Writing, spread
from pledges.commands._writing import (
    can_ask,
    open_desk,
    print_diff,
    revise,
    say,
    user_confirms,
    write_line,
)
from pledges.errors import Busy, CannotWrite, Exit, FaultyLedger, NoLedger
from pledges.ledger.editing.amend import Revision
from pledges.ledger.reading.decode import decode
from pledges.ledger.reading.faults import line_to_open
from pledges.ledger.reading.find import read_file, utf8_text
from pledges.render.error_text import error_lines
from pledges.streams import SignalGuard, notify

Id = Annotated[
    str | None,
    typer.Argument(metavar="[ID]", help="Open at this pledge.", show_default=False),
]


@spread
def run(writing: Writing, pledge: Id = None) -> int:
    """Open the ledger in your editor, checked on close."""
    desk = open_desk(writing)
    text = desk.read_text()

    def take_over(now: str) -> Revision:
        if now != text:
            raise Busy(f"{desk.name} was changed meanwhile; nothing was written", "edit it again")
        return revision

    with _copy_to_edit(desk.path, text) as copy:
        new = _edited_text(copy, line_to_open(text, desk.name, pledge), writing)
        revision = Revision(text, text if new is None else new)
        if revision.new == text:
            say(desk, ["Nothing was changed."])
            return Exit.DONE
        print_diff(desk, revision)
        if not writing.dry_run:
            revise(desk, f"edit {pledge}" if pledge else "edit", take_over)
            say(desk, [write_line(desk, revision)])
    return Exit.DONE


def _edited_text(copy: Path, line: int, writing: Writing) -> str | None:
    """The text as it was edited, once it is a sound ledger; None if the user drops it.

    Raises: ``FaultyLedger`` if nobody can be asked to mend it; ``CannotWrite`` if the editor left
    nothing that can be read.
    """
    while True:
        open_in_editor(copy, line)
        try:
            text = utf8_text(read_file(copy)[0], copy.name)
            decode(text, copy.name)
        except NoLedger as error:
            message = f"the editor left nothing to take over: {error.message}"
            raise CannotWrite(message) from None
        except FaultyLedger as error:
            error.message = error.message.replace("read from it", "written")
            if not can_ask(writing):
                raise
            notify(error_lines(error))
            if not user_confirms(
                "Open it again to mend it? No drops what you changed.", usual=True
            ):
                return None
            line = error.faults[0].line
        else:
            return text


@contextmanager
def _copy_to_edit(path: Path, text: str) -> Iterator[Path]:
    """A copy of the ledger; if the edit can't be taken over, it is kept, and the user is told."""
    folder = Path(mkdtemp(prefix="pledges-"))
    copy = folder / path.name
    copy.write_bytes(text.encode())
    try:
        with SignalGuard():
            yield copy
    except BaseException:
        try:
            is_changed = copy.is_file() and read_file(copy)[0] != text.encode()
        except NoLedger:  # it can't be read, so nobody knows
            is_changed = True
        if is_changed:
            notify([f"What you wrote is kept in {copy}"])
        else:
            shutil.rmtree(folder, ignore_errors=True)
        raise
    shutil.rmtree(folder, ignore_errors=True)
