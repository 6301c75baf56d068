"""The bottom line of a report, and the subject of its draft: the result, in words that name it.

It stands alone: who reads nothing else knows what is overdue or due and whether that is at risk,
what changed, what is wanted, and when the last news came.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from pledges.domain.assessment import AssessedPledge, Standing
from pledges.domain.changes import ChangeKind
from pledges.domain.counts import Tally, tally
from pledges.domain.pace import Pace
from pledges.domain.pledge import FINAL
from pledges.domain.snapshot import open_asks
from pledges.domain.sorting import sorted_pledges
from pledges.view.page import Subject
from pledges.view.report.matter import Matter
from pledges.view.wording.change_phrases import KINDS
from pledges.view.wording.figures import share_of_target
from pledges.view.wording.standings import short_title, word_counts
from pledges.view.wording.values import MONTHS, count, day, enumeration, excerpt, part, readable

MOST_WORDS: Final = 60
FEW: Final = 2  # so many pledges are named, more are counted
TITLE_WORDS: Final = (16, 12, 10, 9, 8, 7, 6)
"""The most words of a title; fewer are tried until the whole is short enough."""

MOST_KINDS: Final = 3  # kinds of change that are counted
WEIGHTY: Final = (ChangeKind.COMPLETED, ChangeKind.HELD, ChangeKind.SEEN, ChangeKind.MOVED)

SMALL_WORDS: Final = (
    *("a", "an", "and", "at", "between", "by", "for", "from"),
    *("in", "of", "on", "or", "the", "to", "with"),
)
"""What a shortened title does not end with."""


def bottom_line(matter: Matter) -> str:
    """A few sentences of at most 60 words, titles shortened and the last in importance left out."""
    if not matter.pledges:
        known = len(matter.now.assessed)
        return f"None of {count(known, 'pledge')} matches." if known else "There are no pledges."
    kept = list(SENTENCES)
    while True:
        for longest in TITLE_WORDS:
            text = " ".join(filter(None, (make(matter, longest) for make in kept)))
            if len(text.split()) <= MOST_WORDS or len(kept) == 1:
                return text
        kept.remove(next(make for make in LEAST_IMPORTANT if make in kept))


def _overdue(matter: Matter, longest: int) -> str:
    late = _standing(matter.agreed, Standing.OVERDUE)
    if not late:
        return ""
    named = [f"{_title(x, longest)} (due {day(x.assessment.due)})" for x in late[:FEW]]
    if len(late) <= FEW:
        return f"Overdue: {enumeration(named)}."
    return f"{len(late):,} are overdue, the longest of them {named[0]}."


def _due(matter: Matter, longest: int) -> str:
    """What is due within the days that the report looks ahead, and whether it is at risk."""
    ahead = [x for x in matter.pressing if x.assessment.is_due_within(matter.within_days)]
    if not ahead:
        return ""
    days_due = [each.assessment.due for each in ahead]
    last = max(day for day in days_due if day)
    if len(ahead) > FEW:
        risky = sum(map(bool, map(_risk, ahead)))
        risk = f", {risky:,} of them at risk" if risky else ""
        return f"{len(ahead):,} are due by {day(last)}{risk}."
    is_one_day = len(set(days_due)) == 1
    named = []
    for each in ahead:
        on = "" if is_one_day else f"on {day(each.assessment.due)}"
        facts = ", ".join(part_ for part_ in (on, _risk(each) or _state(each)) if part_)
        named.append(f"{_title(each, longest)}{f' ({facts})' if facts else ''}")
    return f"Due {'on' if is_one_day else 'by'} {day(last)}: {enumeration(named)}."


def _risk(each: AssessedPledge) -> str:
    """Why a pledge may miss its deadline: it is behind, or nothing is known of it."""
    now = each.assessment
    if now.pace and now.pace.is_behind:
        return ", ".join(text for text in (readable(now.pace), share_of_target(each)) if text)
    if now.age_days is None:
        return "never heard of"
    if now.status is None:
        return "no news yet" if now.period else "no status"
    return "no news for long" if now.stale else ""


def _state(each: AssessedPledge) -> str:
    return share_of_target(each) or readable(each.assessment.status or "")


def _asked_in_time(matter: Matter, longest: int) -> str:
    late = [each for each in matter.asked_in_time if each.assessment.days_late]
    if not late:
        return ""
    if len(late) > FEW:
        return f"The day of {len(late):,} that were only asked for has passed."
    named = [f"{_title(x, longest)} ({day(x.assessment.due)})" for x in late]
    strengths = {each.pledge.strength for each in late}
    word = strengths.pop() if len(strengths) == 1 else "asked for"
    return f"Only {word}, past {'its' if len(late) == 1 else 'their'} day: {enumeration(named)}."


def _changed(matter: Matter, longest: int) -> str:
    """What was completed or moved; other changes are counted by kind."""
    if not matter.since or not matter.changes:
        return ""
    kinds = Counter(change.what for change in matter.changes if change.what in KINDS)
    kinds.pop(ChangeKind.REMARKED, None)
    done = [each for each in matter.changes if each.what is ChangeKind.COMPLETED]
    texts = [f"{_title(each.now, longest)} was completed" for each in done[:FEW]]
    if len(done) > FEW or not done:
        texts = []
    else:
        del kinds[ChangeKind.COMPLETED]
    order = sorted(kinds, key=lambda kind: (kind not in WEIGHTY, [*ChangeKind].index(kind)))
    texts += [count(kinds[kind], KINDS[kind].one, KINDS[kind].many) for kind in order[:MOST_KINDS]]
    return f"Since {day(matter.since)}: {', '.join(texts)}." if texts else ""


def _decisions(matter: Matter, _: int) -> str:
    asks = open_asks(matter.pledges, matter.now.as_of)
    names = dict.fromkeys(matter.ledger.party(ask.of) for ask in asks if ask.of)
    of = f" of {enumeration([*names])}" if names else ""
    verb = "is" if len(asks) == 1 else "are"
    return f"{count(len(asks), 'decision')} {verb} asked for{of}." if asks else ""


def _last_news(matter: Matter, _: int) -> str:
    last, now = matter.last_news_on, matter.now.as_of
    if not last:
        return "Never heard of." if len(matter.pledges) == 1 else "Nothing was heard of any."
    return f"Last news: {day(last)}." if last == now else f"No news since {day(last)}."


def _done(matter: Matter, _: int) -> str:
    """How many of the agreed ones are done and overdue, with the denominator."""
    counts = tally(matter.pledges)
    if not counts.total:
        which = "the one pledge was" if counts.asked == 1 else f"all {counts.asked:,} pledges were"
        return f"Nothing is agreed: {which} only asked for."
    dropped = counts.standings.get(Standing.DROPPED, 0)
    rest = counts.total - dropped
    texts = [_done_of(counts, rest)] if rest else []
    if dropped:
        which = f"{dropped:,}" if rest else _all_agreed(dropped)
        texts.append(f"{which} {_be(dropped, past=True)} withdrawn or replaced")
    return f"{'; '.join(texts)}."


def _done_of(counts: Tally, total: int) -> str:
    """How many of ``total`` agreed pledges are done: "1 of 52 agreed is done, none is overdue"."""
    done = counts.done
    late = counts.standings.get(Standing.DONE_LATE, 0)
    overdue = counts.standings.get(Standing.OVERDUE, 0)
    if done == total:
        how = f", {late:,} of them late" if late and total > 1 else ", late" if late else ""
        return f"{_all_agreed(total)} {_be(total)} done{how}"
    if not counts.dated:
        others = {word: n for word, n in counts.statuses.items() if word not in FINAL}
        text = f"Done: {done:,} of {total:,} agreed"
        return ", ".join(text for text in (text, word_counts(others)) if text)
    late_now = f"{overdue:,}" if overdue else "none"
    return f"Done: {done:,} of {total:,} agreed; {late_now} overdue"


def _all_agreed(number: int) -> str:
    return "The one agreed pledge" if number == 1 else f"All {number:,} agreed pledges"


def _standing(pledges: Sequence[AssessedPledge], standing: Standing) -> list[AssessedPledge]:
    return sorted_pledges(
        [x for x in pledges if x.assessment.standing is standing], [("due", False)]
    )


def _title(each: AssessedPledge, longest: int) -> str:
    title = excerpt(each.pledge.title).rstrip(".")
    words = title.split()
    if longest < TITLE_WORDS[0]:
        words = re.sub(r"\s*\([^()]*\)", "", title).split()
    if len(words) <= longest:
        return f'"{" ".join(words)}"'
    kept = words[:longest]
    while len(kept) > 1 and kept[-1].lower() in SMALL_WORDS:
        kept.pop()
    return f'"{" ".join(kept)} ..."'


def _be(number: int, *, past: bool = False) -> str:
    one, many = ("was", "were") if past else ("is", "are")
    return one if number == 1 else many


def subject(matter: Matter) -> Subject:
    """The result in one line: "VN-SG Plan, 28 Nov 2026: 2 due by 31 Dec; none overdue"."""
    result = "; ".join(_results(matter))
    return Subject(short_title(matter.ledger), result, day(matter.now.as_of))


def _results(matter: Matter) -> Iterator[str]:
    counts = tally(matter.pledges)
    late = counts.standings.get(Standing.OVERDUE, 0)
    ahead = [x for x in matter.agreed if x.assessment.is_due_within(matter.within_days)]
    behind = sum(x.assessment.pace is Pace.FAR_BEHIND for x in matter.pressing)
    if late:
        yield f"{late:,} overdue"
    if ahead:
        last = max(x.assessment.due for x in ahead if x.assessment.due)
        on = f"{last.day} {MONTHS[last.month - 1]}"
        year = f" {last.year}" if last.year != matter.now.as_of.year else ""
        far = f", {behind:,} far behind" if behind else ""
        yield f"{len(ahead):,} due by {on}{year}{far}"
    elif behind:
        yield f"{behind:,} far behind"
    if counts.dated and not late:
        yield "none overdue"
    if not (late or ahead):
        yield f"{counts.done:,} of {count(counts.total, 'pledge')} done"
    if len(matter.pledges) < len(matter.now.assessed):
        yield part(len(matter.pledges), len(matter.now.assessed))


SENTENCES: Final = (_overdue, _due, _changed, _asked_in_time, _decisions, _last_news, _done)
LEAST_IMPORTANT: Final = (_decisions, _changed, _asked_in_time, _last_news, _due, _overdue)
"""What is left out first if the whole is too long; how many are done is said in any case."""
