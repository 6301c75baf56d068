"""``pledges update``: one more entry in the history of a pledge, or of several."""

import datetime as dt
from collections.abc import Sequence
from typing import Annotated, Final

from msgspec import Struct
from msgspec.structs import replace

from pledges.commands import _given as given
from pledges.commands._given import NewSource
from pledges.commands._options import Filters, Ids, Writing, spread, text_option
from pledges.commands._output import say
from pledges.commands._session import about, as_of_day, opened, selected
from pledges.commands._writing import agreed, amended, tell, writable_path
from pledges.domain.edits import Edit, Register
from pledges.domain.pledge import Ask, Ledger, Pledge, Status, Update
from pledges.domain.query import is_pattern, pledge_ids, read_word
from pledges.domain.reporting import News, edits, refusals
from pledges.domain.snapshot import assessed_alone
from pledges.errors import Exit, Refused, WrongUse
from pledges.ledger.revision import Amendment
from pledges.view import words
from pledges.view.changes import Changed, answer, previewed, unchanged

NEWS: Final = "What is new"
FEW: Final = 5
"""How many pledges the journal names one by one."""


class Report(Struct, frozen=True):
    """What there is to report."""

    status: Annotated[str | None, text_option("status", "WORD", f"{', '.join(Status)}.", NEWS)] = (
        None
    )
    value: Annotated[
        str | None, text_option("value", "NUMBER", "Where its measure stands.", NEWS)
    ] = None
    note: Annotated[
        str | None, text_option("note", "TEXT", "What happened; - reads standard input.", NEWS)
    ] = None
    source: Annotated[
        str | None, text_option("source", "ID", "A source's id, or an address.", NEWS)
    ] = None
    by: Annotated[str | None, text_option("by", "NAME", "Who reported it.", NEWS)] = None
    date: Annotated[
        str | None, text_option("date", "DATE", "The day it happened; today unless said.", NEWS)
    ] = None
    period: Annotated[
        str | None, text_option("period", "PERIOD", "Which period of a recurring pledge.", NEWS)
    ] = None
    due: Annotated[
        str | None, text_option("due", "DATE", "The deadline it is moved to; needs --why.", NEWS)
    ] = None
    why: Annotated[str | None, text_option("why", "TEXT", "Why it is moved.", NEWS)] = None
    ask: Annotated[str | None, text_option("ask", "TEXT", "A decision that is wanted.", NEWS)] = (
        None
    )
    ask_of: Annotated[str | None, text_option("ask-of", "PARTY", "Who is to decide.", NEWS)] = None
    ask_by: Annotated[str | None, text_option("ask-by", "DATE", "By when.", NEWS)] = None
    settle: Annotated[
        str | None,
        text_option("settle", "N|TEXT", "An open decision is settled, by number or words.", NEWS),
    ] = None


@spread
def run(report: Report, new: NewSource, writing: Writing, filters: Filters, ids: Ids = None) -> int:
    """Add what is new to the history of pledges."""
    today = as_of_day(writing.as_of)
    news = _news(report, today)
    named = _named(writing, filters, ids)
    if not named:
        return Exit.DONE

    def plan(ledger: Ledger) -> Sequence[Edit]:
        added = given.new_source(new, report.source, ledger, today)
        return [*added, *_edits(_cited(news, ledger, added), named, ledger)]

    act = f"update {', '.join(named)}"
    amendment = amended(writing, act if len(named) <= FEW else f"update {len(named)} pledges", plan)
    if not writing.dry_run:
        _tell(amendment, named, writing, today)
    return Exit.DONE


def _news(report: Report, today: dt.date) -> News:
    """What the options say, as far as it can be told without a ledger.

    Raises: ``WrongUse`` for a word, a date or a number that is none, and for what does not go
    together.
    """
    date = given.day(report.date, "--date", today) or today
    if date > today:
        message = f"--date {report.date} lies after {words.day(today)}"
        raise WrongUse(message, "an update says what has happened; a deadline is --due")
    update = Update(
        date=date,
        period=given.period(report.period, "--period", today),
        status=read_word(Status, "status", report.status) if report.status is not None else None,
        value=given.number(report.value, "--value"),
        due=given.period(report.due, "--due", today),
        why=given.text(report.why, "--why"),
        note=given.long_text(report.note, "--note"),
        source=given.text(report.source, "--source"),
        by=given.text(report.by, "--by"),
    )
    settle = given.text(report.settle, "--settle")
    news = News(update=update, ask=_ask(report, date, today), settle=settle)
    _check(news)
    return news


