"""``pledges edit``: the ledger in your editor, checked when it is closed."""

import os
import shlex
import shutil
import signal
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp
from typing import Annotated, Final

from msgspec import Struct

from pledges.commands._completion import IDS
from pledges.commands._help import WRITING_EXITS, CommandHelp, Example
from pledges.commands._options import Word, Writing, argument
from pledges.commands._spread import spread, without
from pledges.commands._writing import can_ask, open_desk, user_confirms, user_continues
from pledges.errors import Busy, CannotWrite, Exit, FaultyLedger, NoLedger, WrongUse
from pledges.ledger.editing.amend import Revision
from pledges.ledger.reading.decode import decode
from pledges.ledger.reading.faults import first_fault_line, pledge_line
from pledges.ledger.reading.find import read_file, utf8_text
from pledges.own_commands import complete_hints
from pledges.render.error_text import error_lines
from pledges.streams import SignalGuard, notify

USUAL: Final = ("sensible-editor", "nano", "vim", "vi", "notepad")
"""The editors that are looked for if neither VISUAL nor EDITOR names one."""

Words = Sequence[str]

PLUS: Final = ("+{line}", "{file}")
COLON: Final = ("{file}:{line}",)
AT_A_LINE: Final[Mapping[str, Words]] = {
    **dict.fromkeys(("vi", "vim", "nvim", "view", "kak", "micro", "joe", "ne", "nano"), PLUS),
    **dict.fromkeys(("pico", "emacs", "emacsclient", "jed", "mcedit", "sensible-editor"), PLUS),
    **dict.fromkeys(("gvim", "gview", "mvim", "gedit", "xed", "pluma", "bbedit"), PLUS),
    **dict.fromkeys(("code", "codium", "cursor", "code-insiders"), ("--goto", *COLON)),
    **dict.fromkeys(("subl", "zed", "atom", "hx", "helix"), COLON),
    **dict.fromkeys(("kate", "kwrite", "mate"), ("--line", "{line}", "{file}")),
    "notepad++": ("-n{line}", "{file}"),
}
"""The arguments by which an editor opens at a line; one that is not here gets the file alone."""

WAIT: Final = ("--wait", "-w")
WAIT_OPTIONS: Final[Mapping[str, Words]] = {
    **dict.fromkeys(("code", "codium", "cursor", "code-insiders", "subl", "zed", "atom"), WAIT),
    **dict.fromkeys(("gedit", "xed", "pluma", "mate", "bbedit"), WAIT),
    **dict.fromkeys(("gvim", "gview", "mvim"), ("-f", "--nofork")),
    "gnome-text-editor": ("--standalone", "-s"),
    "kate": ("--block", "-b"),
    "neovide": ("--no-fork",),
    "nvim-qt": ("--nofork",),
    "notepad++": ("-multiInst",),
    "open": ("-W", "--wait-apps"),
}
"""The option by which an editor that returns at once waits instead, as it can be written."""

NEVER_WAIT: Final = ("xdg-open", "gnome-open", "kde-open", "kde-open5", "gio", "wslview")
WAITING: Final = (*(each for each in AT_A_LINE if each not in WAIT_OPTIONS), "ed", "ex", "notepad")
"""The editors that are known to wait by themselves."""

Id = Annotated[Word, argument("[ID]", "Open at this pledge.", IDS)]

HELP: Final = CommandHelp(
    "Edit the ledger in your editor. It is checked before it is saved.",
    [
        Example("The whole ledger:", "pledges edit"),
        Example("At a pledge:", "pledges edit ECO-02"),
        Example("In another editor, for once:", "VISUAL=nano pledges edit"),
    ],
    exits=WRITING_EXITS,
    topics=["ledger", "environment"],
)


@spread
def run(writing: Annotated[Writing, without("as_of")], pledge: Id = None) -> int:
    desk = open_desk(writing)
    text = desk.read_text()
    with _copy_to_edit(desk.path, text) as copy:
        line = first_fault_line(text, desk.name) if pledge is None else pledge_line(text, pledge)
        new = _edited_text(copy, line, writing)
        if new is None or new == text:
            desk.say("Nothing was written." if new is None else "Nothing was changed.")
            return Exit.DONE
        revision = Revision(text, new)
        if writing.dry_run or not writing.quiet:
            desk.print_diff(revision)
        if not writing.dry_run:
            note = desk.note(f"edit {pledge}" if pledge else "edit")
            written = desk.revise(note, lambda now: _in_text(now, revision, desk.name))
            if written.old != text:
                desk.say(f"{desk.name} was changed meanwhile; both changes are in it.")
            desk.say(desk.write_line(written))
    return Exit.DONE


def _in_text(now: str, revision: Revision, name: str) -> Revision:
    """The edit as a revision of the ledger's text as it is now.

    Raises: ``Busy`` if others have changed the same, or if the result would not be sound.
    """
    if now == revision.old:
        return revision
    from pledges.ledger.merging.three_way import NoTree, merged  # noqa: PLC0415  (hardly ever needed)

    with suppress(CannotWrite, NoTree, FaultyLedger):
        merge = merged(revision.old, now, revision.new)
        if merge and not merge.conflicts and not merge.twins:
            decode(merge.text, name)
            return Revision(now, merge.text)
    message = f"{name} was changed by another program; nothing was written"
    raise Busy(message, "run it again: pledges edit")


