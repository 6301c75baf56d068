"""Reads what is typed for options and questions as values of the model.

It is read in two steps.  The text is checked without a ledger; what it names (a pillar, a party, a
source, a pledge) is looked up later, while the ledger is locked.
"""

import datetime as dt
import math
import re
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Any, Final, TypeVar

from msgspec import Struct

from pledges.commands._session import option_period
from pledges.commands._term_options import TermOptions, Texts
from pledges.commands._typed_words import standard_input_text
from pledges.domain.day import DATE_HINT, Interval, Period, day_hint, read_typed_interval
from pledges.domain.fields import Term, TextKind
from pledges.domain.pledge import LARGEST, Every, Number
from pledges.domain.spelling import (
    LONGEST_NUMBER,
    is_number,
    may_have_thousands,
    read_number,
    read_word,
)
from pledges.errors import NotADate, WrongUse

Values = Mapping[str, Any]  # the values of the options that were used, by their names

Made = TypeVar("Made", bound=Struct)

STDIN: Final = "-"
DAY_HINT: Final = "write a day: 2026-12-31, today, yesterday, or -2w for two weeks ago"
LONGEST_NOTE: Final = 1024 * 1024


def read_values(options: TermOptions, texts: Texts, today: dt.date) -> Values:
    """What was typed for options, as far as it can be known without a ledger.

    Raises: ``WrongUse`` at the first text that is not valid.
    """
    given = [each for each in options.options if each.name in texts]
    return {x.name: option_value(x.term, texts[x.name], x.flag, today) for x in given}


def option_value(term: Term, typed: str | Sequence[str], label: str, today: dt.date) -> Any:
    """What was typed for a term; keys of a list may have commas between them.

    ``label`` names in a message what it was typed for.

    Raises: ``WrongUse``.
    """
    if not term.is_list:
        return _read(term, str(typed), label, today)
    parts = [typed] if isinstance(typed, str) else list(typed)
    if term.text_kind is not TextKind.PLAIN:
        split = [re.split("[,;]", typed_text(text, label, today)) for text in parts]
        parts = [part for each in split for part in each if part.strip()]
    if not parts:
        raise WrongUse(f"{label} is empty", "write something, or leave it out")
    return term.list_kind(dict.fromkeys(_read(term, part, label, today) for part in parts))


def _read(term: Term, text: str, label: str, today: dt.date) -> object:
    if issubclass(term.kind, StrEnum):
        return read_word(term.kind, "period length" if term.kind is Every else term.name, text)
    if term.text_kind is TextKind.PILLAR:
        return text  # an empty one too: the error lists the pillars
    if term.text_kind is TextKind.PROSE and text == STDIN:
        prompt = f"Type the text for {label}; end it with Ctrl-D on an empty line."
        text = standard_input_text("text", prompt, f"{label} -: ", LONGEST_NOTE)
        text = "\n".join(line.rstrip() for line in re.split(r"\r\n|\r|\n", text))
    return READERS[term.kind](text, label, today)


def typed_text(text: str, label: str, _: dt.date | None = None) -> str:
    """A text without the spaces around it.

    Raises: ``WrongUse`` if it is empty or is not valid UTF-8.
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        raise WrongUse(f"{label} is not valid UTF-8") from None
    if not text.strip():
        raise WrongUse(f"{label} is empty", "write something, or leave it out")
    return text.strip()


def typed_number(text: str, label: str, _: dt.date | None = None) -> Number:
    """A number, written in digits.

    Raises: ``WrongUse`` if it is not a number, or could be read as two different ones.
    """
    plain = text.strip()
    if plain.startswith("+"):
        total = "a value is the new total, not a change: write the total"
        hint = total if label.endswith("value") else f"write it without +: {plain[1:]}"
        raise WrongUse(f"{label}: {plain} begins with +", hint)
    if not is_number(plain):
        hint = "write it in digits without separators, such as 1200 or 12.5"
        raise WrongUse(f"{label}: {text!r} is not a number", hint)
    if len(text) > LONGEST_NUMBER:
        raise WrongUse(f"{label}: this number is too long", "write it in fewer digits")
    if may_have_thousands(plain):
        hint = f"write {plain.replace('.', '')}, or {plain}0 if it is a decimal"
        raise WrongUse(f"{label}: {plain} can be read in two ways", hint)
    value = read_number(plain)
    if not math.isfinite(value) or abs(value) > LARGEST:
        raise WrongUse(f"{label}: {text} is too large", "use a larger unit")
    return value


def typed_day(text: str, label: str, today: dt.date) -> dt.date:
    """A single day.

    Raises: ``NotADate``, also for a period that is longer.
    """
    try:
        period = option_period(text, label, today)
    except NotADate as error:
        hint = DAY_HINT if day_hint(error) == DATE_HINT else error.hint
        raise NotADate(error.text, error.reason, hint) from None
    if not period.is_day:
        hint = f"give a day from {period.first} to {period.last}"
        raise NotADate(text, f"{label}: {period.name} is not a single day", hint)
    return period.first


def _typed_interval(text: str, label: str, _: dt.date) -> Interval:
    try:
        return read_typed_interval(text)
    except NotADate as error:
        raise NotADate(error.text, f"{label}: {error.reason}", error.hint) from None


READERS: Final[Mapping[type, Callable[[str, str, dt.date], object]]] = {
    str: typed_text,
    bool: lambda text, *_: text == "yes",
    float: typed_number,
    Period: option_period,
    dt.date: typed_day,
    Interval: _typed_interval,
}
"""What reads a text, by the type of its value; words of a closed set are read as these."""


def record_of(kind: type[Made], options: TermOptions, values: Values, /, **usual: Any) -> Made:
    """The record that the values of options make; ``usual`` is what it has without them."""
    own = {x.term.name: values[x.name] for x in options.of(kind) if x.name in values}
    return kind(**{**usual, **own})
