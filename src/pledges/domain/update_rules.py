"""What may be added to a pledge's history, and the edits that add it.

An update is dated today or earlier, and is checked against what was known of the pledge on the
update's own date.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Annotated, Final

from msgspec import Struct
from msgspec.structs import replace

from pledges.domain.assessment import assess
from pledges.domain.day import period_around
from pledges.domain.deadlines import current_deadline
from pledges.domain.edits import Append, Edit, Put
from pledges.domain.fields import term
from pledges.domain.known import pledge_up_to
from pledges.domain.pace import progress
from pledges.domain.pledge import (
    FINAL,
    Ask,
    Claim,
    Every,
    Kind,
    Ledger,
    Measure,
    Number,
    Pledge,
    Status,
    Text,
    Update,
)
from pledges.domain.repeats import Repeat, repeated_ask, repeated_claim, repeats_of, status_on
from pledges.domain.spelling import search_key


class Addition(Struct, frozen=True, kw_only=True):
    """What there is to add: an update, a decision or a claim, and one of these that was settled.

    ``settle`` is the number of an ask, as ``show`` counts them, or a part of its text.
    """

    update: Update
    ask: Ask | None = None
    settle: Annotated[
        Text | None,
        term("Settle", "Settle an open decision, by its number or its words.", "N|TEXT"),
    ] = None
    claim: Claim | None = None
    settle_claim: Annotated[
        Text | None, term("Settle claim", "Settle an open claim, by its number.", "N")
    ] = None

    @property
    def has_update(self) -> bool:
        """Whether the update says anything but its date, and that it was only seen.

        The source of a claim is cited by the claim.
        """
        silent = Update(date=self.update.date, seen=self.update.seen)
        if self.claim:
            silent = replace(silent, source=self.update.source)
        return self.update != silent


class Refusal(Struct, frozen=True):
    """Why news can't be added to a pledge, and what to do instead."""

    reason: str
    hint: str


FAR_PAST: Final = 1.5
"""The progress from which on a value is hard to believe: past the target by half."""

Rule = Callable[[Addition, Pledge, Ledger], Iterator[Refusal]]


def refusals(news: Addition, pledge: Pledge, ledger: Ledger) -> list[Refusal]:
    """Every reason against adding news to a pledge."""
    return [refusal for rule in RULES for refusal in rule(news, pledge, ledger)]


def addition_edits(news: Addition, pledge: Pledge, ledger: Ledger) -> list[Edit]:
    """The edits that add the news; none if it says nothing new."""
    found: list[Edit] = []
    if news.has_update and not repeats_of(news.update, pledge, ledger):
        found.append(Append(pledge.id, news.update))
    if news.claim and not repeated_claim(news.claim, pledge):
        found.append(Append(pledge.id, news.claim))
    if news.ask and not repeated_ask(news.ask, pledge):
        found.append(Append(pledge.id, news.ask))
    if news.settle is not None:
        number = ask_places(news.settle, pledge)[0]
        found.append(Put(pledge.id, ("ask", number, "settled"), news.update.date))
    if news.settle_claim is not None:
        number = int(news.settle_claim) - 1
        found.append(Put(pledge.id, ("claim", number, "settled"), news.update.date))
    return found


def repeats(news: Addition, pledge: Pledge, ledger: Ledger) -> list[Repeat]:
    """What of the news the ledger says already."""
    found = repeats_of(news.update, pledge, ledger) if news.has_update else []
    others = (
        repeated_ask(news.ask, pledge) if news.ask else None,
        repeated_claim(news.claim, pledge) if news.claim else None,
    )
    return [*found, *filter(None, others)]


def ask_places(words: str, pledge: Pledge) -> list[int]:
    """The places of the open asks that ``words`` name, by number from 1 or by part of the text."""
    still_open = [at for at, ask in enumerate(pledge.asks) if ask.is_open]
    if re.fullmatch(r"\d{1,6}", words, re.ASCII):
        return [at for at in still_open if at + 1 == int(words)]
    return [at for at in still_open if search_key(words) in search_key(pledge.asks[at].what)]


