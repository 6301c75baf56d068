"""Sources in words: who published them, and when."""

from collections.abc import Sequence

from pledges.domain.pledge import Ledger, is_url
from pledges.view.page import Cell, Run, links_cell
from pledges.view.wording.values import period, quote


def publisher(key: str, ledger: Ledger) -> str:
    """Who published a source; its title if that is not known, or the citation itself."""
    source = ledger.sources.get(key)
    return quote((source.publisher or source.title) if source else key)


def citation(key: str, ledger: Ledger) -> str:
    """A source by its publisher and date: "SGGP, 14 Jan 2026"."""
    published = period(ledger.source_date(key))
    return ", ".join(filter(None, [publisher(key, ledger), published]))


def source_of(key: str, ledger: Ledger) -> str:
    """A source in a sentence: "SGGP of 14 Jan 2026"."""
    published = period(ledger.source_date(key))
    return " of ".join(filter(None, [publisher(key, ledger), published]))


def linked_citation(key: str, ledger: Ledger) -> Run:
    """A source by its publisher and date, with its URL if it has one."""
    source = ledger.sources.get(key)
    url = source.url if source else key if is_url(key) else None
    return Run(citation(key, ledger), link=url)


def citations_cell(keys: Sequence[str], ledger: Ledger) -> Cell:
    """Some sources with their links: "SGGP, 14 Jan 2026; VOV, Feb 2026"."""
    return links_cell([linked_citation(key, ledger) for key in keys])


def citations_text(keys: Sequence[str], ledger: Ledger) -> str:
    """Some sources: "SGGP, 14 Jan 2026; VOV, Feb 2026"."""
    return "; ".join(citation(key, ledger) for key in keys)
