"""The bottom line of a report, and the subject of its draft: the result, in words that name it.

It stands alone: who reads nothing else knows what is overdue or due and whether that is at risk,
what changed, what is wanted, and when the last news came.
"""

import re
from collections import Counter
from typing import Final

from pledges.clean import JOINT, without_joints
from pledges.domain.assessment import AssessedPledge, Standing
from pledges.domain.attention import Reason
from pledges.domain.changes import ChangeKind
from pledges.domain.pace import Pace
from pledges.domain.pledge import FINAL, UNREPORTED
from pledges.view.page import Subject
from pledges.view.report.entries import silence
from pledges.view.report.matter import FEW, Matter
from pledges.view.wording.change_phrases import kind_count
from pledges.view.wording.figures import share_of_target, status_text
from pledges.view.wording.tallies import headings_text
from pledges.view.wording.titles import short_title
from pledges.view.wording.values import be, count, day, enumeration, excerpt, part, readable

MOST_WORDS: Final = 60
TITLE_WORDS: Final = (16, 12, 10, 9, 8, 7, 6)
"""The most words of a title; fewer are tried until the whole is short enough."""

LETTERS: Final = 10  # that a word has at most on average: titles of some scripts have no spaces
MOST_KINDS: Final = 3  # kinds of change that are counted; fewer if there is little room
SHORT: Final = 8  # a title of so few words shows that there is little room
WEIGHTY: Final = (ChangeKind.COMPLETED, ChangeKind.HELD, ChangeKind.SEEN, ChangeKind.MOVED)
SAID_APART: Final = (ChangeKind.REMARKED, ChangeKind.ASKED, ChangeKind.OVERDUE)
"""What is not counted among the changes: other sentences say it, and remarks are no change."""
OTHER_REASONS: Final = {Reason.CONTESTED: "contested", Reason.REVIEW: "due for review"}

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
            if len(without_joints(text).split()) <= MOST_WORDS or len(kept) == 1:
                return text
        kept.remove(next(make for make in LEAST_IMPORTANT if make in kept))


def _overdue(matter: Matter, longest: int) -> str:
    late = matter.pressing_because[Reason.OVERDUE]
    if not late:
        return ""
    named = [f"{_title(x, longest)} (due {day(x.assessment.due)})" for x in late[:FEW]]
    if len(late) <= FEW:
        return f"Overdue: {enumeration(named)}."
    return f"{len(late):,}{JOINT}are overdue, the longest of them {named[0]}."


def _due(matter: Matter, longest: int) -> str:
    """What is due within the days that the report looks ahead, and whether it is at risk."""
    ahead = [x for x in matter.pressing if x.assessment.is_due_within(matter.within_days)]
    if not ahead:
        return ""
    days_due = [each.assessment.due for each in ahead]
    last = max(day for day in days_due if day)
    if len(ahead) > FEW:
        risky = sum(map(bool, map(_risk, ahead)))
        of = "all of" if risky == len(ahead) else f"{risky:,}{JOINT}of"
        risk = f", {of} them at risk" if risky else ""
        return f"{len(ahead):,}{JOINT}are due by {day(last)}{risk}."
    is_one_day, named = len(set(days_due)) == 1, []
    for each in ahead:
        how = _risk(each) or share_of_target(each) or status_text(each)
        facts = [how] if is_one_day else [f"on {day(each.assessment.due)}", how]
        named.append(f"{_title(each, longest)} ({', '.join(facts)})")
    return f"Due {'on' if is_one_day else 'by'} {day(last)}: {enumeration(named)}."


