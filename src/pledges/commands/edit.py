"""``pledges edit``: the ledger in your editor, checked when it is closed."""

import os
import shlex
import shutil
import signal
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp
from typing import Annotated, Final

import typer

from pledges.commands._options import Writing, spread
from pledges.commands._writing import can_ask, open_desk, user_confirms
from pledges.errors import CannotWrite, Exit, FaultyLedger, NoLedger, WrongUse
from pledges.ledger.editing.amend import Revision
from pledges.ledger.reading.decode import decode
from pledges.ledger.reading.faults import first_fault_line, pledge_line
from pledges.ledger.reading.find import read_file, utf8_text
from pledges.render.error_text import error_lines
from pledges.streams import SignalGuard, notify

USUAL: Final = ("sensible-editor", "nano", "vim", "vi", "notepad")
"""The editors that are looked for if neither VISUAL nor EDITOR names one."""

PLUS: Final = ("+{line}", "{file}")
GOTO: Final = ("--wait", "--goto", "{file}:{line}")
COLON: Final = ("--wait", "{file}:{line}")
AT_A_LINE: Final[Mapping[str, Sequence[str]]] = {
    **dict.fromkeys(("vi", "vim", "nvim", "view", "gvim", "kak", "micro", "joe", "ne"), PLUS),
    **dict.fromkeys(
        ("nano", "pico", "emacs", "emacsclient", "jed", "mcedit", "sensible-editor"), PLUS
    ),
    **dict.fromkeys(("code", "codium", "cursor", "code-insiders"), GOTO),
    **dict.fromkeys(("subl", "zed"), COLON),
    **dict.fromkeys(("hx", "helix"), ("{file}:{line}",)),
    "notepad++": ("-n{line}", "{file}"),
}
"""The arguments by which an editor opens at a line; one that is not here gets the file alone."""

Id = Annotated[
    str | None, typer.Argument(metavar="[ID]", help="Open at this pledge.", show_default=False)
]


@spread
def run(writing: Writing, pledge: Id = None) -> int:
    """Edit the ledger in your editor. It is checked before it is saved."""
    desk = open_desk(writing)
    text = desk.read_text()
    with _copy_to_edit(desk.path, text) as copy:
        line = first_fault_line(text, desk.name) if pledge is None else pledge_line(text, pledge)
        new = _edited_text(copy, line, writing)
        revision = Revision(text, text if new is None else new)
        if revision.new == text:
            desk.say("Nothing was changed.")
            return Exit.DONE
        desk.print_diff(revision)
        if not writing.dry_run:
            note = desk.note(f"edit {pledge}" if pledge else "edit")
            desk.write(note, revision, "run pledges edit again")
            desk.say(desk.write_line(revision))
    return Exit.DONE


def _edited_text(copy: Path, line: int, writing: Writing) -> str | None:
    """The edited text, when it has no errors; None if the user discards it.

    Raises: ``FaultyLedger`` if it has errors and there is no terminal; ``CannotWrite`` if it can't
    be read.
    """
    while True:
        _open_in_editor(copy, line)
        try:
            text = utf8_text(read_file(copy)[0], copy.name)
            decode(text, copy.name)
        except NoLedger as error:
            message = f"the edited ledger can't be read: {error.message}"
            raise CannotWrite(message) from None
        except FaultyLedger as error:
            error.message = error.message.replace("nothing was read", "nothing was written")
            if not can_ask(writing):
                raise
            notify(error_lines(error))
            if not user_confirms("Edit it again? No discards your changes.", usual=True):
                return None
            line = error.faults[0].line
        else:
            return text


@contextmanager
def _copy_to_edit(path: Path, text: str) -> Iterator[Path]:
    """A copy of the ledger to edit; it is kept if the changes can't be saved."""
    folder = Path(mkdtemp(prefix="pledges-"))
    copy = folder / path.name
    copy.write_bytes(text.encode())
    try:
        with SignalGuard():
            yield copy
    except BaseException:
        try:
            is_changed = copy.is_file() and read_file(copy)[0] != text.encode()
        except NoLedger:  # it can't be read, so it may be changed
            is_changed = True
        if is_changed:
            notify([f"Your edited copy is kept in {copy}"])
        else:
            shutil.rmtree(folder, ignore_errors=True)
        raise
    shutil.rmtree(folder, ignore_errors=True)


def _open_in_editor(file: Path, line: int) -> None:
    """Open a file in the editor and wait until the user has closed it."""
    editor = _editor_command()
    places = AT_A_LINE.get(Path(editor[0]).stem.lower(), ("{file}",))
    arguments = [each.format(line=line, file=file) for each in places]
    command = [*editor, *(each for each in arguments if each not in editor)]
    # An interrupt is for the editor alone, which shares the terminal: it would end both.  A handler
    # that does nothing is not inherited, as ignoring the signal would be.
    handler = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        done = subprocess.run(command, check=False)  # noqa: S603  (the user's own editor)
    except OSError as error:
        message = f"the editor {editor[0]!r} can't be started: {error.strerror}"
        raise WrongUse(message, "set VISUAL or EDITOR to one that is installed") from None
    finally:
        signal.signal(signal.SIGINT, handler)
    if done.returncode:
        raise CannotWrite(
            f"the editor {editor[0]!r} ended with exit code {done.returncode}; nothing was written"
        )


def _editor_command() -> list[str]:
    command = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not command:
        usual = next(filter(shutil.which, USUAL), None)
        if usual is None:
            raise WrongUse("no editor was found", "set VISUAL or EDITOR to one")
        return [usual]
    try:
        words = shlex.split(command, posix=os.name == "posix")
    except ValueError:  # a quote that is not closed
        words = []
    if not words:
        raise WrongUse(f"{command!r} is not an editor", "check VISUAL and EDITOR")
    return words
