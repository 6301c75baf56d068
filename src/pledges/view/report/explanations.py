"""What the words of a report mean, and the sources that it goes by."""

import datetime as dt
from collections.abc import Iterator
from typing import Final

from pledges.domain.assessment import Standing
from pledges.domain.pace import Pace
from pledges.domain.pledge import UNREPORTED, cited_sources, is_url
from pledges.view.page import Line, Paragraph, Run, Section, line
from pledges.view.report.entries import phrase
from pledges.view.report.matter import Matter, list_section
from pledges.view.wording.standings import PACES, STANDINGS
from pledges.view.wording.titles import citation
from pledges.view.wording.values import capital, days, excerpt, readable

EVIDENT: Final = (Standing.DROPPED,)  # shown in words that need no explanation


RULES: Final = "A deadline counts to the end of its last day; a period is due on its last day."


def how_to_read(matter: Matter) -> Iterator[Section]:
    """What the words mean that are used, in one paragraph."""
    counts, warn_days = matter.counts, matter.ledger.warn_days
    soon = "the warning span of its plan" if warn_days is None else days(warn_days)
    entries = matter.shown(matter.pressing)
    used = {each.assessment.standing for each in matter.agreed}
    used |= {Standing.DUE_SOON} if counts.dated else set()
    meanings = {
        readable(each): STANDINGS[each].meaning.format(warn=soon)
        for each in Standing
        if each in used and each not in EVIDENT
    }
    paces = {each.assessment.pace for each in entries} & {Pace.BEHIND, Pace.FAR_BEHIND}
    above = matter.ids_above
    turns = (x for x in matter.changes if x.old_pace and x.now.pledge.id not in above)
    paces |= {pace for each in turns for pace in (each.old_pace, each.now.assessment.pace)}
    meanings |= {readable(each): PACES[each].meaning for each in PACES if each in paces}
    if any(each.assessment.has_open_contest for each in entries):
        meanings["contested"] = "a cited source gives another deadline or target"
    if counts.asked:
        meanings["asked for"] = "it was requested or proposed, and is not agreed"
    phrases = "\n".join(phrase(each, matter.within_days) for each in entries)
    is_status_used = not counts.dated or matter.is_full or "no status" in phrases
    if UNREPORTED in counts.statuses and is_status_used:
        meanings["no status"] = (
            "it was not reported whether it has started, which is not the same as not started"
        )
    texts = [f"{capital(word)}: {meaning}." for word, meaning in meanings.items()]
    text = " ".join([*texts, *([RULES] if counts.dated else [])])
    if text:
        yield Section("How to read this", blocks=[Paragraph(line(text), is_muted=True)])


def sources_section(matter: Matter) -> Iterator[Section]:
    """The sources of what is told, or of all pledges if all are listed, the newest first."""
    ledger = matter.ledger
    changed = [found[0].now for found in matter.changes_by_pledge.values()]
    told = matter.pledges if matter.is_full else [x for x in changed if x not in matter.with_entry]
    cited = {source for each in told for source in cited_sources(each.pledge)}
    dated = []
    for key in cited & ledger.sources.keys():
        period = ledger.source_date(key)
        dated.append((period.last if period else dt.date.min, key))
    lines: list[Line] = []
    for _, key in sorted(dated, reverse=True):
        source = ledger.sources[key]
        name = Run(f"{excerpt(citation(key, ledger))}: ")
        lines.append((name, Run(excerpt(source.title), link=source.url)))
    lines += [(Run(each, link=each),) for each in sorted(filter(is_url, cited))]
    lines = [*dict.fromkeys(lines)]  # several plans may cite the same source
    yield from list_section("Sources", matter.shown(lines), len(lines))