def made_before(news: Addition, pledge: Pledge, _: Ledger) -> Iterator[Refusal]:
    """Nothing is reported of a pledge before it is made, and no deadline is before that."""
    made = pledge.made
    if made and news.update.date < made.first:
        reason = f"{news.update.date} is before the pledge was made, {made.name}"
        yield Refusal(reason, _DATE)
    if made and news.update.due and news.update.due.last < made.first:
        reason = f"the deadline {news.update.due.name} is before the pledge was made, {made.name}"
        yield Refusal(reason, "give a later day or period")


def has_measure(news: Addition, pledge: Pledge, _: Ledger) -> Iterator[Refusal]:
    """A value needs a measure."""
    if news.update.value is not None and not pledge.measure:
        hint = (
            f"leave out --value, or add a measure: pledges set {pledge.id} --unit ... --target ..."
        )
        yield Refusal("it has no measure, so it can't have a value", hint)


def fits_periods(news: Addition, pledge: Pledge, _: Ledger) -> Iterator[Refusal]:
    """Only a recurring pledge has periods: of its own length, from its first to its last.

    It is completed period by period, also before a period begins, and its periods can't be moved.
    """
    update, period = news.update, news.update.period
    if pledge.kind is not Kind.RECURRING:
        if period:
            yield Refusal("only a recurring pledge has periods", "leave out --period")
        return
    length = "half-year" if pledge.every is Every.HALF else pledge.every
    example = period_around(update.date, pledge.every or Every.YEAR).name
    if period and period.length != pledge.every:
        reason = f"{period.name} is not a {length}, and it recurs every {length}"
        yield Refusal(reason, f"give a {length}, for example --period {example}")
    elif period and pledge.since and period.first < pledge.since.first:
        yield Refusal(
            f"{period.name} is before its first period, {pledge.since.name}", "give a later period"
        )
    elif period and pledge.until and period.last > pledge.until.last:
        yield Refusal(
            f"{period.name} is after its last period, {pledge.until.name}", "give an earlier period"
        )
    if update.status is Status.COMPLETED and not period:
        yield Refusal(
            "a recurring pledge is completed period by period",
            f"give the period, for example --period {example}",
        )
    if update.due:
        yield Refusal(
            "the periods of a recurring pledge can't be moved", "write it in a --note instead"
        )


def steps_back_with_a_word(news: Addition, pledge: Pledge, ledger: Ledger) -> Iterator[Refusal]:
    """A step back from completed, withdrawn or superseded needs a note."""
    update = news.update
    if update.status is None or update.note:
        return
    now = status_on(pledge, update, ledger)
    if now and now.is_final and update.status is not now:
        reason = f"it was reported {now}; a change to {update.status} needs a reason"
        yield Refusal(reason, "give the reason with --note")


def withdrawn_with_a_word(news: Addition, pledge: Pledge, ledger: Ledger) -> Iterator[Refusal]:
    """Withdrawing needs a note, or a source that says so."""
    update = news.update
    if update.status is not Status.WITHDRAWN or update.note or update.source:
        return
    now = status_on(pledge, update, ledger)
    if now not in FINAL:  # a step back from these needs a note in any case
        reason = "withdrawing it needs a reason"
        yield Refusal(reason, "give the reason with --note, or who said so with --source")


def value_with_a_word(news: Addition, pledge: Pledge, ledger: Ledger) -> Iterator[Refusal]:
    """A value that turns the record round needs a note: mostly it is mistyped."""
    if news.update.value is None or news.update.note or not pledge.measure:
        return
    known = assess(pledge_up_to(pledge, news.update.date), news.update.date, ledger.plan)
    if reason := odd_value_reason(news.update, pledge.measure, known.value, known.value_on):
        yield Refusal(reason, "check the value; if it is right, say why with --note")


