"""Bare ``pledges``: one screen."""

from pathlib import Path

from pledges.commands._options import Reading, spread
from pledges.commands._session import open_session
from pledges.errors import Exit
from pledges.streams import is_terminal
from pledges.view.overview_page import answer


@spread
def run(reading: Reading) -> int:
    """Show the result, what is overdue, what is due next, the latest news and what to type."""
    session = open_session(reading)
    path = session.file.name_in_messages
    # Only a user at a terminal can be mistaken: for scripts the same ledger is the same bytes.
    is_here = not is_terminal() or path == "-" or Path(path).parent.resolve() == Path.cwd()
    session.write(answer(session.now, "" if is_here else path))
    return Exit.DONE