def _ask(report: Report, date: dt.date, today: dt.date) -> Ask | None:
    what = given.text(report.ask, "--ask")
    by = given.day(report.ask_by, "--ask-by", today)
    if not what:
        if report.ask_of is not None or by:
            raise WrongUse("--ask-of and --ask-by need --ask", "say what is to be decided")
        return None
    if by and by < date:
        raise WrongUse(f"--ask-by {by} lies before it is asked, {date}", "give a later day")
    return Ask(what=what, date=date, of=given.text(report.ask_of, "--ask-of"), by=by)


def _check(news: News) -> None:
    if not (news.has_update or news.ask or news.settle):
        hint = "for example --status completed, --value 21, --note 'What happened.'"
        raise WrongUse("there is nothing to add", hint)
    if news.update.due and not news.update.why:
        raise WrongUse("a moved deadline needs a reason", "give it with --why")
    if news.update.why and not news.update.due:
        hint = "give the new deadline with --due, or say it with --note"
        raise WrongUse("--why is for a moved deadline", hint)


def _named(writing: Writing, filters: Filters, ids: Ids) -> list[str]:
    """The pledges that are meant; those of filters and patterns once somebody has agreed.

    Raises: ``WrongUse`` where none are named, or nobody can be asked.
    """
    if filters == Filters() and not any(map(is_pattern, ids or ())):
        if not ids:
            hint = "name it, as in: pledges update ECO-02 --status completed; or use filters"
            raise WrongUse("which pledge is it?", hint)
        return list(dict.fromkeys(ids))
    session = opened(writing.reading)
    found = selected(session, filters, ids)
    if not found:
        say(about(session, 0))
        return []
    count = words.part(len(found), len(session.now.assessed))
    say([*previewed(found), f"This is {count}."])
    if writing.dry_run or agreed(
        writing, f"Add this update to {words.count(len(found), 'pledge')}?"
    ):
        return [each.pledge.id for each in found]
    say(["Nothing was written."])
    return []


def _cited(news: News, ledger: Ledger, added: Sequence[Register]) -> News:
    """The news with its source and its party as the ledger spells them."""
    source = given.source(news.update.source, ledger, added)
    ask = news.ask and replace(news.ask, of=given.party_or_text(news.ask.of, ledger))
    return replace(news, update=replace(news.update, source=source), ask=ask)


def _edits(news: News, named: Sequence[str], ledger: Ledger) -> list[Edit]:
    """What the news comes to.

    Raises: ``NoSuchPledge``; ``Refused`` with each pledge that can't take it.
    """
    pledges = _found(named, ledger)
    reasons = [
        (pledge.id, refusal.reason, refusal.hint)
        for pledge in pledges
        for refusal in refusals(news, pledge, ledger)
    ]
    if reasons:
        raise Refused(reasons, len(pledges))
    return [edit for pledge in pledges for edit in edits(news, pledge, ledger)]


def _found(named: Sequence[str], ledger: Ledger) -> list[Pledge]:
    pledges = {each.id: each for each in ledger.pledges}
    ids = [found for text in named for found in pledge_ids(text, pledges)]
    return [pledges[each] for each in dict.fromkeys(ids)]


def _tell(amendment: Amendment, named: Sequence[str], writing: Writing, today: dt.date) -> None:
    """What was changed, and of which pledges nothing was."""
    name = writable_path(writing).name
    ledgers = (amendment.before, amendment.after)
    ids = [each.id for each in _found(named, amendment.before)]
    changed = [
        Changed(*(assessed_alone(ledger, each, today) for ledger in ledgers)) for each in ids
    ]
    said = [unchanged(each) for each in changed if not each.is_change]
    told = [each for each in changed if each.is_change]
    tell(writing, amendment, answer(told, amendment.after, name, today), said)