def _others(matter: Matter, longest: int) -> str:
    """What is behind though it is due later, and how many need attention for another reason."""
    behind = matter.pressing_because[Reason.BEHIND]
    named = [
        f"{_title(x, longest)} (due {day(x.assessment.due)}, {_risk(x)})" for x in behind[:FEW]
    ]
    text = f"Behind: {enumeration(named)}." if named else ""
    if len(behind) > FEW:
        text = f"{len(behind):,}{JOINT}that are due later are behind."
    numbers = {word: len(matter.pressing_because[why]) for why, word in OTHER_REASONS.items()}
    others = [f"{count(number, 'is', 'are')} {word}" for word, number in numbers.items() if number]
    return " ".join(filter(None, (text, f"{enumeration(others)}." if others else "")))


def _risk(each: AssessedPledge) -> str:
    """Why a pledge may miss its deadline: it is behind, or nothing is known of it."""
    now = each.assessment
    contested = "contested" if now.has_open_contest else ""
    if now.pace and now.pace.is_behind:
        texts = (readable(now.pace), contested, share_of_target(each))
        return ", ".join(text for text in texts if text)
    unknown = silence(each)
    if unknown:
        return "no report yet" if now.period else unknown
    return "no recent news" if now.stale else ""


def _asked_in_time(matter: Matter, longest: int) -> str:
    late = [each for each in matter.asked_in_time if each.assessment.days_late]
    if not late:
        return ""
    if len(late) > FEW:
        return f"The dates of {count(len(late), 'request')} have passed."
    named = [f"{_title(x, longest)} ({day(x.assessment.due)})" for x in late]
    strengths = {each.pledge.strength for each in late}
    word = strengths.pop() if len(strengths) == 1 else "asked for"
    return f"Only {word}, date passed: {enumeration(named)}."


def _changed(matter: Matter, longest: int) -> str:
    """What was completed or moved; other changes are counted by kind."""
    if not matter.since:
        return ""
    kinds = Counter(each.what for each in matter.changes if each.what not in SAID_APART)
    done = [each for each in matter.changes if each.what is ChangeKind.COMPLETED]
    texts = []
    if 0 < len(done) <= FEW:
        names = enumeration([_title(each.now, longest) for each in done])
        texts = [f"{names} {be(len(done), past=True)} completed"]
        del kinds[ChangeKind.COMPLETED]
    order = sorted(kinds, key=lambda kind: (kind not in WEIGHTY, [*ChangeKind].index(kind)))
    most = MOST_KINDS if longest > SHORT else 1
    texts += [kind_count(kind, kinds[kind]) for kind in order[:most]]
    return f"Since {day(matter.since)}: {', '.join(texts)}." if texts else ""


def _decisions(matter: Matter, _: int) -> str:
    asks, late = matter.asks, sum(ask.days_late is not None for ask in matter.asks)
    names = dict.fromkeys(matter.ledger.party(ask.of) for ask in asks if ask.of)
    of = f"of {enumeration([*names])}" if names and len(names) <= FEW else "for"
    of_them = f"{late:,}{JOINT}of them " if len(asks) > 1 else ""
    overdue = f", {of_them}late" if late else ""
    return f"{count(len(asks), 'decision')} {be(len(asks))} asked {of}{overdue}." if asks else ""


def _last_news(matter: Matter, _: int) -> str:
    """When the last news came, unless nothing is expected any more."""
    last, plans = matter.last_news_on, matter.ledger.plans.values()
    if not any(each.assessment.standing.is_open for each in matter.pledges):
        return ""
    if not last:  # of one that needs attention it is said where it is named
        return "" if len(matter.pressing) == len(matter.pledges) == 1 else "No news has come yet."
    is_old = all((matter.now.as_of - last).days > plan.stale_days for plan in plans)
    is_before = matter.since and last < matter.since
    return f"{'No news since' if is_old or is_before else 'Last news:'} {day(last)}."


