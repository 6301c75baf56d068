"""Bare ``pledges``: one screen."""

from pledges.commands._options import Reading, spread
from pledges.commands._session import open_session
from pledges.errors import Exit
from pledges.view.overview_page import answer


@spread
def run(reading: Reading) -> int:
    """Show the counts, what is overdue, what is due next and the decisions asked for."""
    session = open_session(reading)
    session.write(answer(session.now))
    return Exit.DONE
