"""``pledges report``: the status report that is pasted into an email."""

import datetime as dt
from typing import Annotated, Final

from msgspec import Struct
from msgspec.structs import replace

from pledges.commands._draft import Draft, said_text
from pledges.commands._help import CommandHelp, Example
from pledges.commands._options import Filters, Reading, Word, flag, option
from pledges.commands._output import chosen_format, wants_screen
from pledges.commands._session import day_ahead, open_session, option_period
from pledges.commands._spread import spread
from pledges.domain.changes import changes
from pledges.domain.counts import CLOSED_WORDS
from pledges.domain.pledge import Ledger
from pledges.domain.snapshot import Snapshot, snapshot
from pledges.domain.spelling import match_key
from pledges.errors import Exit, WrongUse
from pledges.render import Format
from pledges.view.report.matter import Matter
from pledges.view.report.report_page import answer
from pledges.view.wording import values as words

CONTENT: Final = "What it says"
BRIEF: Final = "Only the bottom line, the figures and what needs attention."
FEW: Final = 10  # ids that are named where it is said what a report is about


class Wanted(Struct, frozen=True):
    """What a report should say."""

    since: Annotated[Word, option("DATE", "Report what changed from this day on.", CONTENT)] = None
    brief: Annotated[bool, flag(BRIEF, CONTENT, "--brief")] = False
    full: Annotated[bool, flag("List every pledge too.", CONTENT, "--full")] = False
    title: Annotated[Word, option("TEXT", "The title of the report.", CONTENT)] = None
    next: Annotated[Word, option("DATE", "The day of the next report.", CONTENT)] = None
    within: Annotated[Word, option("SPAN", "How far ahead to look: 90d, eoq.", CONTENT)] = None


HELP: Final = CommandHelp(
    "Write the status report for an email, as text, md, html or eml.",
    [
        Example("What changed in the last week, as text:", "pledges report --since -7d"),
        Example(
            "For pasting into a mail program:", "pledges report --since -7d --output report.html"
        ),
        Example(
            "A draft that opens in a mail program:",
            "pledges report --to desk@example.org --output report.eml",
        ),
        Example("One party's pledges, in short:", "pledges report --party SG --brief"),
    ],
    topics=["report", "filters", "dates"],
)


@spread
def run(wanted: Wanted, draft: Draft, reading: Reading, filters: Filters) -> int:
    is_chosen = reading.format or reading.output or wants_screen(reading)
    reading = replace(reading, format=chosen_format(reading) if is_chosen else Format.TEXT)
    if wanted.brief and wanted.full:
        raise WrongUse("--brief and --full can't be used together", "leave out one of them")
    draft.check(chosen_format(reading))
    session = open_session(reading, filters)
    now, chosen = session.now, session.selection()
    since: dt.date | None = None
    if wanted.since is not None:
        since = option_period(wanted.since, "--since", now.as_of).first
        if since > now.as_of:
            message = f"--since {wanted.since} is after {words.day(now.as_of)}"
            raise WrongUse(message, "give the day of the last report; for 7 days ago write -7d")
    before: Snapshot | None = None
    if since:
        # What was known of these pledges at the end of the day before; no day is before the first.
        eve = max(since, dt.date.min + dt.timedelta(days=1)) - dt.timedelta(days=1)
        known, ids = snapshot(session.ledger, now.name, eve), {each.pledge.id for each in chosen}
        before = replace(known, assessed=[x for x in known.assessed if x.pledge.id in ids])
    matter = Matter(
        now=now,
        pledges=chosen,
        choice=_choice(session.filters, now.ledger),
        since=since,
        before=before,
        changes=changes(before, replace(now, assessed=chosen)) if before else (),
        within_days=session.window_days(wanted.within, "--within"),
        next_on=None if wanted.next is None else day_ahead(wanted.next, "--next", now.as_of),
        title=said_text(wanted.title),
        subject=draft.said_subject,
        is_brief=wanted.brief,
        is_full=wanted.full,
    )
    session.write(answer(matter, draft.envelope))
    return Exit.DONE


def _choice(filters: Filters, ledger: Ledger) -> str:
    """How pledges were chosen: "party Viet Nam; overdue"; empty if all were.

    What a filter names by its key, in any case, is called by its title.
    """
    ids = filters.ids or ()
    parts = [", ".join(ids) if len(ids) <= FEW else f"{len(ids):,} ids and patterns"] if ids else []
    for name in (each for each in filters.__struct_fields__ if each != "ids"):
        value, kind = getattr(filters, name), name.removeprefix("not_")
        typed = [value] if isinstance(value, str) else value if isinstance(value, list) else []
        titles = {"party": ledger.parties, "pillar": ledger.pillars}.get(kind, {})
        known = {match_key(each): title for key, title in titles.items() for each in (key, title)}
        readable = words.readable if kind in CLOSED_WORDS else str
        said = " or ".join(known.get(match_key(x), readable(x)) for x in typed if x.strip())
        is_asked = bool(said) if typed else bool(value)
        parts += [f"{name.replace('_', ' ')} {said}".rstrip()] if is_asked else []
    return "; ".join(parts)
