"""Pledges as what a calendar has: a whole day on each deadline and each review."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import dropwhile, islice
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from pledges.clean import without_joints
from pledges.domain.assessment import AssessedPledge, Standing
from pledges.domain.deadlines import is_past, periods, periods_over, review_day
from pledges.domain.joint import NamedLedger, plan_keys
from pledges.domain.pledge import Every, Kind, own_name
from pledges.domain.snapshot import Snapshot
from pledges.domain.spelling import search_key
from pledges.view.wording import values as words
from pledges.view.wording.figures import figures_and_status
from pledges.view.wording.standings import obligation, standing_sentence
from pledges.view.wording.titles import citations_text, short_plan_title

MOST_EXCEPTIONS: Final = 1000
"""Periods that are looked at for those that are over already, of one pledge."""

MONTHS: Final = {Every.YEAR: 12, Every.HALF: 6, Every.QUARTER: 3, Every.MONTH: 1}


class Recurrence(Struct, frozen=True):
    """That a day comes again on the last day of every so many months, until the last one.

    ``except_on`` are the days on which nothing is left to do.
    """

    months: int
    until: dt.date | None
    except_on: Sequence[dt.date]


class CalendarEntry(Struct, frozen=True):
    """A whole day in a calendar.

    ``name`` stays the same whatever becomes of the entry; ``revision`` counts what was reported
    since it was made.  ``alarm_days`` is how long before it a reminder is wanted, None for none.
    """

    name: str
    day: dt.date
    title: str
    description: str
    group: str
    revision: int = 0
    alarm_days: int | None = None
    recurrence: Recurrence | None = None
    is_cancelled: bool = False


def calendar_entries(assessed: Iterable[AssessedPledge], of: Snapshot) -> Iterator[CalendarEntry]:
    """Yield the deadlines and reviews of pledges, and the days by which decisions are wanted."""
    for each in assessed:
        if each.assessment.due:
            yield _deadline(each, each.assessment.due, of)
        elif each.pledge.kind is Kind.ONGOING and (day := review_day(each.pledge)):
            yield _entry(each, "review", day, f"Review: {each.pledge.title}", of)
        for number, ask in enumerate(each.pledge.asks, start=1):
            if ask.by:
                word = "Decision wanted" if ask.is_open else "Decided"
                entry = _entry(each, f"ask-{number}", ask.by, f"{word}: {ask.what}", of)
                is_ahead = ask.is_open and not is_past(ask.by, of.as_of)
                warn_days = of.ledger.plans[each.pledge.plan_key].warn_days
                yield replace(entry, alarm_days=warn_days if is_ahead else None)


def _deadline(each: AssessedPledge, due: dt.date, of: Snapshot) -> CalendarEntry:
    pledge, now = each.pledge, each.assessment
    word = "Done" if now.standing.is_done else "Due" if now.agreed else "Asked for"
    recurrence, warn_days = None, of.ledger.plans[pledge.plan_key].warn_days
    if pledge.every and now.period and not now.standing.is_done:  # then no period is left
        months, over = MONTHS[pledge.every], periods_over(pledge)
        later = dropwhile(lambda period: period.last < due, periods(pledge))
        done = [x.last for x in islice(later, MOST_EXCEPTIONS) if x in over]
        recurrence = Recurrence(months, pledge.until.last if pledge.until else None, done)
        warn_days = min(warn_days, 28 * months)  # a reminder of this period, not of the one before
    is_over = now.standing.is_done or now.standing is Standing.DROPPED
    return replace(
        _entry(each, "due", due, f"{word}: {pledge.title}", of),
        alarm_days=None if is_over or (is_past(due, of.as_of) and not recurrence) else warn_days,
        recurrence=recurrence,
    )


def _entry(
    each: AssessedPledge, kind: str, day: dt.date, title: str, of: Snapshot
) -> CalendarEntry:
    pledge, plan = each.pledge, short_plan_title(of.ledger.plans[each.pledge.plan_key])
    lines = [
        obligation(pledge, of.ledger),
        standing_sentence(each.assessment),
        figures_and_status(each),
        citations_text(pledge.source, of.ledger),
        plan,
    ]
    sentences = (words.sentence(words.capital(without_joints(line))) for line in lines if line)
    # It is the same if the ledger is read with others, or from a revision of git.
    alone = NamedLedger(of.ledger, of.name.rpartition(":")[2])
    key = pledge.plan_key or plan_keys([alone])[0]
    calendar = re.sub(r"[\W_]+", "-", search_key(key)).strip("-")
    return CalendarEntry(
        name=f"{own_name(pledge.id)}-{kind}@{calendar}",
        day=day,
        title=f"{title} ({pledge.id})",
        description="\n".join(dict.fromkeys(sentences)),
        group=of.ledger.pillars.get(pledge.pillar, pledge.pillar),
        revision=len(pledge.updates),  # each may have changed what the entry says
        is_cancelled=each.assessment.standing is Standing.DROPPED,
    )
