"""Bare ``pledges``: one screen."""

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
    path = "" if session.ledger.is_joint else session.files[0].name_in_messages
    # Only a user at a terminal can be mistaken: for scripts the same ledger is the same bytes.
    is_here = not is_terminal() or path in ("", "-") or _is_here(path)
    session.write(answer(session.now, "" if is_here else path))
    return Exit.DONE


def _is_here(path: str) -> bool:
    """Whether a file is in the current folder, which may have been removed."""
    try:
        return Path(path).parent.resolve() == Path.cwd()
    except OSError:
        return False
