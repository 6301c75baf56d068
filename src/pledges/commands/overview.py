"""Bare ``pledges``: one screen."""

from pledges.commands._options import Reading, spread
from pledges.commands._session import answered, opened
from pledges.errors import Exit
from pledges.view.overview_page import answer


@spread
def run(reading: Reading) -> int:
    """One screen: the counts, what is overdue, due next and asked for."""
    session = opened(reading)
    answered(session, answer(session.now))
    return Exit.DONE
