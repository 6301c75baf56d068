"""What needs attention: one entry a pledge, with all that there is to say of it."""

from collections.abc import Iterator, Sequence

from pledges.clean import JOINT
from pledges.domain.assessment import AssessedPledge
from pledges.domain.attention import Reason, reasons
from pledges.domain.deadlines import current_deadline, is_contest
from pledges.domain.pace import Pace
from pledges.domain.pledge import Ledger, Update, is_url
from pledges.view.page import Block, Entries, Entry, Line, Paragraph, Run, Section, Tone, line
from pledges.view.report.matter import FEW, Matter, list_section, pledge_name
from pledges.view.wording import dates, figures
from pledges.view.wording import values as words
from pledges.view.wording.history_phrases import open_ask_text, request_text
from pledges.view.wording.standings import last_news, status_on_day, time_left, whose_move
from pledges.view.wording.titles import citation

LONGEST_NOTE = 240  # the characters of the last news that an entry quotes
LONGEST_TITLE = 100  # those of the pledge that it is a part of


def attention_section(matter: Matter) -> Iterator[Section]:
    """The agreed pledges that need attention, the most urgent first, and what is due next."""
    if not matter.pressing:
        return
    blocks: list[Block] = [_entries(matter.pressing, matter)]
    if found := matter.next_due:
        names = [f"{x.pledge.id} {words.excerpt(x.pledge.title, LONGEST_TITLE)}" for x in found]
        named = words.enumeration(names) if len(names) <= FEW else words.count(len(names), "pledge")
        due = words.day(found[0].assessment.due)
        blocks.append(Paragraph(line(f"Next after that: {named}, due {due}.")))
    yield Section(f"Needs attention ({len(matter.pressing):,})", blocks=blocks)


def asked_section(matter: Matter) -> Iterator[Section]:
    """What was only asked for, and its day has passed or is near; and of how many that is."""
    entries, in_all = matter.asked_in_time, matter.counts.asked
    if entries:
        of = f"{JOINT}of {in_all:,}" if len(entries) < in_all else ""
        title = f"Asked for, not agreed ({len(entries):,}{of})"
        yield Section(title, blocks=[_entries(entries, matter)])


def decisions_section(matter: Matter) -> Iterator[Section]:
    """The decisions asked for, each of whom and by when; a pledge's title is given once."""
    named = {each.pledge.id for each in matter.with_entry}
    known = {each.pledge.id: each for each in matter.pledges}
    lines: list[Line] = []
    for ask in matter.shown(matter.asks):
        name = (Run(ask.id, is_bold=True),) if ask.id in named else pledge_name(known[ask.id])
        named.add(ask.id)
        lines.append((*name, Run(f": {open_ask_text(ask, matter.ledger)}")))
    yield from list_section("Decisions asked for", lines, len(matter.asks))


def _entries(pledges: Sequence[AssessedPledge], matter: Matter) -> Entries:
    items = []
    for each in matter.shown(pledges):
        why = reasons(each, matter.within_days)
        far = " ".join(filter(None, (_terms(each), _rate(each))))
        texts = [far, _differences(each, matter), _news(each, matter.ledger)]
        is_late = Reason.OVERDUE in why or each.assessment.pace is Pace.FAR_BEHIND
        entry = Entry(
            name=pledge_name(each),
            phrase=Run(phrase(each, matter.within_days), is_bold=True),
            lines=[line(text) for text in texts if text],
            source=_source(each, matter.ledger),
            tone=Tone.LATE if is_late and each.assessment.agreed else Tone.WATCH,
        )
        items.append(entry)
    return Entries(items, left_out=len(pledges) - len(items))


def phrase(each: AssessedPledge, within_days: int | None) -> str:
    """What says most: "33 days left, far behind"; of what was only asked for, its day alone."""
    now, why, parts = each.assessment, reasons(each, within_days), []
    if not now.agreed:
        passed = f"its date passed {words.span(now.days_late or 0)} ago"
        parts += [passed if now.days_late else time_left(now)]
    elif now.days_late is not None or Reason.DUE in why:
        parts += [time_left(now)]
    if now.agreed:
        parts += [words.readable(now.pace or "")] if Reason.BEHIND in why else []
        parts += ["review due"] if Reason.REVIEW in why else []
        parts += ["contested"] if Reason.CONTESTED in why else []
    is_close = Reason.DUE in why or Reason.OVERDUE in why
    parts += [silence(each)] if is_close or each.pledge.last_news_on is None else []
    return ", ".join(filter(None, parts))


