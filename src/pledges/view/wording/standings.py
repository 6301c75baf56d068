"""How pledges stand in words, how far off their deadlines are, and whose move it is."""

from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from pledges.clean import JOINT
from pledges.domain.assessment import AssessedPledge, Assessment, Standing
from pledges.domain.pace import Pace
from pledges.domain.pledge import Ledger, Pledge, Strength
from pledges.domain.snapshot import OpenAsk
from pledges.view.page import Tone
from pledges.view.wording.values import day, enumeration, period, readable, span

TENTATIVE: Final[Mapping[Strength | None, str]] = {
    Strength.REQUESTED: "requested of",
    Strength.PROPOSED: "proposed for",
}
"""What is said instead of "owed by" of pledges that are not agreed."""


DATE_PASSED: Final = "date passed"


def owed_by(pledge: Pledge, ledger: Ledger) -> str:
    """Who owes it, by name."""
    return enumeration([ledger.party(party) for party in pledge.owed_by])


def obligation(pledge: Pledge, ledger: Ledger) -> str:
    """Who owes it, or would if it were agreed: "requested of Singapore"; empty if not named."""
    debtors = owed_by(pledge, ledger)
    return f"{TENTATIVE.get(pledge.strength, 'owed by')} {debtors}" if debtors else ""


def whose_move(each: AssessedPledge, ledger: Ledger) -> str:
    """Who has to act, as far as the ledger says: "waiting on Viet Nam", "owed by Singapore"."""
    if each.pledge.waiting_on:
        return f"waiting on {ledger.party(each.pledge.waiting_on)}"
    if each.pledge.lead:
        return f"led by {enumeration([*each.pledge.lead])}"
    return obligation(each.pledge, ledger) or "no party named"


def distance(days_left: int) -> str:
    """How a day lies to the as-of date: "39 days left", "5 months late", "today"."""
    if not days_left:
        return "today"
    return f"{span(days_left)} left" if days_left > 0 else f"{span(-days_left)} late"


def time_left(to: Assessment | OpenAsk) -> str:
    """How far off a deadline is, or how late it was met: "39 days left", "due today".

    What was only asked for is not late: its date is so long past.
    """
    if to.days_left == 0:
        return "due today"
    if isinstance(to, Assessment) and to.standing is Standing.OVERDUE and not to.agreed:
        return f"{span(to.days_late or 0)} past"
    if to.days_late is not None:
        return distance(-to.days_late)
    return "" if to.days_left is None else distance(to.days_left)


class WordEntry(Struct, frozen=True):
    """What a closed word means, and the tone that it has."""

    tone: Tone | None
    meaning: str


STANDINGS: Final[Mapping[Standing, WordEntry]] = {
    Standing.OVERDUE: WordEntry(
        Tone.LATE, "its deadline has passed, and it is not reported completed"
    ),
    Standing.DUE_SOON: WordEntry(Tone.WATCH, "its deadline is at most {warn} away"),
    Standing.REVIEW_DUE: WordEntry(
        Tone.WATCH, "it has no end, and was not reported on for as long as was agreed"
    ),
    Standing.NOT_DUE: WordEntry(None, "its deadline is further away, whatever its progress"),
    Standing.DONE_LATE: WordEntry(Tone.GOOD, "it was reported completed after its deadline"),
    Standing.DONE_ON_TIME: WordEntry(Tone.GOOD, "it was reported completed by its deadline"),
    Standing.DONE: WordEntry(
        Tone.GOOD, "it was reported completed, but had no deadline, or the day is not known"
    ),
    Standing.UNDATED: WordEntry(Tone.MUTED, "it is to be done, and no date is set for it"),
    Standing.ONGOING: WordEntry(Tone.MUTED, "it is continuing work"),
    Standing.DROPPED: WordEntry(Tone.MUTED, "it was withdrawn, or replaced by another"),
}
"""The plan's ``warn_days`` take the place of ``{warn}``."""

PACES: Final[Mapping[Pace, WordEntry]] = {
    Pace.AHEAD: WordEntry(
        Tone.GOOD, f"its progress is 5{JOINT}or more percentage points above its time used"
    ),
    Pace.ON_PACE: WordEntry(
        None, f"its progress is less than 5{JOINT}percentage points from its time used"
    ),
    Pace.BEHIND: WordEntry(
        Tone.WATCH, f"its progress is 5{JOINT}or more percentage points below its time used"
    ),
    Pace.FAR_BEHIND: WordEntry(
        Tone.LATE, f"its progress is 20{JOINT}or more percentage points below its time used"
    ),
}


