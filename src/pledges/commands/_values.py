"""What stands behind the options of the writing commands, as values of the model."""

import datetime as dt
import math
import re
import sys
from collections.abc import Mapping, Sequence
from typing import Annotated, Final

from msgspec import Struct

from pledges.commands._options import text_option
from pledges.commands._session import period_named
from pledges.domain.citations import is_url
from pledges.domain.day import PERIOD_HINT, WHEN_HINT, Period
from pledges.domain.edits import RegisterEntry
from pledges.domain.pledge import Ledger, Number, Source
from pledges.domain.spelling import folded
from pledges.errors import NotADate, UnknownWord, WrongUse, nearest
from pledges.streams import notify

STDIN: Final = "-"
DAY_HINT: Final = "write a day: 2026-12-31, today, yesterday, or -2w for two weeks ago"
LONGEST_NOTE: Final = 1024 * 1024
LARGEST: Final = 1e15
LONGEST_NUMBER: Final = 100
"""Characters of a number that are read."""

_THOUSANDS: Final = re.compile(r"[+-]?[1-9]\d{0,2}(\.\d{3})+", re.ASCII)
_NUMBER: Final = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?", re.ASCII | re.IGNORECASE)


class NewSource(Struct, frozen=True):
    """A source that is added to the register in the same write, under the id of ``--source``."""

    source_title: Annotated[
        str | None, text_option("source-title", "TEXT", "Register --source under this title.")
    ] = None
    source_publisher: Annotated[
        str | None, text_option("source-publisher", "NAME", "Who published it.")
    ] = None
    source_date: Annotated[
        str | None, text_option("source-date", "DATE", "When: a day or a period.")
    ] = None
    source_url: Annotated[str | None, text_option("source-url", "URL", "Where it is read.")] = None


def text(given: str | None, option: str) -> str | None:
    """A text that was given, without blanks around it.

    Raises: ``WrongUse`` where nothing is in it, or a byte that is no UTF-8.
    """
    if given is None:
        return None
    try:
        given.encode()
    except UnicodeEncodeError:
        raise WrongUse(f"{option} holds a byte that is no UTF-8") from None
    if not given.strip():
        raise WrongUse(f"{option} is empty", "leave it out, or write something")
    return given.strip()


def long_text(given: str | None, option: str) -> str | None:
    """A text, of several lines where it is ``-``: standard input."""
    return text(_standard_input(option) if given == STDIN else given, option)


def _standard_input(option: str) -> str:
    if sys.stdin is None:
        raise WrongUse(f"{option} -: standard input is closed", "pipe the text into it")
    if sys.stdin.isatty():
        notify([f"{option}: type the text; Ctrl-D on a line of its own ends it."])
    content = sys.stdin.buffer.read(LONGEST_NOTE + 1)
    if len(content) > LONGEST_NOTE:
        raise WrongUse(f"{option} -: standard input is longer than 1 MiB", "a note is short")
    try:
        found = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"{option} -: byte {error.start + 1} of standard input is no UTF-8"
        raise WrongUse(message, "convert the text to UTF-8") from None
    return "\n".join(line.rstrip() for line in re.split(r"\r\n|\r|\n", found))


def number(given: str | None, option: str) -> Number | None:
    """A number, written in digits.

    Raises: ``WrongUse`` where it is none.
    """
    if given is None:
        return None
    if not re.fullmatch(
        r"[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?", given.strip(), re.ASCII | re.IGNORECASE
    ):
        hint = "write it in digits, without thousands apart: 1200 or 12.5"
        raise WrongUse(f"{option}: {given!r} is no number", hint)
    if len(given) > LONGEST_NUMBER:
        raise WrongUse(f"{option}: this number is too long", "write it in fewer digits")
    if thousands := _THOUSANDS.fullmatch(given.strip()):
        plain = given.strip().replace(".", "")
        hint = f"write {plain}, or {given.strip()}0 for the fraction"
        raise WrongUse(f"{option}: {thousands[0]} may be thousands or a fraction", hint)
    value = float(given)
    if not math.isfinite(value) or abs(value) > LARGEST:
        raise WrongUse(f"{option}: {given} is too large", "choose a larger unit")
    return int(given) if re.fullmatch(r"\s*[+-]?\d+\s*", given, re.ASCII) else value


def period(given: str | None, option: str, today: dt.date) -> Period | None:
    """A day or a period.

    Raises: ``NotADate`` that names the option.
    """
    return None if given is None else period_named(given, option, today)


def day(given: str | None, option: str, today: dt.date) -> dt.date | None:
    """A single day.

    Raises: ``NotADate`` that names the option, also for a period that is longer.
    """
    try:
        found = period(given, option, today)
    except NotADate as error:
        hint = DAY_HINT if error.hint in (WHEN_HINT, PERIOD_HINT) else error.hint
        raise NotADate(error.text, error.reason, hint) from None
    if found and not found.is_day:
        hint = f"it begins on {found.first} and ends on {found.last}"
        raise NotADate(given or "", f"{option}: {found.name} is not a single day", hint)
    return found.first if found else None


def source(given: str | None, ledger: Ledger, new: Sequence[RegisterEntry]) -> str | None:
    """The id of a source, as the register spells it, or an address.

    Raises: ``UnknownWord``-like ``WrongUse`` where it is neither.
    """
    given = text(given, "--source")
    if given is None or is_url(given) or any(each.key == given for each in new):
        return given
    spelt = {folded(each): each for each in ledger.sources}
    if folded(given) in spelt:
        return spelt[folded(given)]
    close = nearest(given, ledger.sources)
    add = "register it with --source-title, or give an address that begins with https://"
    hint = f"did you mean {close}? or else {add}" if close else add
    raise WrongUse(f"--source: the ledger has no source {given!r}", hint)


def key(given: str, what: str, register: Mapping[str, str]) -> str:
    """The key of a register's entry, by key or title.

    Raises: ``UnknownWord`` with the nearest one.
    """
    for name, title in register.items():
        if folded(given) in (folded(name), folded(title)):
            return name
    raise UnknownWord(what, given, [*register, *register.values()])


def party_or_text(given: str | None, ledger: Ledger) -> str | None:
    """The key of a party, by key or name; another text as it is."""
    named = ((name, {folded(name), folded(title)}) for name, title in ledger.parties.items())
    return next((name for name, spelt in named if given and folded(given) in spelt), given)


def new_source(
    given: NewSource, name: str | None, ledger: Ledger, today: dt.date
) -> list[RegisterEntry]:
    """The entry that a new source makes in the register; none where none is given.

    Raises: ``WrongUse`` where it can't be made.
    """
    if given == NewSource():
        return []
    if not name or is_url(name):
        raise WrongUse("a new source needs an id", "name it with --source, such as vov-2026-02")
    same = next((each for each in ledger.sources if folded(each) == folded(name)), None)
    if same:
        hint = "leave --source-title and the like out"
        raise WrongUse(f"the ledger has a source {same!r} already", hint)
    title = text(given.source_title, "--source-title")
    if not title:
        raise WrongUse("a new source needs a title", "give it with --source-title")
    url = text(given.source_url, "--source-url")
    if url and not is_url(url):
        raise WrongUse(f"--source-url: {url!r} is no address", "it begins with https://")
    entry = Source(
        title=title,
        publisher=text(given.source_publisher, "--source-publisher"),
        date=period(given.source_date, "--source-date", today),
        url=url,
    )
    return [RegisterEntry("sources", name, entry)]
