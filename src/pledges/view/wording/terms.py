"""A term of a pledge as people read it, by what the model declares of it."""

import datetime as dt

from pledges.domain.day import Period
from pledges.domain.fields import Term, TextKind
from pledges.domain.pledge import Ledger
from pledges.view.wording.citations import citation
from pledges.view.wording.values import day, number, paragraphs, period, quote


def term_lines(term: Term, value: object, ledger: Ledger) -> list[str]:
    """A term that has no phrase of its own, in a line or, if it is prose, in several."""
    if isinstance(value, tuple):
        parts = [part for each in value for part in term_lines(term, each, ledger)]
        return ["; ".join(parts) if term.text_kind is TextKind.SOURCE else ", ".join(parts)]
    if isinstance(value, str) and term.text_kind is TextKind.PROSE:
        return [*paragraphs(value)]
    if isinstance(value, str):
        return [quote(_term_name(term, str(value), ledger))]
    if isinstance(value, Period | dt.date):
        return [period(value) if isinstance(value, Period) else day(value)]
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not (value or is_number):
        return []
    return [number(value) if isinstance(value, int | float) else str(value)]


def _term_name(term: Term, key: str, ledger: Ledger) -> str:
    match term.text_kind:
        case TextKind.PILLAR:
            return ledger.pillars[key]
        case TextKind.PARTY | TextKind.PARTY_OR_TEXT:
            return ledger.party(key)
        case TextKind.SOURCE:
            return citation(key, ledger)
        case TextKind.PLEDGE:
            return f"{key} ({ledger.titles[key]})" if key in ledger.titles else key
        case _:
            return key
