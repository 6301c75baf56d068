"""Ledgers to test with: records of only the terms that a test is about, and the shipped ledger."""

from datetime import date
from functools import cache
from pathlib import Path

import msgspec

from pledges.domain.assessment import AssessedPledge, assess
from pledges.domain.day import Interval, Period, read_interval, read_period
from pledges.domain.fields import Several
from pledges.domain.known import known_ledger
from pledges.domain.pledge import Ledger, Pledge, Update
from pledges.ledger.reading.decode import decode

SHIPPED = Path(__file__).parents[1] / "commitments.toml"


def day(text: str) -> date:
    """The day that ``text`` names, as in ``2026-12-31``."""
    return date.fromisoformat(text)


def a_pledge(*history: Update, **terms: object) -> Pledge:
    """A pledge with these terms, spelt as in a ledger, and this history."""
    some = {"id": "ECO-01", "title": "Open the market", "pillar": "economy"}
    return msgspec.convert({**some, "update": history, **terms}, Pledge, dec_hook=_read)


def an_update(on: str, **terms: object) -> Update:
    """One dated entry of a history, its terms spelt as in a ledger."""
    return msgspec.convert({"date": on, **terms}, Update, dec_hook=_read)


def a_ledger(*pledges: Pledge, **tables: object) -> Ledger:
    """A ledger of these pledges, its other tables spelt as in a file."""
    some = {"plan": {"title": "Plan of Action"}, "pillars": {"economy": "Economy"}}
    return msgspec.convert({**some, "pledge": pledges, **tables}, Ledger, dec_hook=_read)


@cache
def shipped() -> Ledger:
    """The ledger at the project's root."""
    return decode(SHIPPED.read_text(encoding="utf-8"), SHIPPED.name)


def assessed_on(ledger: Ledger, as_of: date) -> list[AssessedPledge]:
    """What is known of each pledge on ``as_of``, and how it stands that day."""
    known = known_ledger(ledger, as_of)
    return [AssessedPledge(each, assess(each, as_of, known.plan)) for each in known.pledges]


def _read(kind: type, value: object) -> Period | Interval | Several:
    if kind is Several:
        return Several([value] if isinstance(value, str) else value)  # type: ignore[arg-type]
    return read_interval(str(value)) if kind is Interval else read_period(str(value))
