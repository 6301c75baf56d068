"""The user's editor: which one it is, and how it is opened at a line."""

import os
import shlex
import shutil
import signal
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from pledges.errors import CannotWrite, WrongUse

USUAL: Final = ("sensible-editor", "nano", "vim", "vi", "notepad")
"""The editors that are looked for where neither VISUAL nor EDITOR names one."""

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
"""How an editor is told the line; one that is not here is given the file alone."""


def open_in_editor(file: Path, line: int) -> None:
    """Have a file edited, and wait until that is done.

    Raises: ``WrongUse`` where there is no such editor; ``CannotWrite`` where it fails.
    """
    editor = _editor()
    stem = Path(editor[0]).stem.lower()
    places = AT_A_LINE.get(stem, ("{file}",))
    given = [each.format(line=line, file=file) for each in places]
    command = [*editor, *(each for each in given if each not in editor)]
    try:
        with _patient():
            done = subprocess.run(command, check=False)  # noqa: S603  (the user's own editor)
    except OSError as error:
        message = f"the editor {editor[0]!r} can't be started: {error.strerror}"
        raise WrongUse(message, "set VISUAL or EDITOR to one that is there") from None
    if done.returncode:
        raise CannotWrite(
            f"the editor {editor[0]!r} ended with {done.returncode}; nothing was written"
        )


def _editor() -> list[str]:
    """The words of the editor's command."""
    named = next((os.environ[name] for name in ("VISUAL", "EDITOR") if os.environ.get(name)), None)
    if named is None:
        found = next((each for each in USUAL if shutil.which(each)), None)
        if found is None:
            raise WrongUse("no editor is known", "name one in VISUAL or EDITOR")
        return [found]
    try:
        words = shlex.split(named, posix=os.name == "posix")
    except ValueError:
        words = []
    if not words:
        raise WrongUse(f"{named!r} names no editor", "see VISUAL and EDITOR")
    return words


@contextmanager
def _patient() -> Iterator[None]:
    """While this lasts an interrupt is for the editor alone, which shares the terminal."""
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
