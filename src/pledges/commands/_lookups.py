"""Looks up in the ledger what typed values name: pillars, parties, sources and pledges."""

import shlex
from collections.abc import Mapping, Sequence
from typing import Any, Final

from msgspec.structs import replace

from pledges.commands._term_options import TermOption, TermOptions, term_options
from pledges.commands._values import Made, Values, record_of, typed_text
from pledges.domain.edits import RegisterEntry
from pledges.domain.fields import TextKind
from pledges.domain.ids import KnownIds
from pledges.domain.pledge import Ledger, Pledge, Source, is_url
from pledges.domain.spelling import match_key
from pledges.errors import NoSuchPledge, UnknownWord, WrongUse, nearest

NEW_SOURCE: Final = TermOptions(
    term_options(
        Source, "A new source", helps={"title": "The title of a new source; --source gives its id."}
    )
)
"""A source that is added to the register in the same write, under the id of ``--source``."""


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

    Its key is the one id among what is cited that the register does not have.

    Raises: ``WrongUse`` if there is none, or more than one, or if the entry can't be made.
    """
    if not values:
        return []
    ids = [each for each in cited if not is_url(each)]
    new = [each for each in ids if each not in ledger.sources]
    if not ids or len(new) > 1:
        hint = "give it with --source, for example --source vov-2026-02"
        raise WrongUse("a new source needs an id", hint)
    key = (new or ids)[0]
    if same := [each for each in ledger.sources if match_key(each) == match_key(key)]:
        hint = "leave out --source-title and the options of a new source"
        raise WrongUse(f"the ledger already has a source {same[0]!r}", hint)
    if "source_title" not in values:
        raise WrongUse("a new source needs a title", "give it with --source-title")
    source = record_of(Source, NEW_SOURCE, values)
    if source.url and not is_url(source.url):
        hint = "a URL begins with https:// or http://"
        raise WrongUse(f"--source-url: {source.url!r} is not a URL", hint)
    return [RegisterEntry("sources", key, source)]
