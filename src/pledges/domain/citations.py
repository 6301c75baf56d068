"""The sources that a pledge cites."""

import re
from collections.abc import Iterator

from pledges.domain.pledge import Pledge


def citations(pledge: Pledge) -> Iterator[tuple[str, tuple[str | int, ...]]]:
    """Yield each source that a pledge cites, with its path in the pledge's table."""
    if pledge.source:
        yield pledge.source, ("source",)
    if pledge.measure and pledge.measure.source:
        yield pledge.measure.source, ("measure", "source")
    for number, claim in enumerate(pledge.claims):
        yield claim.source, ("claim", number, "source")
    for number, update in enumerate(pledge.updates):
        if update.source:
            yield update.source, ("update", number, "source")


def cited_sources(pledge: Pledge) -> set[str]:
    """Every source that a pledge, its measure, claims or updates cite."""
    return {source for source, _ in citations(pledge)}


def is_url(source: str) -> bool:
    """Whether a citation is a URL of its own, not the id of a source in the register."""
    return bool(re.fullmatch(r"https?://[^\s/]\S*", source))