def odd_value_reason(
    update: Update, measure: Measure, before: Number | None, before_on: dt.date | None
) -> str | None:
    """Why the value of an update without a note is hard to believe; None if it is not.

    ``before`` is the value that was known of the measure until then, of the day ``before_on``.
    """
    value, base, target = update.value, measure.baseline, measure.target
    if value is None or update.note:
        return None
    sign = -1 if base is not None and target is not None and target < base else 1
    done = progress(replace(measure, baseline=base or 0), update)
    less = "below" if sign > 0 else "above"
    if base is not None and target is not None and sign * value < sign * base:
        return f"{value:,} is {less} its baseline of {base:,}, away from the target"
    if before is not None and sign * value < sign * before:
        return f"{value:,} is {less} the {before:,} of {before_on}, away from the target"
    if done is not None and done > FAR_PAST:
        return f"{value:,} is far past the target of {target:,}"
    return None


def moves_with_a_reason(news: Addition, pledge: Pledge, _: Ledger) -> Iterator[Refusal]:
    """A deadline is moved with a reason; one that is set for the first time needs none."""
    if news.update.due and not news.update.why and current_deadline(pledge):
        yield Refusal("a moved deadline needs a reason", "give it with --why")


def settles_one(news: Addition, pledge: Pledge, _: Ledger) -> Iterator[Refusal]:
    """What is settled is exactly one open ask, on the day it was asked for or later."""
    if news.settle is None:
        return
    found = ask_places(news.settle, pledge)
    asks = enumerate(pledge.asks, start=1)
    still_open = [f"{number}: {ask.what}" for number, ask in asks if ask.is_open]
    if len(found) == 1:
        asked = pledge.asks[found[0]].date
        if news.update.date < asked:
            reason = f"the decision was asked for on {asked}, and can't be settled before"
            yield Refusal(reason, _DATE)
    elif not still_open:
        yield Refusal("it has no open decision", "leave out --settle")
    else:
        matches = "several open decisions match" if found else "no open decision matches"
        hint = f"give its number or some of its words: {'; '.join(still_open)}"
        yield Refusal(f"{matches} {news.settle!r}", hint)


def claims_another_term(news: Addition, pledge: Pledge, _: Ledger) -> Iterator[Refusal]:
    """A claim gives another deadline than the pledge has, or another target of its measure."""
    claim, measure = news.claim, pledge.measure
    if not claim:
        return
    if claim.target is not None and not measure:
        hint = f"leave out --claim-target, or add a measure: pledges set {pledge.id} --unit ..."
        yield Refusal("it has no measure, so nothing can claim another target", hint)
    elif claim.target is not None and measure and claim.target == measure.target:
        yield Refusal(f"its target is {claim.target:,} already", "leave out --claim-target")
    if claim.due and pledge.kind is Kind.RECURRING:
        reason = "a recurring pledge is due at the end of each period"
        yield Refusal(reason, "write it in a --note instead")
    elif claim.due and claim.due == current_deadline(pledge):
        yield Refusal(f"its deadline is {claim.due.name} already", "leave out --claim-due")


def settles_a_claim(news: Addition, pledge: Pledge, _: Ledger) -> Iterator[Refusal]:
    """What is settled is an open claim, by its number."""
    if news.settle_claim is None:
        return
    still_open = [str(at) for at, claim in enumerate(pledge.claims, start=1) if claim.is_open]
    if not still_open:
        yield Refusal("it has no open claim", "leave out --settle-claim")
    elif news.settle_claim not in still_open:
        number = int(news.settle_claim) if news.settle_claim.isdecimal() else 0
        settled = pledge.claims[number - 1].settled if 0 < number <= len(pledge.claims) else None
        what = f"claim {number} was settled on {settled}" if settled else "it has no such claim"
        yield Refusal(what, f"still open: {', '.join(still_open)}")


_DATE: Final = "give the day on which it happened with --date"

RULES: Final[Sequence[Rule]] = (
    made_before,
    has_measure,
    fits_periods,
    steps_back_with_a_word,
    withdrawn_with_a_word,
    value_with_a_word,
    moves_with_a_reason,
    settles_one,
    claims_another_term,
    settles_a_claim,
)