def silence(each: AssessedPledge) -> str:
    """What is not known of a pledge without status and figure: "no news yet"; else empty."""
    if each.assessment.status or each.assessment.value is not None:
        return ""
    if each.pledge.last_news_on is None:
        return "no news yet"
    of = each.assessment.period
    return f"no report of {words.period(of)} yet" if of else "no status"


def _terms(each: AssessedPledge) -> str:
    """When it is due, and how far it is: "Due on 31 Dec 2026; 21 of 30 parks on 12 Jan 2026."."""
    now, measure, texts = each.assessment, each.pledge.measure, []
    if now.due:
        verb = "was due on" if now.days_late else "due on"
        worded = each.pledge.due_text if not (now.period or each.pledge.moves) else None
        is_day = dates.first_deadline_text(each.pledge) == words.day(now.due)
        quoted = f" ({words.quotation(worded)})" if worded and not is_day else ""
        of = f"for {words.period(now.period)}: " if now.period else ""
        texts.append(f"{of}{verb if now.agreed else 'asked for by'} {words.day(now.due)}{quoted}")
    if measure and now.value is not None and now.value_on:
        texts += [figures.figures(measure, now.value, now.value_on), figures.time_used_text(now)]
    else:
        texts.append(status_on_day(each))
    return _in_a_sentence(*texts, dates.missed_text(each))


def _in_a_sentence(*texts: str) -> str:
    text = "; ".join(filter(None, texts))
    return words.sentence(words.capital(text)) if text else ""


def _rate(each: AssessedPledge) -> str:
    """What is still needed, and what the rate so far comes to."""
    so_far, measure, rate_text = each.assessment.rate_so_far, each.pledge.measure, ""
    if so_far and measure:
        rate_text = f" ({figures.rate(so_far, measure.unit)})"
    outlook = figures.outlook_text(each.assessment)
    ahead = f"at the rate so far{rate_text} {outlook}" if outlook else ""
    return _in_a_sentence(figures.still_needed(each), ahead)


def _differences(each: AssessedPledge, matter: Matter) -> str:
    """What it is a part of, other versions of its terms, and a deadline that was moved, and why."""
    pledge, ledger = each.pledge, matter.ledger
    texts = []
    if whole := matter.known.get(pledge.part_of or ""):
        title = words.excerpt(whole.pledge.title, LONGEST_TITLE)
        done = figures.parts_done(whole.assessment)
        texts.append(f"Part of {whole.pledge.id} {title}{f': {done}' if done else ''}")
    if not pledge.is_agreed:
        texts.append(words.capital(request_text(pledge, ledger)))
    if (moves := pledge.moves) and each.assessment.slip_days:
        why = f": {words.excerpt(moves[-1].why, LONGEST_NOTE)}" if moves[-1].why else ""
        moved = "Moved" if len(moves) == 1 else f"Moved {len(moves):,}{JOINT}times, last"
        first, now = dates.quoted_first_deadline(pledge), words.period(current_deadline(pledge))
        texts.append(f"{moved} on {words.day(moves[-1].date)}, from {first} to {now}{why}")
    claims = (dates.claim_text(x, ledger) for x in pledge.claims if is_contest(pledge, x))
    return " ".join(map(words.sentence, (*texts, *map(words.capital, claims))))


def _news(each: AssessedPledge, ledger: Ledger) -> str:
    """Whose move it is, and the last news: "Waiting on Viet Nam. Last news on 10 Feb 2026: ..."."""
    has_move = each.assessment.agreed or each.pledge.waiting_on or each.pledge.lead
    no_lead = "" if each.pledge.lead or each.pledge.waiting_on else ", no lead named"
    texts = [f"{words.capital(whose_move(each, ledger))}{no_lead}"] if has_move else []
    if last := _last_update(each):
        note = " ".join(words.paragraphs(last.note or ""))
        said = f": {words.excerpt(note, LONGEST_NOTE)}" if note else ""
        texts.append(f"Last news on {last_news(each)}{said}")
    return " ".join(map(words.sentence, texts))


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
    return (Run("Source: "), Run(words.excerpt(text), link=source.url))
