"""Bare ``pledges``: one screen."""

from contextlib import suppress
from pathlib import Path
from typing import Final

from pledges.commands._help import READING_EXITS, CommandHelp, Example
from pledges.commands._options import Reading
from pledges.commands._session import open_session
from pledges.commands._spread import spread
from pledges.errors import Exit
from pledges.streams import is_terminal
from pledges.view.overview_page import answer

HELP: Final = CommandHelp(
    "Show the result, what is overdue, what is due next, the latest news and what to type.",
    [
        Example("One screen of the ledger in this folder, or above it:", "pledges"),
        Example("As it was at the end of last year:", "pledges --as-of 2025-12-31"),
    ],
    about="This is what pledges shows without a command.",
    exits=[each for each in READING_EXITS if each is not Exit.NO_PLEDGE],
    topics=["ledger", "dates"],
)


@spread
def run(reading: Reading) -> int:
    session = open_session(reading)
    # Only a user at a terminal can be mistaken: for scripts the same ledger is the same bytes.
    is_named = is_terminal() and not session.ledger.is_joint
    path = session.files[0].name_in_messages if is_named else "-"
    with suppress(OSError):  # the current folder may have been removed
        if path == "-" or Path(path).parent.resolve() == Path.cwd():
            path = ""
    session.write(answer(session.now, path))
    return Exit.DONE
