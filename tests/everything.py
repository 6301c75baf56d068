"""What there is of commands and formats, for tests that try all of them."""

from collections.abc import Iterator
from typing import Final

import typer
from typer.core import TyperArgument, TyperOption

from pledges.cli import COMMANDS, Commands
from pledges.own_commands import OVERVIEW
from pledges.render import Format

WRITING: Final = (
    *("update", "add", "set", "correct", "remove", "edit", "undo", "redo", "import", "init"),
)
OTHERS: Final = ("report", "sources")  # which have sections and records of their own
ASKING: Final = ("ask",)  # which has to be told whom to ask
OWN_FORMATS: Final = ("check",)  # which has no table
WITHOUT_LEDGER: Final = ("help", "schema", "completion", "merge", "diff")
READING: Final = [
    OVERVIEW,
    *(x for x in COMMANDS if x not in (*WRITING, *OTHERS, *ASKING, *OWN_FORMATS, *WITHOUT_LEDGER)),
]
"""Commands that show pledges."""

FLAT: Final = [Format.NDJSON, Format.CSV, Format.TSV]
"""Formats of a record a line."""

MACHINE: Final = [Format.JSON, *FLAT]
FORMS: Final[list[Format]] = [each for each in Format if each is not Format.ICS]
"""Formats of every answer; a calendar is one of deadlines only."""

PIPED: Final = [each for each in FORMS if each is not Format.TERMINAL and not each.is_binary]
"""Formats that are texts, for a pipe."""

REPORTED: Final = [each for each in PIPED if each not in MACHINE]
"""Formats in which reports are sent."""


def lines(shown: str, **longer: str) -> list[str]:
    """A line for each command of ``READING``: ``show`` shows these ids, others may be longer."""
    words = {"show": f"show {shown}", **longer}
    return [words.get(each, each) for each in READING]


def parameters(command: str) -> Iterator[TyperArgument | TyperOption]:
    """The arguments and options of a command."""
    app = typer.Typer(cls=Commands)
    app.callback()(lambda: None)
    group = typer.main.get_command(app)
    assert isinstance(group, Commands)
    found = group.get_command(typer.Context(group), command)
    yield from (each for each in found.params if isinstance(each, TyperArgument | TyperOption))


def options(command: str) -> Iterator[TyperOption]:
    """The options of a command."""
    yield from (each for each in parameters(command) if isinstance(each, TyperOption))
