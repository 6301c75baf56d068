"""What records call each other by: ids, keys of registers, citations and links must resolve."""

from collections.abc import Iterator, Mapping
from typing import Final

from msgspec.structs import replace

from pledges.domain.citations import citations, is_url
from pledges.domain.pledge import Ledger, Pledge
from pledges.errors import nearest
from pledges.ledger.text.finding import Finding, Path

MOST_COMPARED: Final = 500
"""Entries of a register up to which the nearest one is looked for."""


def known_pillar(pledge: Pledge, at: Path, ledger: Ledger) -> Iterator[Finding]:
    """A pledge's pillar stands in [pillars]."""
    if pledge.pillar not in ledger.pillars:
        yield _unknown("pillar", pledge.pillar, (*at, "pillar"), ledger.pillars, "pillars")


def known_parties(pledge: Pledge, at: Path, ledger: Ledger) -> Iterator[Finding]:
    """Those who owe a pledge stand in [parties]."""
    for number, party in enumerate(pledge.owed_by):
        path = (*at, "owed_by", number)
        if party not in ledger.parties:
            yield _unknown("party", party, path, ledger.parties, "parties")
        if party in pledge.owed_by[:number]:
            yield Finding("duplicate", path, f"{party!r} is named twice", "once is enough")


def known_sources(pledge: Pledge, at: Path, ledger: Ledger) -> Iterator[Finding]:
    """What is cited stands in [sources], or is an address."""
    for source, path in citations(pledge):
        if source not in ledger.sources and not is_url(source):
            yield _unknown("source", source, (*at, *path), ledger.sources, "sources.ID")


def linked_pledges(ledger: Ledger) -> Iterator[Finding]:
    """What a pledge is part of, or was superseded by, is another pledge, and not in a circle."""
    places = {pledge.id: at for at, pledge in enumerate(ledger.pledges)}
    ids: tuple[Path, ...] = tuple(("pledge", at, "id") for at in range(len(ledger.pledges)))
    for key in ("part_of", "superseded_by"):
        links = {each.id: getattr(each, key) for each in ledger.pledges if getattr(each, key)}
        circles = _circles(links)
        for pledge, other in links.items():
            path: Path = ("pledge", places[pledge], key)
            if other not in places:
                yield replace(_unknown("pledge", other, path, places, None), premises=ids)
            elif pledge in circles:
                message = f"{key} leads back to {pledge} itself"
                yield Finding("reference", path, message, "name another pledge")


def unique_ids(ledger: Ledger) -> Iterator[Finding]:
    """No two pledges have one id."""
    seen: dict[str, int] = {}
    for at, pledge in enumerate(ledger.pledges):
        if pledge.id in seen:
            first = ("pledge", seen[pledge.id], "id")
            path = ("pledge", at, "id")
            message = f"the id {pledge.id!r} is used twice; first at"
            hint = "give one of the two another id"
            yield Finding("duplicate", path, message, hint, other_place=first, premises=(first,))
        seen.setdefault(pledge.id, at)


def plain_parties(ledger: Ledger) -> Iterator[Finding]:
    """A party's key has no semicolon: lists of parties are written with these between."""
    for key in ledger.parties:
        if ";" in key or not key.strip():
            hint = "for example VN"
            path = ("parties", key)
            yield Finding("id", path, f"{key!r} can't be the key of a party", hint, on_key=True)


def sources_have_addresses(ledger: Ledger) -> Iterator[Finding]:
    """A source's url is an address of the web."""
    for key, source in ledger.sources.items():
        if source.url and not is_url(source.url):
            hint = "it begins with https:// or http://"
            yield Finding("url", ("sources", key, "url"), f"{source.url!r} is no address", hint)


def _unknown(
    what: str, word: str, path: Path, register: Mapping[str, object], table: str | None
) -> Finding:
    close = nearest(word, register) if len(register) <= MOST_COMPARED else None
    add = f"add it to [{table}]" if table else "write the id of another pledge"
    hint = f"did you mean {close}?" if close else add
    premises: tuple[Path, ...] = ((table.partition(".")[0], word),) if table else ()
    return Finding("reference", path, f"there is no {what} {word!r}", hint, premises=premises)


def _circles(links: Mapping[str, str]) -> set[str]:
    """Those from whom the links lead back to themselves."""
    circles: set[str] = set()
    walked: set[str] = set()
    for start in links:
        trail: dict[str, None] = {}
        here: str | None = start
        while here is not None and here not in trail and here not in walked:
            trail[here] = None
            here = links.get(here)
        if here in trail:
            names = list(trail)
            circles.update(names[names.index(here) :])
        walked.update(trail)
    return circles