class EditedCopy(Struct):
    """A copy of the ledger to edit; ``is_kept`` if it is to stay after the command."""

    path: Path
    old: bytes
    signals: SignalGuard
    is_kept: bool = False

    def is_changed(self) -> bool:
        """Whether it is another text than the ledger, or may be because it can't be read."""
        try:
            return self.path.is_file() and read_file(self.path)[0] != self.old
        except NoLedger:
            return True

    def has_others(self) -> bool:
        """Whether the editor has left other files with it, such as those that rescue a text."""
        return any(each != self.path for each in self.path.parent.iterdir())


def _edited_text(copy: EditedCopy, line: int, writing: Writing) -> str | None:
    """The edited text, when it has no errors; None if the user stops.

    Raises: ``FaultyLedger`` if it has errors and there is no terminal; ``CannotWrite`` if it can't
    be read.
    """
    name = copy.path.name
    while _is_edited(copy, line, writing):
        try:
            text = utf8_text(read_file(copy.path)[0], name)
            decode(text, name)
        except NoLedger as error:
            message = f"the edited ledger can't be read: {error.message}"
            raise CannotWrite(message) from None
        except FaultyLedger as error:
            error.message = error.message.replace("nothing was read", "nothing was written")
            if not can_ask(writing):
                raise
            complete_hints(error)
            notify(error_lines(error))
            question = "Edit it again? No writes nothing, and keeps your copy."
            if not user_confirms(question, usual=True):
                copy.is_kept = copy.is_changed()
                return None
            line = error.faults[0].line
        else:
            return text
    return None


def _is_edited(copy: EditedCopy, line: int, writing: Writing) -> bool:
    """Open the copy in the editor, and wait until the user has saved it; False if they stop.

    Raises: ``WrongUse`` if the editor does not wait, and the user can't be asked when that is.
    """
    named = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    command = named or next(filter(shutil.which, USUAL), None)
    if not command:
        raise WrongUse("no editor was found", "set VISUAL or EDITOR to one")
    editor: list[str] = []
    with suppress(ValueError):  # a quote that is not closed
        editor = shlex.split(command, posix=os.name == "posix")
    if not editor:
        raise WrongUse(f"{command!r} is not an editor", "check VISUAL and EDITOR")
    name = Path(editor[0]).stem.lower()
    waits = name in WAITING or name in WAIT_OPTIONS
    never_waits = name in NEVER_WAIT or (name == "emacsclient" and {"-n", "--no-wait"} & {*editor})
    if never_waits and not can_ask(writing):
        hint = "set VISUAL to an editor that waits, for example 'code --wait'"
        raise WrongUse(f"the editor {editor[0]!r} does not wait until you have saved", hint)
    before = copy.path.stat()
    _open_in_editor(editor, copy, line)
    if not never_waits:
        if waits or not can_ask(writing):
            return True
        # One that is not known and has saved nothing may have its window still open.
        after = copy.path.stat() if copy.path.exists() else None
        if not after or (before.st_mtime_ns, before.st_ino) != (after.st_mtime_ns, after.st_ino):
            return True
    copy.is_kept = True  # until it is saved: a window that is open still may save into it later
    copy.is_kept = not user_continues("Press Enter when you have saved")
    return not copy.is_kept


@contextmanager
def _copy_to_edit(path: Path, text: str) -> Iterator[EditedCopy]:
    """A copy of the ledger to edit; it is kept if the changes can't be saved."""
    with SignalGuard() as signals:
        copy = EditedCopy(Path(mkdtemp(prefix="pledges-"), path.name), text.encode(), signals)
        copy.path.write_bytes(copy.old)
        what, left = "Your edited copy", copy.path
        try:
            yield copy
        except BaseException:
            copy.is_kept = copy.is_kept or copy.is_changed()
            if not copy.is_kept and copy.has_others():
                what, left, copy.is_kept = "What your editor has left", copy.path.parent, True
            raise
        finally:
            if copy.is_kept:
                notify([f"{what} is kept in {left}"])
            else:
                shutil.rmtree(copy.path.parent, ignore_errors=True)


def _open_in_editor(editor: Words, copy: EditedCopy, line: int) -> None:
    """Open the copy in the editor and wait until it ends.

    A signal to end waits too: to end first would end the editor before it has rescued the text.
    """
    name = Path(editor[0]).stem.lower()
    wait = WAIT_OPTIONS.get(name, ())
    options = [] if {*wait} & {*editor} else wait[:1]
    places = AT_A_LINE.get(name, ("{file}",))
    arguments = [each.format(line=line, file=copy.path) for each in places]
    command = [*editor, *options, *(each for each in arguments if each not in editor)]
    # An interrupt is for the editor alone, which shares the terminal: it would end both.  A handler
    # that does nothing is not inherited, as ignoring the signal would be.
    handler = signal.signal(signal.SIGINT, lambda *_: None)
    copy.signals.hold()
    try:
        done = subprocess.run(command, check=False)  # noqa: S603  (the user's own editor)
    except OSError as error:
        message = f"the editor {editor[0]!r} can't be started: {error.strerror}"
        raise WrongUse(message, "set VISUAL or EDITOR to one that is installed") from None
    finally:
        signal.signal(signal.SIGINT, handler)
        copy.signals.release()
    if done.returncode:
        raise CannotWrite(
            f"the editor {editor[0]!r} ended with exit code {done.returncode}; nothing was written"
        )
