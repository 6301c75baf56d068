"""Single values in words: days, numbers, shares, closed words, and texts of the ledger."""

import datetime as dt
import math
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from pledges.clean import JOINT, without_joints
from pledges.domain.day import MONTH_NAMES, Period
from pledges.domain.pledge import Number

MONTHS: Final = [name[:3] for name in MONTH_NAMES]

SENTENCE_END: Final = r"[.!?\u2026\u3002\uff01\uff1f\u061f][\"'\u201d\u2019)]?$"
"""A mark that ends a sentence, in the scripts of most ledgers, and a quote or bracket after it."""

URL_END: Final = r"(?i)(?:https?://|www\.)\S+$"
"""A URL that ends a text: a full stop after it would be taken for a part of it."""

LIST_ITEM: Final = r"[-*+\u2022\u2013] |\d{1,3}[.)] "  # what an item of a list begins with

DAYS_UP_TO: Final = 62  # the longest span, of two months, that is told in days
MONTHS_UP_TO: Final = 731  # the longest, of two years, that is told in months
DAYS_IN_A_MONTH: Final = 30.4375
DAYS_IN_A_YEAR: Final = 365.25

MOST_NAMED: Final = 12  # ids, rows and periods that a sentence names at most
LONGEST: Final = 300  # the most characters of a text from the ledger that a line of a list has

_MONTH: Final = f"(?:{'|'.join(f'{name[:3]}(?:{name[3:]})?' for name in MONTH_NAMES)})"
_DATE: Final = rf"\b(?:\d{{1,2}} )?(?:{_MONTH}|Q[1-4]|H[12]) \d{{4}}\b"
_YEAR: Final = r"(?:19|20)\d\d\b"  # it belongs no more to the word after it than to the one before
_FIGURE: Final = rf"(?<!\S)([^\w\s]*(?!{_YEAR})\d[\d.,]*%?) (?=[^\W\d])(?!(?i:https?://|www\.))"


READABLE: Final = {
    "not-due": "not due yet",
    "undated": "no deadline",
    "ongoing": "no end date",
    "dropped": "withdrawn or replaced",
    "superseded": "replaced",
    "unreported": "no status",
}
"""The closed words that people read in other words."""


def readable(word: str) -> str:
    """A closed word as people read it: ``done-on-time`` is "done on time"."""
    return READABLE.get(word) or word.replace("-", " ")


def label(name: str) -> str:
    """A field's name as a heading: ``owed_by`` is "Owed by"."""
    return name.replace("_", " ").capitalize()


def day(date: dt.date | None) -> str:
    """A day with its month in letters: "31 Dec 2026"; empty if there is none."""
    return f"{date.day}{JOINT}{month(date)}" if date else ""


def month(date: dt.date) -> str:
    """The month of a day: "Dec 2026"."""
    return f"{MONTHS[date.month - 1]}{JOINT}{date.year:04}"


def period(span: Period | None) -> str:
    """A period: "31 Dec 2026", "Nov 2026", "Q4 2026" or "2026"; empty if there is none."""
    if not span or span.is_day:
        return day(span.first if span else None)
    return f"{part_of_year(span)}{JOINT}{span.name[:4]}".lstrip(JOINT)


def part_of_year(span: Period) -> str:
    """What a period is within its year: "Nov", "Q4" or "H2"; empty for a whole year."""
    _, _, part = span.name.partition("-")
    return MONTHS[int(part) - 1] if part.isdecimal() else part


def number(value: Number) -> str:
    """A number with its thousands apart: "1,096"."""
    whole = isinstance(value, float) and value.is_integer()
    return f"{int(value) if whole else value:,}"


def count(how_many: int, one: str, many: str | None = None) -> str:
    """A number of things: "1 pledge", "58 pledges"."""
    return f"{how_many:,}{JOINT}{one if how_many == 1 else many or one + 's'}"


def be(how_many: int, *, past: bool = False) -> str:
    """The verb for so many: "is" or "are", in the ``past`` "was" or "were"."""
    one, many = ("was", "were") if past else ("is", "are")
    return one if how_many == 1 else many


def part(some: int, total: int) -> str:
    """How many pledges of how many: "58 pledges", "1 of 58 pledges"."""
    pledges = count(total, "pledge")
    return f"{some:,}{JOINT}of {pledges}" if some != total else pledges


def no_match(total: int, as_of: dt.date) -> str:
    """The sentence for an empty answer: there are no pledges, or none matches."""
    if not total:
        return f"No pledges as of {day(as_of)}."
    return f"No pledge matches ({total:,} as of {day(as_of)})."


