"""What there is to report, as options and as news."""

import datetime as dt
from typing import Annotated, Final

from msgspec import Struct

from pledges.commands import _values as given
from pledges.commands._options import text_option
from pledges.domain.pledge import Ask, Status, Update
from pledges.domain.spelling import read_word
from pledges.domain.update_rules import Addition
from pledges.errors import WrongUse
from pledges.view.wording import values as words

NEWS: Final = "What is new"


class UpdateOptions(Struct, frozen=True):
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

    @property
    def given(self) -> list[str]:
        """The options that were given."""
        return [each for each in self.__struct_fields__ if getattr(self, each) is not None]


def read_news(report: UpdateOptions, today: dt.date) -> Addition:
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
    news = Addition(update=update, ask=_ask(report, date, today), settle=settle)
    _check(news)
    return news


def _ask(report: UpdateOptions, date: dt.date, today: dt.date) -> Ask | None:
    what = given.text(report.ask, "--ask")
    by = given.day(report.ask_by, "--ask-by", today)
    if not what:
        if report.ask_of is not None or by:
            raise WrongUse("--ask-of and --ask-by need --ask", "say what is to be decided")
        return None
    if by and by < date:
        raise WrongUse(f"--ask-by {by} lies before it is asked, {date}", "give a later day")
    return Ask(what=what, date=date, of=given.text(report.ask_of, "--ask-of"), by=by)


def _check(news: Addition) -> None:
    if not (news.has_update or news.ask or news.settle):
        hint = "for example --status completed, --value 21; terms are changed with pledges edit"
        raise WrongUse("there is nothing to add", hint)
    if news.update.due and not news.update.why:
        raise WrongUse("a moved deadline needs a reason", "give it with --why")
    if news.update.why and not news.update.due:
        hint = "give the new deadline with --due, or say it with --note"
        raise WrongUse("--why is for a moved deadline", hint)
