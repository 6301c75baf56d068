"""What the commands are called with, to see how their time and memory grow."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from pledges.cli import COMMANDS
from pledges.own_commands import OVERVIEW
from pledges.render import Format

Command = Sequence[str]

LEDGER: Final = ("--ledger", "ledger.toml")
AS_OF: Final = ("--as-of", "2026-11-22")
WRITE: Final = ("--yes", "--no-input")
NOTE: Final = ("--note", "A note.", *WRITE)
LINES: Final[Mapping[str, Sequence[Sequence[str]]]] = {
    "list": [
        (),
        ("-f", "terminal", "--width", "100"),
        ("-f", "ics"),
        ("--sort", "title", "--group", "party"),
    ],
    "show": [("*",)],
    "log": [(), ("--since", "2020-01-01")],
    "report": [(), ("--since", "2021-01-01")],
    "update": [("P-0", *NOTE), ("*", *NOTE)],
    "add": [("--title", "A new one", "--pillar", "p", *WRITE)],
    "set": [("P-0", "--lead", "Somebody", *WRITE), ("*", "--lead", "Somebody", *WRITE)],
    "correct": [("P-0", "1", "--note", "Another.", *WRITE)],
    "remove": [("P-0", "1", *WRITE)],
    "diff": [("ledger.toml", "ours.toml")],
    "merge": [
        ("ledger.toml", "ours.toml", f"{theirs}.toml", *WRITE) for theirs in ("new", "theirs")
    ],
    "ask": [("--party", "VN"), ("--party", "VN", "-f", "eml")],
    **{name: [WRITE] for name in ("edit", "undo", "redo")},
    "import": [("came", *WRITE)],
    **dict.fromkeys(("init", "schema", "completion", "help"), ()),  # these read no ledger
}
"""The words of each command; one that is not here is called without any."""

BEFORE: Final[Mapping[str, Sequence[Sequence[str]]]] = {
    "undo": [("update", "P-0", *NOTE)],
    "redo": [("update", "P-0", *NOTE), ("undo", *WRITE)],
}
"""What must have been done before a command."""

VERSIONS: Final[Mapping[str, tuple[str, str]]] = {
    "ledger": ("", ""),
    "ours": ("Pledge number", "Promise"),
    "theirs": ("Pledge number", "Commitment"),
    "new": ('title = "Growth"', 'title = "Growth"\nshort = "G"'),
}
"""What is put for what in the versions of the ledger."""

APART: Final = ("diff", "merge")
"""The commands that are given their ledgers as words."""

TODAY: Final = ("edit", "undo", "redo", "merge")
"""The commands that have no ``--as-of``."""

FORMATTED: Final = "show"
"""The command that is tried in every format: it shows all that a ledger holds."""


def commands(only: Sequence[str]) -> Iterator[Command]:
    """Yield the command lines of these commands, or of all."""
    for name in only or (OVERVIEW, *COMMANDS):
        for words in LINES.get(name, [()]):
            yield (name, *words)
        if name == FORMATTED:
            yield from (
                (name, *LINES[name][0], "-f", form)
                for form in Format
                if form not in {Format.TEXT, Format.ICS}
            )
