"""The rules about references: ids, keys of registers, citations and links lead to a record."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from msgspec.structs import replace

from pledges.clean import character_name, unseen_character
from pledges.domain.pledge import Ledger, Pledge, citations, is_url
from pledges.domain.spelling import match_key
from pledges.errors import nearest
from pledges.ledger.text.finding import Finding, Path

ALL_IDS: Final[Path] = ("pledge", "id")
"""In the place of the paths of the ids of all pledges: there may be a million of them."""

MOST_COMPARED: Final = 500
"""The largest register in which the nearest word is looked for: that takes time for each entry."""


def known_pillar(pledge: Pledge, at: Path, ledger: Ledger) -> Iterator[Finding]:
    """A pledge's pillar is in [pillars]."""
    if pledge.pillar not in ledger.pillars:
        yield _unknown_word("pillar", pledge.pillar, (*at, "pillar"), ledger.pillars, "pillars")


def known_parties(pledge: Pledge, at: Path, ledger: Ledger) -> Iterator[Finding]:
    """Those who owe or asked for a pledge are in [parties], and each is named once."""
    for key, parties in (("owed_by", pledge.owed_by), ("asked_by", pledge.asked_by)):
        for number, party in enumerate(parties):
            if party not in ledger.parties:
                path: Path = (*at, key, number)
                yield _unknown_word("party", party, path, ledger.parties, "parties")
        named: set[str] = set()
        for number, party in enumerate(parties) if len(set(parties)) < len(parties) else ():
            if party in named:
                message = f"{party!r} is named twice"
                yield Finding("duplicate", (*at, key, number), message, "name it once")
            named.add(party)


def known_sources(pledge: Pledge, at: Path, ledger: Ledger) -> Iterator[Finding]:
    """What is cited is in [sources], or is a URL."""
    for source, path in citations(pledge):
        if source not in ledger.sources and not is_url(source):
            yield _unknown_word("source", source, (*at, *path), ledger.sources, "sources")


def linked_pledges(ledger: Ledger) -> Iterator[Finding]:
    """What a pledge is part of, or was superseded by, is another pledge, and not in a circle."""
    numbers = {pledge.id: number for number, pledge in enumerate(ledger.pledges)}
    part_of = {each.id: (each.part_of,) for each in ledger.pledges if each.part_of}
    replaced = {each.id: each.superseded_by for each in ledger.pledges if each.superseded_by}
    for key, links in (("part_of", part_of), ("superseded_by", replaced)):
        circles = _ids_in_circles(links)
        for pledge, others in links.items():
            for at, other in enumerate(others):
                path: Path = ("pledge", numbers[pledge], key, *([at] if len(others) > 1 else []))
                if other not in numbers:
                    unknown = _unknown_word("pledge", other, path, numbers, None)
                    yield replace(unknown, premises=(ALL_IDS,))
                elif pledge in circles and other in circles:
                    message = f"{key} leads in a circle back to {pledge}"
                    yield Finding("reference", path, message, "name another pledge")


def unique_ids(ledger: Ledger) -> Iterator[Finding]:
    """No two pledges have one id, nor two that look alike."""
    if len({match_key(each.id) for each in ledger.pledges}) == len(ledger.pledges):
        return  # as nearly always
    paths = (("pledge", number, "id") for number in range(len(ledger.pledges)))
    for twin in _twins((each.id, path) for each, path in zip(ledger.pledges, paths, strict=True)):
        is_same = twin.name == twin.first_name
        message = f"the id {twin.name!r} is used twice; first at" if is_same else twin.message
        hint, first = "give one of the two another id", twin.first_path
        yield Finding("duplicate", twin.path, message, hint, other_place=first, premises=(first,))


def plain_keys(ledger: Ledger) -> Iterator[Finding]:
    """The keys of a register can be seen and told apart."""
    for table in ("parties", "pillars", "sources"):
        register: Mapping[str, object] = getattr(ledger, table)
        for key in register if unseen_character("".join(register)) else ():
            if unseen := unseen_character(key):
                message = f"{key!r} contains {character_name(unseen)}"
                yield Finding("id", (table, key), message, "delete it", on_key=True)
        for twin in _twins((key, (table, key)) for key in register):
            hint, first = "give one of the two another key", twin.first_path
            yield Finding(
                "duplicate", twin.path, twin.message, hint, on_key=True, other_place=first
            )


def keys_of_parties(ledger: Ledger) -> Iterator[Finding]:
    """The key of a party has no semicolon, which separates the parties in a list."""
    for key in ledger.parties:
        if ";" in key or not key.strip():
            message = f"{key!r} can't be the key of a party"
            hint = "use letters and digits, for example VN"
            yield Finding("id", ("parties", key), message, hint, on_key=True)


class _Twin(NamedTuple):
    """A name that is the same as one before it, or looks the same."""

    name: str
    path: Path
    first_name: str
    first_path: Path

    @property
    def message(self) -> str:
        """How it differs from the other one."""
        is_case = self.name.casefold() == self.first_name.casefold()
        how = "in case" if is_case else "in how its letters are encoded"
        return f"{self.name!r} differs from {self.first_name!r} only {how}; the other is at"


def _twins(names: Iterable[tuple[str, Path]]) -> Iterator[_Twin]:
    """Yield each name after the first one with the same ``match_key``."""
    seen: dict[str, tuple[str, Path]] = {}
    for name, path in names:
        first = seen.setdefault(match_key(name), (name, path))
        if first[1] != path:
            yield _Twin(name, path, *first)


def sources_have_urls(ledger: Ledger) -> Iterator[Finding]:
    """A source's ``url`` is a URL of the web."""
    for key, source in ledger.sources.items():
        if source.url and not is_url(source.url):
            hint = "a URL begins with https:// or http://"
            yield Finding("url", ("sources", key, "url"), f"{source.url!r} is not a URL", hint)


def _unknown_word(
    what: str, word: str, path: Path, register: Mapping[str, object], table: str | None
) -> Finding:
    close = nearest(word, register) if len(register) <= MOST_COMPARED else None
    add = f"add it to [{table}]" if table else "write the id of another pledge"
    if table == "sources":
        add = "add it under [sources], or write a URL that begins with https://"
    hint = f"did you mean {close}?" if close else add
    premises: tuple[Path, ...] = ((table.partition(".")[0], word),) if table else ()
    return Finding("reference", path, f"there is no {what} {word!r}", hint, premises=premises)


def _ids_in_circles(links: Mapping[str, Sequence[str]]) -> set[str]:
    circles: set[str] = set()
    walked: set[str] = set()
    for start in links:
        # Each link is followed once, however long the chains are.
        trail = {start: iter(links[start])} if start not in walked else {}
        places = {start: 0}
        back_to: dict[str, int] = {}  # the first place on the trail to which a link leads back
        while trail:
            here = next(reversed(trail))
            other = next(trail[here], None)
            if other is None:
                walked.add(here)
                del trail[here]
                place = back_to.pop(here, None)
                if place is not None:
                    circles.add(here)
                    if place < len(trail):  # what is before it on the trail is in the circle too
                        before = next(reversed(trail))
                        back_to[before] = min(place, back_to.get(before, place))
            elif other in trail:
                back_to[here] = min(places[other], back_to.get(here, places[other]))
            elif other not in walked:
                places[other] = len(trail)
                trail[other] = iter(links.get(other, ()))
    return circles
