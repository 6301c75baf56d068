"""The user's editor: which one it is, and how it is opened at a line."""

import os
import shlex
import shutil
import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from pledges.errors import CannotWrite, WrongUse

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


def open_in_editor(file: Path, line: int) -> None:
    """Have a file edited, and wait until that is done.

    Raises: ``WrongUse`` if there is no such editor; ``CannotWrite`` if it fails.
    """
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
        raise WrongUse(message, "set VISUAL or EDITOR to one that is there") from None
    finally:
        signal.signal(signal.SIGINT, handler)
    if done.returncode:
        raise CannotWrite(
            f"the editor {editor[0]!r} ended with {done.returncode}; nothing was written"
        )


def _editor_command() -> list[str]:
    """The words of the command that starts the editor.

    Raises: ``WrongUse`` if there is none.
    """
    command = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not command:
        usual = next(filter(shutil.which, USUAL), None)
        if usual is None:
            raise WrongUse("no editor is known", "name one in VISUAL or EDITOR")
        return [usual]
    try:
        words = shlex.split(command, posix=os.name == "posix")
    except ValueError:  # a quote that is not closed
        words = []
    if not words:
        raise WrongUse(f"{command!r} names no editor", "see VISUAL and EDITOR")
    return words