def days(how_many: int) -> str:
    """A span in days, to the day: "1,096 days"."""
    return count(how_many, "day")


def span(how_many_days: int) -> str:
    """A span as people say it: "39 days", over two months "13 months", over two years "24 years".

    The day from or up to which it runs has to be said with it.
    """
    if how_many_days <= DAYS_UP_TO:
        return days(how_many_days)
    if how_many_days <= MONTHS_UP_TO:
        return count(round(how_many_days / DAYS_IN_A_MONTH), "month")
    return count(round(how_many_days / DAYS_IN_A_YEAR), "year")


def whole_percents(fraction: float) -> int:
    """A fraction as whole percents, rounded half up: 0.625 is 63.

    What is not all of it is at most 99.
    """
    rounded = math.floor(round(100 * fraction, 9) + 0.5)
    return min(rounded, 99) if fraction < 1 else rounded


def percent(fraction: float | None) -> str:
    """A fraction in words: 0.625 is "63%"; empty if there is none.

    Nothing that is not whole is 100%, and nothing that is not nothing is 0%.
    """
    if fraction is None:
        return ""
    percents = whole_percents(fraction)
    if not percents and fraction:
        return "under 1%" if fraction > 0 else "under 0%"
    return f"over {percents}%" if percents == 100 and fraction > 1 else f"{percents:,}%"  # noqa: PLR2004  (all of it)


def enumeration(parts: Sequence[str]) -> str:
    """Parts in a sentence: "a", "a and b", "a, b and c"."""
    return " and ".join(part for part in (", ".join(parts[:-1]), *parts[-1:]) if part)


def first_few(names: Sequence[str]) -> list[str]:
    """The names that a sentence has room for, then how many more there are: "4 more"."""
    rest = len(names) - MOST_NAMED
    return [*names[:MOST_NAMED], *([f"{rest:,}{JOINT}more"] if rest > 0 else [])]


def paragraphs(text: str) -> Iterable[str]:
    """The paragraphs and list items of a long text of the ledger, each in one line."""
    parts: list[list[str]] = []
    is_open = False
    # ``splitlines`` would break a line at controls, too, which are shown and end none.
    for line in (each.strip() for each in re.split(r"\r\n|\r|\n", text)):
        if is_open and line and not re.match(LIST_ITEM, line):
            parts[-1].append(line)  # an editor broke the line where its window ended
        elif line:
            parts.append([line])
        is_open = bool(line)
    return map(quote, map(" ".join, parts))


def excerpt(text: str, longest: int = LONGEST) -> str:
    """A text of the ledger in one line, with its joints, cut if it is longer."""
    return beginning(quote(text), longest)


def beginning(text: str, longest: int) -> str:
    """``text`` in one line of at most so many characters, cut between two words if possible."""
    line = " ".join(text.split())
    if len(line) <= longest:
        return line
    begin = line[: longest - 3]
    kept, _, rest = without_joints(begin).rpartition(" ")
    return f"{begin[: len(kept)] if len(kept) > len(rest) else begin}..."


def capital(text: str) -> str:
    """``text`` with a capital letter at its beginning, unless it begins with a URL."""
    return text if re.match(r"https?://|www\.", text) else text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """``text`` with a full stop, unless it ends with a mark of its own, or with a URL."""
    is_ended = re.search(SENTENCE_END, text) or re.search(URL_END, text)
    return text if is_ended else f"{text}."


def without_stop(text: str) -> str:
    """``text`` without its full stop, if more of a sentence follows; dots of what is cut stay."""
    return text if text.endswith("...") else text.removesuffix(".")


@lru_cache(maxsize=4096)  # a title is quoted in each place that names its pledge
def quote(text: str) -> str:
    """A text of the ledger, with joints inside its dates and between its figures and units."""
    if not re.search(r"\d", text):  # most have none, and the searches take longer
        return text
    dates = re.sub(_DATE, lambda found: found[0].replace(" ", JOINT), text)
    return re.sub(_FIGURE, rf"\1{JOINT}", dates)


def quotation(words: str) -> str:
    """The words of a source in quotes, without their full stop."""
    return f'"{excerpt(words).rstrip(".")}"'


def bar_legend(done: str, left: str, unknown: str, time: str) -> str:
    """What the signs mean that bars are drawn with."""
    return f"Bars: {done} done, {left} to do, {unknown} not measured, {time} time used."
