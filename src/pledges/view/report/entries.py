"""What needs attention: one entry a pledge, with all that there is to say of it."""

from collections.abc import Iterator, Sequence

from pledges.domain.assessment import AssessedPledge
from pledges.domain.attention import Reason, reasons
from pledges.domain.deadlines import current_deadline, is_contest
from pledges.domain.pace import Pace
from pledges.domain.pledge import Ledger, Update, is_url
from pledges.domain.snapshot import open_asks
from pledges.view.page import Bullets, Entries, Entry, Line, Run, Section, Tone
from pledges.view.report.matter import Matter, pledge_name
from pledges.view.wording.change_phrases import open_ask_text, request_text
from pledges.view.wording.dates import claim_text, first_deadline_text, missed_text
from pledges.view.wording.figures import figures, still_needed
from pledges.view.wording.standings import citation, last_news, status_on_day, time_left, whose_move
from pledges.view.wording.values import (
    capital,
    day,
    excerpt,
    paragraphs,
    period,
    readable,
    sentence,
    span,
)

LONGEST_NOTE = 240  # the characters of the last news that an entry quotes


def attention_section(matter: Matter) -> Iterator[Section]:
    """The agreed pledges that need attention, the most urgent first."""
    pressing = matter.pressing
    yield from _entries("Needs attention", pressing, matter.shown(pressing), matter)


def asked_section(matter: Matter) -> Iterator[Section]:
    """What was only asked for, and its day has passed or is near."""
    asked = matter.asked_in_time
    yield from _entries("Asked for, not agreed", asked, matter.shown(asked), matter)


def decisions_section(matter: Matter) -> Iterator[Section]:
    """The decisions asked for, each of whom and by when."""
    told = {each.pledge.id for each in told_pledges(matter)}
    known = {each.pledge.id: each for each in matter.pledges}
    lines: list[Line] = []
    for ask in open_asks(matter.pledges, matter.now.as_of):
        name = (Run(ask.id, is_bold=True),) if ask.id in told else pledge_name(known[ask.id])
        lines.append((*name, Run(f": {open_ask_text(ask, matter.ledger)}")))
    if lines:
        yield Section(f"Decisions asked for ({len(lines):,})", blocks=[Bullets(lines)])


def told_pledges(matter: Matter) -> Sequence[AssessedPledge]:
    """The pledges that have an entry of their own, and are only named below it."""
    return [*matter.shown(matter.pressing), *matter.shown(matter.asked_in_time)]


def _entries(
    title: str, pledges: Sequence[AssessedPledge], shown: Sequence[AssessedPledge], matter: Matter
) -> Iterator[Section]:
    if pledges:
        items = [_entry(each, matter) for each in shown]
        entries = Entries(items, left_out=len(pledges) - len(shown))
        yield Section(f"{title} ({len(pledges):,})", blocks=[entries])


def _entry(each: AssessedPledge, matter: Matter) -> Entry:
    ledger, why = matter.ledger, reasons(each, matter.within_days)
    texts = [_terms(each), _differences(each, ledger), _news(each, ledger)]
    return Entry(
        name=pledge_name(each),
        phrase=Run(_phrase(each, why), is_bold=True),
        lines=[(Run(text),) for text in texts if text],
        source=_source(each, ledger),
        tone=_tone(each, why),
    )


def _phrase(each: AssessedPledge, why: Sequence[Reason]) -> str:
    """What says most: "33 days left, far behind"; of what was only asked for, its day alone."""
    now = each.assessment
    if not now.agreed:
        return f"its day passed {span(now.days_late)} ago" if now.days_late else time_left(now)
    parts = [time_left(now)] if now.days_late is not None or Reason.DUE in why else []
    parts += [readable(now.pace or "")] if Reason.BEHIND in why else []
    parts += ["review due"] if Reason.REVIEW in why else []
    parts += ["contested"] if Reason.CONTESTED in why and not parts else []
    is_unknown = now.status is None and (Reason.DUE in why or Reason.OVERDUE in why)
    parts += [_silence(each)] if is_unknown else []
    return ", ".join(parts)


def _silence(each: AssessedPledge) -> str:
    if each.assessment.period and each.pledge.last_news_on:
        return f"no news of {period(each.assessment.period)}"
    return "no status" if each.pledge.last_news_on else "never heard of"


def _tone(each: AssessedPledge, why: Sequence[Reason]) -> Tone:
    is_late = Reason.OVERDUE in why or each.assessment.pace is Pace.FAR_BEHIND
    return Tone.LATE if is_late else Tone.WATCH


def _terms(each: AssessedPledge) -> str:
    """When it is due, and how far it is: "Due on 31 Dec 2026: 21 of 30 parks on 12 Jan 2026."."""
    now, measure, texts = each.assessment, each.pledge.measure, []
    if now.due:
        worded = each.pledge.due_text if not each.pledge.moves else None
        said = f' ("{worded}")' if worded and worded != day(now.due) else ""
        texts.append(f"{'Was due' if now.days_late else 'Due'} on {day(now.due)}{said}")
    if measure and now.value is not None and now.value_on:
        reading = figures(measure, now.value, now.value_on)
        needed = still_needed(each)
        texts.append(f"{reading}; {needed}" if needed else reading)
    else:
        texts.append(status_on_day(each))
    missed = missed_text(each)
    texts += [missed] if missed else []
    return sentence(capital("; ".join(text for text in texts if text)))


def _differences(each: AssessedPledge, ledger: Ledger) -> str:
    """What differs: other versions of its terms, and a deadline that was moved, and why."""
    pledge = each.pledge
    claims = [claim_text(x, ledger) for x in pledge.claims if is_contest(pledge, x)]
    texts = [sentence(capital(text)) for text in claims]
    if not each.pledge.is_agreed:
        texts.append(sentence(capital(request_text(pledge, ledger))))
    if pledge.moves and each.assessment.slip_days:
        move = pledge.moves[-1]
        first = first_deadline_text(pledge)
        why = f": {excerpt(move.why, LONGEST_NOTE)}" if move.why else ""
        now = period(current_deadline(pledge))
        texts.append(sentence(f"Moved on {day(move.date)} from {first} to {now}{why}"))
    return " ".join(texts)


def _news(each: AssessedPledge, ledger: Ledger) -> str:
    """Whose move it is, and the last news: "Waiting on Viet Nam. Last news on 10 Feb 2026: ..."."""
    has_move = each.assessment.agreed or each.pledge.waiting_on or each.pledge.lead
    move = sentence(capital(whose_move(each, ledger))) if has_move else ""
    last = _last_update(each)
    if not last:
        return f"{move} Never heard of.".lstrip()
    note = " ".join(paragraphs(last.note)) if last.note and not last.due else ""
    said = f": {excerpt(note, LONGEST_NOTE)}" if note else ""
    return f"{move} {sentence(f'Last news on {last_news(each)}{said}')}".lstrip()


def _last_update(each: AssessedPledge) -> Update | None:
    return next((x for x in reversed(each.pledge.history) if x.is_news), None)


def _source(each: AssessedPledge, ledger: Ledger) -> Line:
    """The source of the last news, or else of the pledge, with a link."""
    last = _last_update(each)
    cited = next(iter((last.source if last else ()) or each.pledge.source), None)
    if not cited:
        return ()
    source = ledger.sources.get(cited)
    if not source:
        return (Run("Source: "), Run(cited, link=cited if is_url(cited) else None))
    text = f"{citation(cited, ledger)}, {source.title}" if source.publisher else source.title
    return (Run("Source: "), Run(excerpt(text), link=source.url))
