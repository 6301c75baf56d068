"""The status report, before how it looks: its parts in order, and what stands alone."""

from collections.abc import Iterator
from typing import Final

from pledges.domain.assessment import Standing
from pledges.domain.progress import Tally, tally
from pledges.view import wording
from pledges.view.attention import attention, overdue
from pledges.view.changed import changed_parts, counted_changes
from pledges.view.items import Matter, clipped
from pledges.view.paper import Line, Part, Report, Sentences, Subject, words
from pledges.view.parts import counts_part, due_part, everything, how_to_read, pillars_part, sources
from pledges.view.words import count, day, days, part

MOST_WORDS: Final = 50
"""Of a bottom line."""


def report(matter: Matter) -> Report:
    """The whole report; a part with nothing to say is left out."""
    counts = tally(matter.chosen)
    return Report(
        subject=Subject(matter.subject) if matter.subject else subject(matter, counts),
        title=clipped(matter.title or f"{wording.short_title(matter.ledger)}: status report"),
        as_of=matter.now.as_of,
        lead=words(_lead(matter)),
        parts=list(_parts(matter, counts)),
        closing=list(_closing(matter)),
    )


def subject(matter: Matter, counts: Tally) -> Subject:
    """The result in one line: "VN-SG Plan of Action: 1 of 7 dated pledges done, 1 overdue"."""
    late = counts.standings.get(Standing.OVERDUE, 0)
    done = f"{counts.dated_done:,} of {count(counts.dated, 'dated pledge')} done"
    result = f"{done}, {late:,} overdue" if counts.dated else count(counts.total, "pledge")
    known = len(matter.now.assessed)
    told = f", {part(counts.total, known)}" if counts.total < known else ""
    return Subject(wording.short_title(matter.ledger), result, f"{day(matter.now.as_of)}{told}")


def bottom_line(matter: Matter, counts: Tally) -> str:
    """A few sentences that stand alone, every figure of them counted; what matters least goes."""
    line = ""
    for sentence in _sentences(matter, counts):
        if len(f"{line} {sentence}".split()) > MOST_WORDS:
            break
        line = f"{line} {sentence}".strip()
    return line


def _sentences(matter: Matter, counts: Tally) -> Iterator[str]:
    yield _done(counts, len(matter.now.assessed))
    if counts.dated:
        yield _pressing(matter, counts)
    if matter.before:
        yield f"Since {day(matter.before.as_of)}: {counted_changes(matter.changes)}."
    if asked := sum(not ask.settled for each in matter.chosen for ask in each.pledge.asks):
        yield f"{count(asked, 'decision')} {_is(asked)} asked for."
    if silent := counts.total - counts.with_news:
        yield f"{silent:,} {_was(silent)} never reported on."


def _done(counts: Tally, known: int) -> str:
    if not counts.total:
        return f"None of {count(known, 'pledge')} matches." if known else "There are no pledges."
    dropped = counts.standings.get(Standing.DROPPED, 0)
    ended = f"{dropped:,} {_was(dropped)} dropped" if dropped else ""
    if dropped == counts.total:
        return "The one pledge was dropped." if dropped == 1 else f"All {dropped:,} were dropped."
    rest = counts.total - dropped - counts.dated
    if not counts.dated:
        none = (
            "The one pledge has no deadline"
            if rest == 1
            else f"None of {rest:,} pledges has a deadline"
        )
        return f"{'; '.join(each for each in (none, ended) if each)}."
    verb = 1 if counts.dated == 1 else counts.dated_done
    pledges = f"{count(counts.dated, 'pledge')} with a deadline"
    done = f"{counts.dated_done:,} of {pledges} {_is(verb)} done"
    others = f"{rest:,} {'has' if rest == 1 else 'have'} none" if rest else ""
    return f"{'; '.join(each for each in (done, others, ended) if each)}."


def _pressing(matter: Matter, counts: Tally) -> str:
    late = counts.standings.get(Standing.OVERDUE, 0)
    soon = counts.standings.get(Standing.DUE_SOON, 0)
    overdue = f"{late:,} {_is(late)} overdue" if late else "None is overdue"
    due = f"{soon:,} {_is(soon)} due" if soon else "none is due"
    return f"{overdue}; {due} within {days(matter.now.ledger.plan.warn_days)}."


def _is(number: int) -> str:
    return "is" if number == 1 else "are"


def _was(number: int) -> str:
    return "was" if number == 1 else "were"


def _lead(matter: Matter) -> str:
    since = f", with what changed since {day(matter.before.as_of)}" if matter.before else ""
    told = f"As of {day(matter.now.as_of)}{since}."
    return f"{told} Only: {matter.choice}." if matter.choice else told


def _parts(matter: Matter, counts: Tally) -> Iterator[Part]:
    first = [
        Part("Bottom line", [Sentences(words(bottom_line(matter, counts)))]),
        counts_part(matter, counts),
    ]
    yield from first
    late = overdue(matter, first)
    if late:
        yield late
    if matter.is_brief:
        return
    yield from attention(matter, late)
    if matter.before:
        yield from changed_parts(matter)
    yield from due_part(matter)
    yield from pillars_part(matter)
    if matter.is_full:
        yield from everything(matter)
    if counts.total:
        yield how_to_read(matter, counts)
    yield from sources(matter)


def _closing(matter: Matter) -> Iterator[Line]:
    if matter.next_on:
        yield words(f"Next report: {day(matter.next_on)}.")
    shown = part(len(matter.chosen), len(matter.now.assessed))
    source = "standard input" if matter.now.name == "-" else matter.now.name
    yield words(f"As of {day(matter.now.as_of)}. Source: {source}, {shown}.")