def _done(matter: Matter, _: int) -> str:
    """How many of the agreed ones are done and overdue, with the denominator."""
    counts = matter.counts
    total, done = counts.total, counts.done
    if not (total or counts.asked):
        return f"{headings_text(counts.headings)}."
    if not total:
        which = "the one pledge was" if counts.asked == 1 else f"{_all(counts.asked)} pledges were"
        return f"Nothing is agreed: {which} only asked for."
    dropped = counts.standings.get(Standing.DROPPED, 0)
    late, overdue = (counts.standings.get(x, 0) for x in (Standing.DONE_LATE, Standing.OVERDUE))
    all_of_them = "The one" if total == 1 else _all(total).capitalize()
    pledges = f"{all_of_them} agreed {'pledge' if total == 1 else 'pledges'}"
    if dropped == total:
        words = [readable(word) for word in counts.statuses]
        return f"{pledges} {be(total, past=True)} {' or '.join(words)}."
    if done == total:
        how = f", {late:,}{JOINT}of them late" if late and total > 1 else ", late" if late else ""
        return f"{pledges} {be(total)} done{how}."
    others = [
        f"{n:,}{JOINT}{'with ' if word == UNREPORTED else ''}{readable(word)}"
        for word, n in counts.statuses.items()
        if word not in FINAL
    ]
    rest = [", ".join(others)] if others and not counts.dated else []
    rest += ["none overdue"] if counts.dated and not overdue and done + dropped < total else []
    rest += [f"{dropped:,}{JOINT}withdrawn or replaced"] if dropped else []
    rest += ["nothing is open"] if done + dropped == total else []
    return f"{'; '.join([f'Done: {done:,}{JOINT}of {total:,}{JOINT}agreed', *rest])}."


def _all(number: int) -> str:
    """So many of so many: "both", "all 12"."""
    return "both" if number == 2 else f"all {number:,}"  # noqa: PLR2004  (as a word)


def _title(each: AssessedPledge, longest: int) -> str:
    title = without_joints(excerpt(each.pledge.title, LETTERS * longest)).rstrip(".")
    is_cut = len(title) < len(" ".join(each.pledge.title.rstrip(".").split()))
    words = title.split()
    if longest < TITLE_WORDS[0]:
        words = re.sub(r"\s*\([^()]*\)", "", title).split()
    if len(words) <= longest and not is_cut:
        return f'"{excerpt(" ".join(words))}"'
    kept = words[:longest]
    while len(kept) > 1 and kept[-1].lower() in SMALL_WORDS:
        kept.pop()
    return f'"{excerpt(" ".join(kept))} ..."'


def subject(matter: Matter) -> Subject:
    """The result in one line: "VN-SG Plan, 28 Nov 2026: 2 due by 31 Dec; none overdue"."""
    late = matter.counts.standings.get(Standing.OVERDUE, 0)
    ahead = [x for x in matter.agreed if x.assessment.is_due_within(matter.within_days)]
    behind = sum(x.assessment.pace is Pace.FAR_BEHIND for x in matter.pressing)
    texts = [f"{late:,}{JOINT}overdue"] if late else []
    to_come = [f"{behind:,}{JOINT}far behind"] if behind else []
    if ahead:
        last = without_joints(day(max(x.assessment.due for x in ahead if x.assessment.due)))
        by = last.removesuffix(f" {matter.now.as_of.year}")  # a subject has little room
        to_come.insert(0, f"{len(ahead):,}{JOINT}due by {by}")
    texts += [", ".join(to_come)] if to_come else []
    texts += ["none overdue"] if matter.counts.dated and not late else []
    if not (late or ahead):
        texts.append(f"{matter.counts.done:,}{JOINT}of {count(matter.counts.total, 'pledge')} done")
    if len(matter.pledges) < len(matter.now.assessed):
        texts.append(part(len(matter.pledges), len(matter.now.assessed)))
    return Subject(short_title(matter.ledger), "; ".join(texts), day(matter.now.as_of))


SENTENCES: Final = (
    _overdue,
    _due,
    _others,
    _last_news,
    _changed,
    _asked_in_time,
    _decisions,
    _done,
)
LEAST_IMPORTANT: Final = (_others, _decisions, _changed, _asked_in_time, _last_news, _due, _overdue)
"""What is left out first if the whole is too long; how many are done is said in any case."""
