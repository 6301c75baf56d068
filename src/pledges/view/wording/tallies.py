"""How many pledges there are of a kind, in words."""

from collections.abc import Iterable, Mapping, Sequence

from pledges.clean import JOINT
from pledges.domain.assessment import AssessedPledge, Standing
from pledges.domain.counts import Tally, standing_counts
from pledges.view.wording.standings import DATE_PASSED
from pledges.view.wording.values import be, count, part, readable


def word_counts(counts: Mapping[Standing, int] | Mapping[str, int]) -> str:
    """How many have which standing or status: "1 overdue, 2 due soon"."""
    return ", ".join(f"{n:,}{JOINT}{readable(word)}" for word, n in counts.items())


def on_time_counts(tally: Tally) -> str:
    """Those with a deadline: "1 overdue, 2 due soon, 4 on course; 0 of 7 done"."""
    done = f"{tally.dated_done:,}{JOINT}of {tally.dated:,}{JOINT}done"
    return "; ".join(filter(None, (word_counts(tally.dated_standings), done)))


def news_counts(tally: Tally) -> str:
    """Of those with news, how many are stale, and how many never were: "12 of these stale; ..."."""
    stale = f"{tally.stale:,}{JOINT}of these stale" if tally.stale else ""
    silent = tally.total - tally.with_news
    never = f"{silent:,}{JOINT}never heard of" if silent else ""
    return "; ".join(filter(None, (stale, never))) or "none stale"


def agreed_and_asked(chosen: Tally, known: Tally | None = None) -> str:
    """How many are agreed, and beside them those that are not, of how many that are ``known``.

    For example "52 pledges agreed; 6 more were asked for, not agreed".
    """
    known = known or chosen
    if not (known.asked or known.headings):
        return part(chosen.total, known.total)
    parts = [f"{part(chosen.total, known.total)} agreed"] if chosen.total else []
    if chosen.asked and not chosen.total:
        only = count(chosen.asked, "pledge that was only", "pledges that were only")
        parts = [f"{only} asked for"]
    elif chosen.asked:
        verb = be(chosen.asked, past=True)
        parts.append(f"{chosen.asked:,}{JOINT}more {verb} asked for, not agreed")
    if chosen.headings:
        parts.append(headings_text(chosen.headings))
    return "; ".join(parts) or part(0, known.total)


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
