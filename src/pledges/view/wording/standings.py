"""How pledges stand in words, how far off their deadlines are, and who owes or says so."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from msgspec import Struct

from pledges.clean import JOINT
from pledges.domain.assessment import AssessedPledge, Assessment, Standing
from pledges.domain.counts import Tally, standing_counts
from pledges.domain.pace import Pace
from pledges.domain.pledge import Ledger, Plan, Pledge, Strength, is_url
from pledges.domain.snapshot import OpenAsk
from pledges.domain.sorting import GroupBy
from pledges.view.page import Cell, Run, Tone, links_cell
from pledges.view.wording.values import (
    count,
    day,
    enumeration,
    label,
    period,
    quote,
    readable,
    span,
)

TENTATIVE: Final[Mapping[Strength | None, str]] = {
    Strength.REQUESTED: "requested of",
    Strength.PROPOSED: "proposed for",
}
"""What is said instead of "owed by" of pledges that are not agreed."""


FEW_PLANS: Final = 5  # so many plans are named in a title, more are counted
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


def group_title(by: GroupBy, key: str, ledger: Ledger) -> str:
    """The name of a group of pledges."""
    if by is GroupBy.PLAN:
        return plan_title(ledger, key)
    if by is GroupBy.PILLAR:
        return quote(ledger.pillars[key])
    if not key:
        nobody = {GroupBy.PARTY: "No party named", GroupBy.LEAD: "No lead named"}
        return nobody.get(by, f"No {by} given")
    if by is GroupBy.PARTY:
        return enumeration([ledger.parties[party] for party in key.split(";")])
    return key if by is GroupBy.LEAD else label(readable(key))


def plan_title(ledger: Ledger, key: str) -> str:
    """The title of one of the plans of a ledger, after the name that its ids begin with."""
    title = quote(ledger.plans[key].title)
    return f"{key}: {title}" if key else title


def short_title(ledger: Ledger) -> str:
    """What the plan is called if there is little room; of several, how many there are."""
    return count(len(ledger.plans), "plan") if ledger.is_joint else short_plan_title(ledger.plan)


def short_plan_title(plan: Plan) -> str:
    """What one plan is called if there is little room."""
    return quote(plan.short or plan.title)


def full_title(ledger: Ledger) -> str:
    """The title of the plan; of several the names of a few, or how many there are."""
    if not ledger.is_joint:
        return ledger.plan.title
    names = f": {enumeration([*ledger.plans])}" if len(ledger.plans) <= FEW_PLANS else ""
    return f"{count(len(ledger.plans), 'plan')}{names}"


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


def word_counts(counts: Mapping[Standing, int] | Mapping[str, int]) -> str:
    """How many have which standing or status: "1 overdue, 2 due soon"."""
    return ", ".join(f"{n:,}{JOINT}{readable(word)}" for word, n in counts.items())


def on_time_counts(tally: Tally) -> str:
    """Those with a deadline: "1 overdue, 2 due soon, 4 on course; 0 of 7 done"."""
    done = f"{tally.dated_done:,}{JOINT}of {tally.dated:,}{JOINT}done"
    return "; ".join(part for part in (word_counts(tally.dated_standings), done) if part)


def news_counts(tally: Tally) -> str:
    """Of those with news, how many are stale, and how many never were: "12 of these stale; ..."."""
    stale = f"{tally.stale:,}{JOINT}of these stale" if tally.stale else ""
    silent = tally.total - tally.with_news
    never = f"{silent:,}{JOINT}never heard of" if silent else ""
    return "; ".join(part for part in (stale, never) if part) or "none stale"


def agreed_and_asked(chosen: Tally, known: Tally | None = None) -> str:
    """How many are agreed, and beside them those that are not, of how many that are ``known``.

    For example "52 pledges agreed; 6 more were asked for, not agreed".
    """
    known = known or chosen
    if not (known.asked or known.headings):
        return _of(chosen.total, known.total)
    parts = [f"{_of(chosen.total, known.total)} agreed"] if chosen.total else []
    if chosen.asked and not chosen.total:
        only = count(chosen.asked, "pledge that was only", "pledges that were only")
        parts = [f"{only} asked for"]
    elif chosen.asked:
        verb = "was" if chosen.asked == 1 else "were"
        parts.append(f"{chosen.asked:,}{JOINT}more {verb} asked for, not agreed")
    if chosen.headings:
        parts.append(headings_text(chosen.headings))
    return "; ".join(parts) or _of(0, known.total)


def headings_text(how_many: int) -> str:
    """How many pledges are counted by their parts: "1 heading, counted by its parts"."""
    its = "its" if how_many == 1 else "their"
    return f"{count(how_many, 'heading')}, counted by {its} parts"


def beside_them(counts: Tally) -> Sequence[str]:
    """What is not counted among those agreed, in few words: "6 asked for", "1 heading"."""
    asked = [f"{counts.asked:,}{JOINT}asked for"] if counts.asked else []
    return [*asked, count(counts.headings, "heading")] if counts.headings else asked


def group_count(counts: Tally) -> str:
    """How many pledges a group has: "8 pledges; 2 asked for"."""
    others = beside_them(counts)
    return "; ".join([count(counts.total, "pledge"), *others] if counts.total else others)


def group_standings(counts: Tally) -> str:
    """How many pledges a group has, and how they stand: "2 pledges: 1 overdue, 1 done"."""
    if not counts.total:
        return group_count(counts)
    agreed = f"{count(counts.total, 'pledge')}: {word_counts(counts.standings)}"
    return "; ".join([agreed, *beside_them(counts)])


def asked_standings(assessed: Iterable[AssessedPledge]) -> str:
    """How those stand that were only asked for: "1 date passed, 5 no end date"."""
    asked = [x for x in assessed if not (x.assessment.agreed or x.assessment.heading)]
    words = {each: readable(each) for each in Standing} | {Standing.OVERDUE: DATE_PASSED}
    return ", ".join(f"{n:,}{JOINT}{words[each]}" for each, n in standing_counts(asked).items())


def _of(some: int, known: int) -> str:
    pledges = count(known, "pledge")
    return pledges if some == known else f"{some:,}{JOINT}of {pledges}"
