"""The errors that stop a command: each with its exit code, its code word and its message.

A hint names the word that would have been right, if what was typed is a slip of it.
"""

from collections.abc import Iterable, Sequence
from enum import IntEnum, StrEnum
from typing import ClassVar, NamedTuple, Self


class Exit(IntEnum):
    """The exit codes that a script can rely on, each with its meaning."""

    meaning: str

    def __new__(cls, code: int, meaning: str) -> Self:
        """Make the member of a code."""
        member = int.__new__(cls, code)
        member._value_ = code
        member.meaning = meaning
        return member

    DONE = 0, "done, also if the answer is empty"
    BAD_ANSWER = 1, "the question was answered, and the answer is bad"
    USAGE = 2, "wrong use: an option, a word or a date"
    NO_LEDGER = 3, "there is no ledger, or it can't be read"
    FAULTS = 4, "the ledger has errors; nothing was read or written"
    NO_PLEDGE = 5, "there is no such pledge or entry, or the id matches several"
    BUSY = 6, "busy: the ledger is being written or was changed by another program"
    CANNOT_WRITE = 7, "a file can't be written (permission, full disk)"
    BUG = 70, "a bug in the program: one line, or the traceback with --debug"
    INTERRUPTED = 130, "interrupted; for other signals 128 plus their number"
    PIPE_CLOSED = 141, "the pipe was closed"


class PledgesError(Exception):
    """An operation that can't continue: what is wrong, where (``details``), and what to do."""

    exit: ClassVar[Exit] = Exit.BUG
    code: ClassVar[str] = "bug"

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.details: Sequence[str] = ()


class WrongUse(PledgesError):
    """An option, a word or a combination that the command line does not take."""

    exit = Exit.USAGE
    code = "usage"


class NoSuchCommand(WrongUse):
    """A command that the program does not have."""

    def __init__(self, name: str, names: Sequence[str]) -> None:
        super().__init__(f"there is no command {name!r}", nearest_hint(name, names))


class RefusedPledges(WrongUse):
    """Pledges that can't be updated, of the ``count`` that were selected.

    ``reasons`` are the id of each, the reason and what to do.
    """

    def __init__(self, reasons: Sequence[tuple[str, str, str]], count: int) -> None:
        pledge, reason, hint = reasons[0]
        if count == 1:
            super().__init__(f"{pledge}: {reason}", hint)
            return
        is_one_hint = all(each == hint for *_, each in reasons)
        refused = len({each for each, *_ in reasons})
        super().__init__(
            f"{refused} of {count} pledges can't be updated; nothing was written",
            hint if is_one_hint else None,
        )
        self.details = [
            f"{each}: {why}" if is_one_hint else f"{each}: {why}; {do}" for each, why, do in reasons
        ]


class UnknownWord(WrongUse):
    """A word that is not in the closed set of allowed words."""

    code = "word"

    def __init__(self, what: str, word: str, words: Sequence[str]) -> None:
        super().__init__(f"there is no {what} {word!r}", nearest_hint(word, words))


class NotInLedger(WrongUse):
    """A word that is in none of the ledger's entries of its kind: pillars, parties or sources."""

    code = "word"

    def __init__(self, what: str, word: str, entries: Sequence[str], few: Sequence[str]) -> None:
        close = nearest(word, entries)
        use = f"use one of {', '.join(few)}" if few else None
        super().__init__(
            f"the ledger has no {what} {word!r}", f"did you mean {close}?" if close else use
        )


class NotADate(WrongUse, ValueError):
    """A text that names no day, period or length of time."""

    code = "date"

    def __init__(self, text: str, reason: str, hint: str | None = None) -> None:
        super().__init__(reason, hint)
        self.text = text
        self.reason = reason


class NoLedger(PledgesError):
    """The ledger does not exist or can't be read."""

    exit = Exit.NO_LEDGER
    code = "no-ledger"


class Severity(StrEnum):
    """How bad a fault is: an error stops every command, a warning none."""

    ERROR = "error"
    WARNING = "warning"


class Fault(NamedTuple):
    """Something wrong in a file, and where: a value, so that all can be reported together.

    ``line`` and ``column`` count from 1, in characters; ``width`` is how many are marked;
    ``text`` is the user's own line.
    """

    file: str
    line: int
    column: int
    width: int
    text: str
    code: str
    message: str
    hint: str | None
    severity: Severity = Severity.ERROR


class FaultyFile(PledgesError):
    """A file with faults; nothing was taken from it: ``not_done`` is what was not done."""

    exit = Exit.FAULTS
    code = "faults"
    not_done: ClassVar[str] = "read"

    def __init__(self, name: str, faults: Sequence[Fault]) -> None:
        count = "1 error" if len(faults) == 1 else f"{len(faults):,} errors"
        super().__init__(f"{count} in {name}; nothing was {self.not_done}")
        self.name = name
        self.faults = faults


class FaultyLedger(FaultyFile):
    """The ledger has faults; nothing was answered from it."""


class FaultyRows(FaultyFile):
    """A file that was to be imported has faults; nothing was taken from it.

    Of each fault the line is the number of the row, and the text is the heading of its column;
    ``note`` says how the columns were found.
    """

    not_done = "written"

    def __init__(self, name: str, faults: Sequence[Fault], note: str | None = None) -> None:
        super().__init__(name, faults)
        self.note = note


class NoSuchPledge(PledgesError):
    """An id that belongs to no pledge of the ledger, or to more than one."""

    exit = Exit.NO_PLEDGE
    code = "no-pledge"


class Busy(PledgesError):
    """Another program writes to the ledger or has changed it; nothing was written."""

    exit = Exit.BUSY
    code = "busy"


class CannotWrite(PledgesError):
    """A file can't be written; the old content is unchanged."""

    exit = Exit.CANNOT_WRITE
    code = "cannot-write"


def nearest(word: str, words: Iterable[str]) -> str | None:
    """The one of ``words`` that ``word`` is a slip of; None if none is, or if several may be.

    A slip is a letter too many, missing, wrong or in the place of its neighbour, in what is
    otherwise the word: case, accents, blanks and hyphens do not count, digits must be the same.
    """
    from pledges.slips import slip_cost  # noqa: PLC0415  (only needed once something is wrong)

    costs = {each: cost for each in words if (cost := slip_cost(word, each)) is not None}
    least = min(costs.values(), default=0)
    closest = [each for each, cost in costs.items() if cost == least]
    if any(slip_cost(closest[0], each) != 0 for each in closest):
        return None
    # A key and its title may be the same word: the one with the same capital is as it was typed.
    return max(closest, key=lambda each: each[0] == word[0], default=None)


def nearest_hint(word: str, words: Sequence[str]) -> str:
    """A hint that names the nearest of ``words``, or else all of them."""
    close = nearest(word, words)
    return f"did you mean {close}?" if close else f"use one of {', '.join(words)}"
