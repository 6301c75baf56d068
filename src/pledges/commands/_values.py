"""Reads what is typed for options and questions as values of the model.

It is read in two steps.  The text is checked without a ledger; what it names (a pillar, a party, a
source, a pledge) is looked up later, while the ledger is locked.
"""

import datetime as dt
import math
import re
import shlex
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Any, Final, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from pledges.commands._session import option_period
from pledges.commands._term_options import TermOption, TermOptions, Texts, term_options
from pledges.commands._typed_words import standard_input_text
from pledges.domain.day import DATE_HINT, Interval, Period, day_hint, read_typed_interval
from pledges.domain.edits import RegisterEntry
from pledges.domain.fields import Term, TextKind
from pledges.domain.ids import KnownIds
from pledges.domain.pledge import LARGEST, Every, Ledger, Number, Pledge, Source, is_url
from pledges.domain.spelling import (
    LONGEST_NUMBER,
    is_number,
    match_key,
    may_have_thousands,
    read_number,
    read_word,
)
from pledges.errors import NoSuchPledge, NotADate, UnknownWord, WrongUse, nearest

Values = Mapping[str, Any]  # the values of the options that were used, by their names

Made = TypeVar("Made", bound=Struct)

STDIN: Final = "-"
DAY_HINT: Final = "write a day: 2026-12-31, today, yesterday, or -2w for two weeks ago"
LONGEST_NOTE: Final = 1024 * 1024
NEW_SOURCE: Final = TermOptions(
    term_options(
        Source, "A new source", helps={"title": "The title of a new source; --source gives its id."}
    )
)
"""A source that is added to the register in the same write, under the id of ``--source``."""


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


def in_registers(
    record: Made, options: TermOptions, ledger: Ledger, new: Sequence[RegisterEntry] = ()
) -> Made:
    """A record with the keys of what it names in the ledger, or in its ``new`` entries.

    Raises: ``WrongUse`` with the nearest one, or ``NoSuchPledge``, if the ledger does not have it.
    """
    said = {each: getattr(record, each.term.name) for each in options.of(type(record))}
    keys = {x.term.name: key_in(ledger, x, value, new) for x, value in said.items()}
    return replace(record, **keys)


def key_in(
    ledger: Ledger, option: TermOption, value: Any, new: Sequence[RegisterEntry] = ()
) -> Any:
    """The key of what a value names in a ledger, or in its ``new`` entries; else the value itself.

    Raises: ``WrongUse`` with the nearest one, or ``NoSuchPledge``, if the ledger does not have it.
    """
    if isinstance(value, tuple):
        return option.term.list_kind(
            dict.fromkeys(key_in(ledger, option, each, new) for each in value)
        )
    if not isinstance(value, str):
        return value
    match option.term.text_kind:
        case TextKind.PILLAR | TextKind.PARTY | TextKind.PARTY_OR_TEXT as kind:
            what = "pillar" if kind is TextKind.PILLAR else "party"
            register = ledger.pillars if kind is TextKind.PILLAR else ledger.parties
            text = match_key(value)
            keys = [x for x, title in register.items() if text in (match_key(x), match_key(title))]
            if not keys and kind is not TextKind.PARTY_OR_TEXT:
                raise UnknownWord(what, value, [*register, *register.values()])
            return keys[0] if keys else _text_of_no_party(value, option.flag, register)
        case TextKind.SOURCE:
            return _source_key(value, option.flag, ledger, new)
        case TextKind.PLEDGE:
            found = KnownIds(each.id for each in ledger.pledges).named(value)
            if len(found) != 1:
                raise NoSuchPledge(
                    f"{option.flag}: {value!r} matches {len(found)} pledges", "give the id of one"
                )
            return found[0]
        case _:
            return value


def _text_of_no_party(text: str, label: str, parties: Mapping[str, str]) -> str:
    """A text that names no party, without the quotes that say so.

    Raises: ``WrongUse`` if a party may be meant and there are no quotes around it.
    """
    if len(text) > len('""') and text[0] == text[-1] == '"':
        return typed_text(text[1:-1], label)
    close = nearest(text, [*parties, *parties.values()])
    is_like_a_key = text.isupper() and len(text) <= max(map(len, parties), default=0)
    if close or is_like_a_key:
        quoted = shlex.quote(f'"{text}"')
        meant = f"did you mean {close}?" if close else f"use one of {', '.join(parties)}."
        hint = f"{meant} If not, put it in quotes: {label} {quoted}"
        raise WrongUse(f"{label}: there is no party {text!r}", hint)
    return text


def _source_key(text: str, label: str, ledger: Ledger, new: Sequence[RegisterEntry]) -> str:
    """The id of a source, as the register spells it, or a URL."""
    if is_url(text) or any(each.key == text for each in new):
        return text
    spelt = {match_key(each): each for each in ledger.sources}
    if match_key(text) in spelt:
        return spelt[match_key(text)]
    close = nearest(text, ledger.sources)
    add = "give a URL that begins with https://"
    if label == "--source":
        add = f"add it with --source-title, or {add}"
    hint = f"did you mean {close}? If not, {add}" if close else add
    raise WrongUse(f"{label}: the ledger has no source {text!r}", hint)


def named_pledges(named: Sequence[str], ledger: Ledger) -> list[Pledge]:
    """The pledges that ids and patterns name, each once.

    Raises: ``NoSuchPledge``, also for a pattern that matches none: what is to be written to them
    would be lost.
    """
    pledges = {each.id: each for each in ledger.pledges}
    known = KnownIds(pledges)
    ids: list[str] = []
    for text in named:
        found = known.named(text)
        if not found:
            raise NoSuchPledge(f"no id matches {text!r}", "to see all: pledges list")
        ids += found
    return [pledges[each] for each in dict.fromkeys(ids)]


def new_source(values: Values, cited: Sequence[str], ledger: Ledger) -> list[RegisterEntry]:
    """The entry that the options of a new source make in the register; empty without them.

    Raises: ``WrongUse`` if it can't be made.
    """
    if not values:
        return []
    key = _new_source_key(cited, ledger)
    if "source_title" not in values:
        raise WrongUse("a new source needs a title", "give it with --source-title")
    source = record_of(Source, NEW_SOURCE, values)
    if source.url and not is_url(source.url):
        raise WrongUse(
            f"--source-url: {source.url!r} is not a URL", "a URL begins with https:// or http://"
        )
    return [RegisterEntry("sources", key, source)]


def _new_source_key(cited: Sequence[str], ledger: Ledger) -> str:
    """The one id among what is cited that the register does not have.

    Raises: ``WrongUse`` if there is none, or more than one.
    """
    ids = [each for each in cited if not is_url(each)]
    new = [each for each in ids if each not in ledger.sources]
    if not ids or len(new) > 1:
        hint = "give it with --source, for example --source vov-2026-02"
        raise WrongUse("a new source needs an id", hint)
    key = (new or ids)[0]
    same = next((each for each in ledger.sources if match_key(each) == match_key(key)), None)
    if same:
        hint = "leave out --source-title and the options of a new source"
        raise WrongUse(f"the ledger already has a source {same!r}", hint)
    return key
