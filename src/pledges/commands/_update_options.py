"""What there is to report, as options and as news."""

import datetime as dt
from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace

from pledges.commands._term_options import TermOptions, Texts, term_options
from pledges.commands._values import Values, in_registers, read_values, record_of
from pledges.domain.edits import RegisterEntry
from pledges.domain.pledge import Ask, Ledger, Update
from pledges.domain.update_rules import Addition
from pledges.errors import WrongUse
from pledges.view.wording import values as words

PANEL: Final = "What is new"
NEWS: Final = TermOptions(
    [
        *term_options(Update, PANEL, first=["status", "value", "note", "source", "by"]),
        *term_options(Ask, PANEL, without=["date", "settled"]),
        *term_options(Addition, PANEL),
    ]
)


def read_news(texts: Texts, today: dt.date) -> Addition:
    """What the options say, as far as it can be known without a ledger.

    Raises: ``WrongUse`` for a word, a date or a number that is none, and for what does not go
    together.
    """
    values = read_values(NEWS, texts, today)
    update = record_of(Update, NEWS, values, date=today)
    if update.date > today:
        message = f"--date {texts['date']} lies after {words.day(today)}"
        raise WrongUse(message, "an update says what has happened; a deadline is --due")
    ask = _ask(values, update.date)
    news = record_of(Addition, NEWS, values, update=update, ask=ask)
    if not (news.has_update or news.ask or news.settle):
        hint = "for example --status completed, --value 21; terms are changed with pledges edit"
        raise WrongUse("there is nothing to add", hint)
    if update.due and not update.why:
        raise WrongUse("a moved deadline needs a reason", "give it with --why")
    if update.why and not update.due:
        hint = "give the new deadline with --due, or say it with --note"
        raise WrongUse("--why is for a moved deadline", hint)
    return news


def _ask(values: Values, date: dt.date) -> Ask | None:
    """The decision that is asked for on that day, if one is."""
    if "ask" not in values:
        if not values.keys().isdisjoint({"ask_of", "ask_by"}):
            raise WrongUse("--ask-of and --ask-by need --ask", "say what is to be decided")
        return None
    ask = record_of(Ask, NEWS, values, date=date)
    if ask.by and ask.by < date:
        raise WrongUse(f"--ask-by {ask.by} lies before it is asked, {date}", "give a later day")
    return ask


def news_in(ledger: Ledger, news: Addition, new: Sequence[RegisterEntry]) -> Addition:
    """The news with its source and its party as the ledger spells them.

    Raises: ``WrongUse`` if the ledger has no such source, nor is it among the ``new`` ones.
    """
    ask = news.ask and in_registers(news.ask, NEWS, ledger)
    return replace(news, update=in_registers(news.update, NEWS, ledger, new), ask=ask)
