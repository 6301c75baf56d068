"""What a command says of itself: its help, its man page and its line in the list of commands.

It is data, not a docstring, which Python leaves out if it runs with ``-OO``.
"""

from collections.abc import Collection, Sequence
from typing import Final

from msgspec import Struct

from pledges.errors import Exit

READING_EXITS: Final = (
    *(Exit.DONE, Exit.USAGE, Exit.NO_LEDGER, Exit.FAULTS, Exit.NO_PLEDGE, Exit.CANNOT_WRITE),
)
WRITING_EXITS: Final = (*READING_EXITS, Exit.BUSY)


class Example(Struct, frozen=True):
    """A command line to copy, and what it is for."""

    purpose: str
    command: str


class CommandHelp(Struct, frozen=True):
    """The help of a command, besides what its options declare.

    ``exits`` are the exit codes that it can end with, but for those that any program can;
    ``bad_answer`` says what is bad if one of them is 1.  ``topics`` are to be read next.
    """

    summary: str
    examples: Sequence[Example]
    about: str = ""
    exits: Collection[Exit] = READING_EXITS
    bad_answer: str = ""
    topics: Sequence[str] = ()
