"""The commands of the program; those that hints name get the ledger that the user named.

A hint is copied: without that option it would be about the ledger of the folder.
"""

import re
from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from itertools import pairwise
from typing import Final

from pledges.clean import clean
from pledges.errors import Fault, FaultyLedger, FaultyRows, PledgesError

COMMAND_GROUPS: Final[Mapping[str, Sequence[str]]] = {
    "Read the ledger": (
        *("list", "show", "progress", "due", "log", "timeline", "sources", "report", "ask"),
        *("check", "diff"),
    ),
    "Change it": ("update", "add", "set", "correct", "remove", "edit", "undo", "redo"),
    "Whole ledgers": ("import", "init", "merge"),
    "Help": ("help", "schema", "completion"),
}
"""The commands in the groups and in the order in which the help lists them."""

OVERVIEW: Final = "overview"
READERS: Final = COMMAND_GROUPS["Read the ledger"]
READING: Final = (*READERS, OVERVIEW)
"""The commands that take several ledgers."""

CHANGING: Final = (*COMMAND_GROUPS["Change it"], *COMMAND_GROUPS["Whole ledgers"])
"""The commands that take one ledger."""

OPTION: Final = "--ledger"
NAMED: Final[ContextVar[Sequence[str]]] = ContextVar("named_ledgers", default=())
"""The ledgers that the command line names; a context has them, as it has ``sys.argv``."""

COMMAND: Final = re.compile(
    rf"((?:^|[:,] )pledges ({'|'.join((*READING, *CHANGING))})\b)(?! --help)(?!.* ha(?:s|ve) it\b)"
)
"""A command to type, after a colon; "pledges due and pledges list have it" names two only."""

PARTS: Final = re.compile(r"(; |(?<=\w\.) )")


def ledgers_in(argv: Sequence[str]) -> list[str]:
    """The ledgers that a command line names."""
    words = [*argv[: argv.index("--")]] if "--" in argv else [*argv]
    after = [value for word, value in pairwise(words) if word == OPTION]
    return [*after, *(x.partition("=")[2] for x in words if x.startswith(f"{OPTION}="))]


def with_ledger(text: str, ledgers: Sequence[str] | None = None) -> str:
    """A hint with the ledgers in its commands; without ``ledgers`` they are those of the user.

    What names a command that can't take them is left out, such as one that changes several.
    """
    named = NAMED.get() if ledgers is None else ledgers
    if not named or not COMMAND.search(text):
        return text
    between = ["", *PARTS.split(text)]
    completed = [(x, _completed(part, named)) for x, part in zip(*[iter(between)] * 2, strict=True)]
    return re.sub(r"^(; | )", "", "".join(f"{x}{part}" for x, part in completed if part))


def _completed(part: str, named: Sequence[str]) -> str:
    """A part of a hint with the ledgers in its commands; empty if one can't take them."""
    from shlex import quote  # noqa: PLC0415  (only if a ledger is named)

    option = "".join(f" {OPTION} {quote(each)}" for each in named)
    commands = [] if OPTION in part else COMMAND.findall(part)
    is_one = len(named) == 1 and named[0] != "-" and not set("*?[") & {*named[0]}
    if any(name in CHANGING for _, name in commands) and not is_one:
        return ""
    if commands and clean(option) != option:  # it could not be copied
        return ""
    return COMMAND.sub(lambda found: f"{found[1]}{option}", part) if commands else part


def faults_with_ledger(faults: Sequence[Fault]) -> list[Fault]:
    """The faults of ledgers, each with its own ledger in the commands of its hint."""
    found = []
    for each in faults:
        is_file = NAMED.get() and not each.file.startswith("<")  # <stdin> is none
        ledgers = [each.file] if is_file else NAMED.get()
        found.append(each._replace(hint=with_ledger(each.hint or "", ledgers) or None))
    return found


def complete_hints(error: PledgesError) -> None:
    """Put the ledgers into the commands that an error names."""
    error.hint = with_ledger(error.hint or "") or None
    error.details = [*map(with_ledger, error.details)]
    if isinstance(error, FaultyLedger):
        error.faults = faults_with_ledger(error.faults)
    elif isinstance(error, FaultyRows):
        rows = error.faults
        error.faults = [each._replace(hint=with_ledger(each.hint or "") or None) for each in rows]
