"""What ``undo`` and ``redo`` share: a write of the undo log is shown, and undone or redone."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Final

from msgspec import Struct

from pledges.clean import encodable
from pledges.commands._help import WRITING_EXITS
from pledges.commands._options import Writing, flag
from pledges.commands._output import emit
from pledges.commands._writing import open_desk
from pledges.errors import Exit, WrongUse
from pledges.ledger.editing.amend import Revision
from pledges.ledger.reading.find import read_file, utf8_text
from pledges.ledger.storage.logged_write import LoggedWrite, content_digest
from pledges.ledger.storage.undo_log import Act, History, MoveNote, history
from pledges.view.writes_page import history_answer

UNDOING_EXITS: Final = [x for x in WRITING_EXITS if x not in (Exit.NO_PLEDGE, Exit.FAULTS)]
ListOnly = Annotated[bool, flag("List the changes that can be undone or redone.", None, "--list")]


class Direction(Struct, frozen=True):
    """Undo or redo: which writes it is about, the next one first, and what it makes of a content.

    The rest is what is said: what becomes of the lines, if others have changed the ledger; how the
    ledger is if not; and why there may be nothing to do.
    """

    act: Act
    opposite: Act
    writes: Callable[[History], Sequence[LoggedWrite]]
    new_content: Callable[[LoggedWrite, bytes, Path], bytes]
    past_tense: str
    lines_are: str
    done: str
    hint: str


def move(writing: Writing, way: Direction) -> int:
    """Show the write that is next to be undone or redone, ask, and do it.

    Raises: ``WrongUse`` if there is none, or if the user can't be asked; and what
    ``LoggedWrite.undone`` raises.
    """
    desk = open_desk(writing)
    content, _ = read_file(desk.path)
    past = history(desk.path, content)
    if not (writes := way.writes(past)):
        raise WrongUse(f"there is nothing to {way.act} in {desk.name}", way.hint)
    new = way.new_content(writes[0], content, desk.path)
    revision = Revision(utf8_text(content, desk.name), utf8_text(new, desk.name))
    is_exact = content_digest(new) in (writes[0].before, writes[0].after)
    changed = f"{desk.name} was changed by hand or by another program since"
    remarks = [] if is_exact else [f"{changed}; only these lines are {way.lines_are}."]
    if not desk.user_agrees_to(f"{way.act} this change", revision, remarks):
        return Exit.DONE
    desk.write(MoveNote(writes[0], way.act), revision)
    done = way.done.format(name=desk.name) if is_exact else "The other changes are kept."
    back = f"To {way.opposite} it: pledges {way.opposite}"
    desk.say(f"{way.past_tense}. {done} {back}")
    return Exit.DONE


def list_history(writing: Writing) -> int:
    """List the writes that can be undone and redone, the latest first."""
    desk = open_desk(writing)
    content, _ = read_file(desk.path)
    past = history(desk.path, content)
    done, undone = ([(each.on, each.act) for each in writes] for writes in (past.done, past.undone))
    name = encodable(desk.path.name)
    answer = history_answer(done, undone, name, is_changed=past.is_changed)
    emit(answer, writing.reading)
    return Exit.DONE
