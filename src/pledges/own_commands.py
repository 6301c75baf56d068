"""The commands that hints name, each with the ledger that the user named.

A hint is copied: without that option it would be about the ledger of the folder.
"""

import re
from collections.abc import Sequence
from contextvars import ContextVar
from itertools import pairwise
from typing import Final

from pledges.clean import clean
from pledges.errors import Fault, FaultyLedger, FaultyRows, PledgesError

READING: Final = (
    *("list", "show", "progress", "due", "log", "timeline", "sources", "report", "ask"),
    *("check", "diff", "overview"),
)
"""The commands that take several ledgers."""

CHANGING: Final = (
    *("update", "add", "set", "correct", "remove", "edit", "undo", "redo", "import", "init"),
    "merge",
)
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
    parts = PARTS.split(text)
    kept = [(each, between) for each, between in zip(parts[::2], ["", *parts[1::2]], strict=True)]
    completed = [(_completed(each, named), between) for each, between in kept]
    found = "".join(f"{between}{each}" for each, between in completed if each)
    return re.sub(r"^(; | )", "", found)


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