def kind_sentence(pledge: Pledge) -> str:
    """Its kind, with how often it recurs or should be looked at."""
    text, review = str(pledge.kind), str(pledge.review).replace(" ", JOINT)
    if pledge.every and pledge.since:
        until = f" to {period(pledge.until)}" if pledge.until else ""
        text = f"{text}, every {pledge.every} from {period(pledge.since)}{until}"
    return f"{text}, to be reviewed every {review}" if pledge.review else text


def strength_text(pledge: Pledge) -> str:
    """How firm it is; of the weakest, that they were not agreed."""
    asked = "" if pledge.is_agreed else ": asked for, not agreed"
    return f"{pledge.strength}{asked}" if pledge.strength else ""


def standing_word(assessment: Assessment) -> str:
    """The standing; of what was dropped, whether it was withdrawn or replaced.

    What was only asked for can't be overdue, but its date can pass.
    """
    if assessment.standing is Standing.OVERDUE and not assessment.agreed:
        return DATE_PASSED
    is_dropped = assessment.standing is Standing.DROPPED
    return readable((is_dropped and assessment.status) or assessment.standing)


def standing_tone(assessment: Assessment) -> Tone | None:
    """The tone of the standing."""
    if assessment.standing is Standing.OVERDUE and not assessment.agreed:
        return Tone.WATCH
    return STANDINGS[assessment.standing].tone


def standing_phrase(assessment: Assessment) -> str:
    """The standing, of which period: "due soon for 2026"."""
    text = standing_word(assessment)
    return f"{text} for {period(assessment.period)}" if assessment.period else text


def standing_sentence(assessment: Assessment) -> str:
    """The standing in full: "due soon for 2026: 39 days left, until 31 Dec 2026"."""
    text, left = standing_phrase(assessment), time_left(assessment)
    if assessment.completed:
        late = f", {left}" if left and assessment.due else ""
        return f"{text}, completed on {day(assessment.completed)}{late}"
    if assessment.standing is Standing.DONE and assessment.status_on:
        return f"{text}: completed, first seen on {day(assessment.status_on)}"
    if not left or not assessment.due:
        return text
    if assessment.standing is Standing.OVERDUE and not assessment.agreed:
        return f"{text} on {day(assessment.due)}, {span(assessment.days_late or 0)} ago"
    until = "since" if assessment.standing is Standing.OVERDUE else "until"
    return f"{text}: {left}, {until} {day(assessment.due)}"


def status_on_day(each: AssessedPledge) -> str:
    """The status and its day: "in progress on 18 Dec 2025"; empty without a status."""
    now = each.assessment
    if not now.status or not now.status_on:
        return ""
    seen = ", first seen" if now.standing is Standing.DONE and not now.completed else ""
    return f"{readable(now.status)}{seen} on {day(now.status_on)}"


def status_sentence(each: AssessedPledge) -> str:
    """What was reported, and when: "in progress, reported on 12 Jan 2026"."""
    assessment = each.assessment
    if assessment.status and assessment.status_on:
        is_seen = assessment.standing is Standing.DONE and not assessment.completed
        verb = "first seen" if is_seen else "reported"
        return f"{readable(assessment.status)}, {verb} on {day(assessment.status_on)}"
    if each.pledge.last_news_on is None:
        return "no status: never heard of"
    of = f" for {period(assessment.period)}" if assessment.period else ""
    return f"no status{of}: the news does not give one"


def last_news(each: AssessedPledge) -> str:
    """When it was last reported on: "18 Dec 2025", or "never"."""
    return day(each.pledge.last_news_on) or "never"


def news_age(each: AssessedPledge) -> str:
    """How old the last news is: "10 Feb 2026, 9 months ago; stale"."""
    age = each.assessment.age_days
    if age is None:
        return "never heard of"
    ago = f"{last_news(each)}, {f'{span(age)} ago' if age else 'today'}"
    return f"{ago}; stale" if each.assessment.stale else ago
