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
    answered_yes,
    can_ask,
    how_written,
    revised,
    show_diff,
    told,
    writable_path,
)
from pledges.errors import Busy, CannotWrite, Exit, FaultyLedger, NoLedger
from pledges.ledger.editing.revision import Revision
from pledges.ledger.reading.decode import decode
from pledges.ledger.reading.faults import line_to_open
from pledges.ledger.reading.find import path_text, read_file, utf8_text
from pledges.render.error_text import error_lines
from pledges.streams import SignalGuard, notify

Id = Annotated[
    str | None,
    typer.Argument(metavar="[ID]", help="Open at this pledge.", show_default=False),
]


@spread
def run(writing: Writing, pledge: Id = None) -> int:
    """Open the ledger in your editor, checked on close."""
    path = writable_path(writing)
    name = path_text(path)
    text = utf8_text(read_file(path)[0], name)
    with _copy(path, text) as copy:
        new = _edited(copy, line_to_open(text, name, pledge), writing)
        revision = Revision(text, text if new is None else new)
        if revision.new == text:
            told(writing, ["Nothing was changed."])
            return Exit.DONE
        show_diff(revision, name, writing)
        if not writing.dry_run:
            act = f"edit {pledge}" if pledge else "edit"
            revised(writing, act, lambda now, _: _still(now, revision, name))
            told(writing, [how_written(writing, revision)])
    return Exit.DONE


def _edited(copy: Path, line: int, writing: Writing) -> str | None:
    """The text as it was edited, once it is a sound ledger; None where it was dropped.

    Raises: ``FaultyLedger`` where nobody can be asked to mend it.
    """
    while True:
        open_in_editor(copy, line)
        try:
            text = _left(copy)
            decode(text, copy.name)
        except FaultyLedger as error:
            error.message = error.message.replace("read from it", "written")
            if not can_ask(writing):
                raise
            notify(error_lines(error))
            if not answered_yes("Open it again to mend it? No drops what you changed.", usual=True):
                return None
            line = error.faults[0].line
        else:
            return text


def _left(copy: Path) -> str:
    """What the editor left in the copy.

    Raises: ``CannotWrite`` where that is nothing that can be read.
    """
    try:
        return utf8_text(read_file(copy)[0], copy.name)
    except NoLedger as error:
        raise CannotWrite(f"the editor left nothing to take over: {error.message}") from None


def _still(text: str, revision: Revision, name: str) -> Revision:
    """The revision, where the ledger is still what was opened."""
    if text != revision.old:
        raise Busy(f"{name} was changed meanwhile; nothing was written", "edit it again")
    return revision


@contextmanager
def _copy(path: Path, text: str) -> Iterator[Path]:
    """A copy to be edited; where the edit can't be taken over, it stays, and where is told."""
    folder = Path(mkdtemp(prefix="pledges-"))
    copy = folder / path.name
    copy.write_bytes(text.encode())
    try:
        with SignalGuard():
            yield copy
    except BaseException:
        if _is_changed(copy, text):
            notify([f"What you wrote is kept in {copy}"])
        else:
            shutil.rmtree(folder, ignore_errors=True)
        raise
    shutil.rmtree(folder, ignore_errors=True)


def _is_changed(copy: Path, text: str) -> bool:
    try:
        return copy.is_file() and read_file(copy)[0] != text.encode()
    except NoLedger:
        return True
