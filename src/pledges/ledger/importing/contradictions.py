"""Where a sheet contradicts the ledger, it is not believed: a spreadsheet may have spoilt it."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, Final

from pledges.domain.day import Period, read_period
from pledges.domain.deadlines import current_deadline
from pledges.domain.pledge import Ledger, Pledge
from pledges.domain.spelling import match_key, search_key
from pledges.errors import NotADate
from pledges.ledger.importing.cell_texts import quotation
from pledges.ledger.reading.decode import Table
from pledges.ledger.text.finding import Finding, Path

_MONTHS: Final = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
MADE_DAY: Final = re.compile(
    rf"\d{{1,2}}-({_MONTHS})|({_MONTHS})-\d{{2}}|\d{{4}}-\d{{2}}-\d{{2}}"
    r"|\d{1,2}/\d{1,2}/(\d{2}|\d{4})"
)
"""What a spreadsheet makes of an id such as MAR-01."""

_AS_TEXT: Final = "give the column the format Text"
_LOST: Final = re.compile("([?\ufffd]+)")


class Contradictions:
    """Finds what speaks against the ledger.

    ``given_ids`` are all that the sheet has, ``meant_ids`` those that a mapping gives for others.
    """

    def __init__(
        self, ledger: Ledger, given_ids: frozenset[str], meant_ids: frozenset[str]
    ) -> None:
        self.meant_ids = meant_ids
        self.pledges = {each.id: each for each in ledger.pledges}
        self.given_ids = given_ids
        self.titles = {match_key(each.title): each.id for each in reversed(ledger.pledges)}

    def findings(self, table: Table) -> list[Finding]:
        """What a row says that can't be meant, by its places in the table."""
        given = table.get("id")
        if not isinstance(given, str):
            return []
        old = self.pledges.get(given)
        if not self.pledges and not self._is_day(given):
            return []  # what is new to an empty ledger contradicts nothing
        found = list(self._wrong_id(given, old, table.get("title")))
        if old and not found:
            found = [*_spoilt_title(old, table.get("title")), *_swapped_days(old, table)]
        return found

    def _is_day(self, given: str) -> bool:
        return given not in self.meant_ids and MADE_DAY.fullmatch(given) is not None

    def _wrong_id(self, given: str, old: Pledge | None, title: Any) -> Iterator[Finding]:
        """Yield a finding if the id is a day, or the title is that of another pledge."""
        meant = self.titles.get(match_key(title)) if isinstance(title, str) else None
        if old and (meant is None or match_key(old.title) == match_key(title)):
            return
        is_day = not old and self._is_day(given)
        mapped = f'in a mapping [words.id] "{given}"'
        if meant and (old or is_day or meant not in self.given_ids):
            message = f"the title is that of {meant}"
            other_way = f"rename it: pledges set {meant} --id {given}"
            if is_day:
                message, other_way = f"{given} is a day, and {message}", f'{mapped} = "{meant}"'
            if old:
                message += f"; that of {given} is {quotation(old.title)}"
            hint = f"{_AS_TEXT}, and write {meant}; or {other_way}"
            yield Finding("contradiction", ("id",), message, hint)
        elif is_day:
            message = f"the id is a day, {given}"
            with suppress(NotADate):
                day = read_period(given).first
                message = f"the id is a day, {day.day} {day:%B} {day.year}"
            hint = f'{_AS_TEXT}, and write the id again; or {mapped} = "..."'
            yield Finding("contradiction", ("id",), message, hint)


def _spoilt_title(old: Pledge, title: Any) -> Iterator[Finding]:
    """Yield a finding if a title is the old one without its accents or some of its letters."""
    if not isinstance(title, str) or title == old.title:
        return
    reason = None
    if search_key(title) == search_key(old.title) and _accents(title) < _accents(old.title):
        reason = "its accents were lost"
    elif _is_without_letters(title, old.title):
        reason = "its letters were lost"
    if reason:
        message = f"this is the title of {old.id}, but {reason}"
        hint = 'save the sheet as "CSV UTF-8", or name its encoding with --encoding'
        hint += f"; to change the title: pledges set {old.id} --title ..."
        yield Finding("contradiction", ("title",), message, hint)


def _accents(text: str) -> int:
    """How many marks a text has above or below its letters; a stroke is one too."""
    marks = sum(unicodedata.category(each) == "Mn" for each in unicodedata.normalize("NFD", text))
    return marks + sum(each in "đĐłŁøØ" for each in text)


def _is_without_letters(given: str, title: str) -> bool:
    """Whether a title was saved in an encoding that lacks its letters, or read in a wrong one."""
    if _LOST.search(given):
        parts = [
            f".{{{len(part)},{3 * len(part)}}}" if at % 2 else re.escape(part)
            for at, part in enumerate(_LOST.split(given))
        ]
        return re.fullmatch("".join(parts), unicodedata.normalize("NFC", title)) is not None
    with suppress(UnicodeError):
        return given.encode("cp1252").decode("utf-8") == title
    return False


def _swapped_days(old: Pledge, table: Table) -> Iterator[Finding]:
    """Yield the days that are those of the ledger with day and month changed places."""
    measure = table.get("measure")
    date = measure.get("baseline_date") if isinstance(measure, dict) else None
    before = old.measure.baseline_date if old.measure else None
    known: list[tuple[Path, Any, Period | dt.date | None, str]] = [
        (("due",), table.get("due"), current_deadline(old), "update {} --due {} --why '...'"),
        (("made",), table.get("made"), old.made, "set {} --made {}"),
        (("measure", "baseline_date"), date, before, "set {} --baseline-date {}"),
    ]
    for path, given, kept, command in known:
        day = kept.last if isinstance(kept, Period) and kept.is_day else kept
        with suppress(NotADate, ValueError):
            new = read_period(str(given)).last
            if new != day and dt.date(new.year, new.day, new.month) == day:
                said = f"the day in the ledger is {day}; {new} is that with day and month swapped"
                hint = f"write {day}; if it is right: pledges {command.format(old.id, new)}"
                yield Finding("contradiction", path, said, hint)
