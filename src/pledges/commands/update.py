"""``pledges update``: one more entry in the history of a pledge, or of several."""

import datetime as dt
import shlex
from collections.abc import Sequence
from itertools import chain
from typing import Annotated, Final

from msgspec.structs import replace

from pledges.cell_width import aligned
from pledges.commands._help import WRITING_EXITS, CommandHelp, Example
from pledges.commands._lookups import NEW_SOURCE, in_registers, named_pledges, new_source
from pledges.commands._options import Filters, Writing
from pledges.commands._output import emit
from pledges.commands._pledge_terms import CLAIM_TERMS, PLEDGE_TERMS, check_claim
from pledges.commands._session import Session, as_of_day, open_session
from pledges.commands._spread import spread, without
from pledges.commands._term_options import TermOptions, Texts, term_options
from pledges.commands._typed_words import typed_ids
from pledges.commands._values import read_values, record_of
from pledges.commands._writing import Desk, open_desk
from pledges.domain.changes import compared_alone
from pledges.domain.edits import Edit, RegisterEntry
from pledges.domain.ids import is_pattern
from pledges.domain.pledge import Ask, Claim, Ledger, Update
from pledges.domain.update_rules import Addition, addition_edits, refusals, repeats
from pledges.errors import Exit, RefusedPledges, WrongUse
from pledges.ledger.editing.amend import Amendment
from pledges.streams import notify
from pledges.view.answer import Answer
from pledges.view.update_page import answer, preview
from pledges.view.wording import values as words
from pledges.view.wording.history_phrases import repeat_text
from pledges.view.wording.values import enumeration

FEW: Final = 5  # how many pledges the journal names one by one

PANEL: Final = "What is new"
FIRST_NEWS: Final = ("status", "value", "note", "source", "by")
NEWS_HELPS: Final = {
    "date": "The day it happened; today by default.",
    "due": "The new deadline; a move needs --why.",
}
NEWS: Final = TermOptions(
    [
        *term_options(Update, PANEL, first=FIRST_NEWS, helps=NEWS_HELPS),
        *(each for each in term_options(Ask, PANEL) if each.term.name not in ("date", "settled")),
        *term_options(Addition, PANEL),
        *(each for each in CLAIM_TERMS if each.term.name != "source"),  # it is that of the update
    ]
)
FILTERS_OF_TERMS: Final = {"party": "owed_by"}
"""The filters that are not called as the terms that they are about."""

OtherFilters = Annotated[Filters, without("status", "source")]
"""All but those whose names say here what is new."""


HELP: Final = CommandHelp(
    "Add an update to the history of pledges.",
    [
        Example(
            "A new figure, with its source:",
            "pledges update ECO-02 --value 22 --source vov-2026-02",
        ),
        Example(
            "Something is done:",
            "pledges update SEC-03 --status completed --date 2026-11-20 --by MOFA",
        ),
        Example(
            "A deadline is moved; look at the change first:",
            "pledges update SEC-03 --due 2027-Q2 --why 'The draft is late.' -n",
        ),
        Example(
            "The same news for all that a filter finds:",
            "pledges update --overdue --note 'Asked the ministries.' --yes",
        ),
    ],
    about="To change the terms of a pledge use pledges set, and to put an entry of its history "
    "right pledges correct.",
    exits=WRITING_EXITS,
    topics=["ledger", "dates", "filters"],
)


@spread
def run(
    report: Annotated[Texts, NEWS],
    source: Annotated[Texts, NEW_SOURCE],
    writing: Writing,
    filters: OtherFilters,
) -> int:
    _check_selection(filters)
    today = as_of_day(writing.as_of)
    ids = typed_ids(filters.ids, writing.reading.ledger, (*report.values(), *source.values()))
    news = _read_news(report, today)
    new = read_values(NEW_SOURCE, source, today)

    def plan(ledger: Ledger, named: Sequence[str]) -> Sequence[Edit]:
        added = new_source(new, news.update.source, ledger)
        return [*added, *_edits(news, added, named, ledger)]

    names_none = bool(filters.ids) and not ids
    filters = replace(filters, ids=ids)
    named = list(dict.fromkeys(ids))
    is_selection = filters != Filters(ids=ids) or any(map(is_pattern, named)) or names_none
    if not (named or is_selection):
        hint = "give an id or filters, for example: pledges update ECO-02 --status completed"
        raise WrongUse("no pledge is given", hint)
    desk = open_desk(writing)
    if is_selection:
        session = replace(open_session(desk.reading, filters, today), names_none=names_none)
        named_pledges(named, session.ledger)  # refuses a pattern that matches none
        named = [each.pledge.id for each in session.selection()]
        if named:  # refuse before asking the user
            plan(session.ledger, named)
        if not _user_agrees_to(named, session, desk):
            return Exit.DONE
    which = ", ".join(named) if len(named) <= FEW else words.count(len(named), "pledge")
    act = f"update {which}: {', '.join(report)}"
    amendment = desk.amend(act, lambda ledger: plan(ledger, named))
    date = news.update.date if "date" in report else None
    desk.tell_change(amendment, lambda: _changes(amendment, named, news, date, desk))
    return Exit.DONE


def _check_selection(filters: Filters) -> None:
    """Refuse ids and filters together: a filter may be meant as a new term of these pledges."""
    used = {
        name: value
        for name in Filters.__struct_fields__
        if (value := getattr(filters, name)) and name != "ids"
    }
    if not (filters.ids and used):
        return
    hint = "leave out the ids or the filters"
    meant = {FILTERS_OF_TERMS.get(name, name): value for name, value in used.items()}
    if meant.keys() <= {each.name for each in PLEDGE_TERMS.options}:
        given = ((PLEDGE_TERMS[name].flag, value) for name in meant for value in meant[name])
        hint = f"to change terms: pledges set {shlex.join([*filters.ids, *chain(*given)])}"
    flags_used = enumeration([f"--{name.replace('_', '-')}" for name in used])
    verb = "selects" if len(used) == 1 else "select"
    raise WrongUse(f"{flags_used} {verb} pledges, and ids are given too", hint)


def _read_news(texts: Texts, today: dt.date) -> Addition:
    """Read the options, as far as possible without a ledger.

    Raises: ``WrongUse``, also for news that says nothing, or that gives a reason for nothing.
    """
    values = read_values(NEWS, texts, today)
    update = record_of(Update, NEWS, values, date=today)
    if update.date > today:
        message = f"--date {texts['date']} is after {words.day(today)}"
        raise WrongUse(message, "an update is about what has happened; for a deadline use --due")
    ask, claim = None, None
    if "ask" in values:
        ask = record_of(Ask, NEWS, values, date=update.date)
        if ask.by and ask.by < update.date:
            message = f"--ask-by {ask.by} is before {update.date}, when it is asked for"
            raise WrongUse(message, "give a later day")
    elif not values.keys().isdisjoint({"ask_of", "ask_by"}):
        raise WrongUse("--ask-of and --ask-by need --ask", "give the decision with --ask")
    if any(each.name in values for each in CLAIM_TERMS):
        check_claim(values, "--source")
        claim = record_of(Claim, NEWS, values, source=update.source)
    news = record_of(Addition, NEWS, values, update=update, ask=ask, claim=claim)
    if not (news.has_update or news.ask or news.settle or news.claim or news.settle_claim):
        hint = "give --status, --value or --note, for example; to change the terms: pledges set"
        raise WrongUse("there is nothing to add", hint)
    if news.update.why and not news.update.due:
        hint = "give the new deadline with --due, or use --note instead"
        raise WrongUse("--why is for a moved deadline", hint)
    return news


def _user_agrees_to(named: Sequence[str], session: Session, desk: Desk) -> bool:
    """Whether the user agrees to change these pledges; an empty selection is only reported.

    Raises: ``WrongUse`` if the user can't be asked, or if nothing is selected because of a word
    that is not in the ledger.
    """
    now, options = session.now, desk.options
    if not named:
        if unknown := session.unknown_word_lines():
            raise WrongUse(unknown[0])
        nothing = answer([], now.ledger, now.name, now.as_of)
        emit(replace(nothing, remarks=session.no_match_lines(())), session.reading)
        return False
    if not options.quiet or not (options.yes or options.dry_run):
        notify(aligned(preview(now.assessed, named)))
    act = f"add this update to {words.part(len(named), len(now.assessed))}"
    return options.dry_run or desk.user_agrees(act)


def _edits(
    news: Addition, added: Sequence[RegisterEntry], named: Sequence[str], ledger: Ledger
) -> list[Edit]:
    """The edits that add the news; ``added`` are sources that are added with it.

    Raises: ``NoSuchPledge``; ``RefusedPledges`` with each pledge that can't be updated.
    """
    ask = news.ask and in_registers(news.ask, NEWS, ledger)
    update = in_registers(news.update, NEWS, ledger, added)
    claim = news.claim and replace(news.claim, source=update.source)
    news = replace(news, update=update, ask=ask, claim=claim)
    pledges = named_pledges(named, ledger)
    reasons = [
        (each.id, no.reason, no.hint) for each in pledges for no in refusals(news, each, ledger)
    ]
    if reasons:
        raise RefusedPledges(reasons, len(pledges))
    return [edit for pledge in pledges for edit in addition_edits(news, pledge, ledger)]


def _changes(
    amendment: Amendment, named: Sequence[str], news: Addition, given: dt.date | None, desk: Desk
) -> Answer:
    """What the news came to; ``given`` is its date, if one was given."""
    before, after = amendment.before, amendment.after
    today = as_of_day(desk.options.as_of)
    same = zip(named_pledges(named, before), named_pledges(named, after), strict=True)
    pairs = compared_alone(same, before, after, today)
    said = [
        repeat_text(repeats(news, each.after.pledge, after), each.after.pledge, given)
        for each in pairs
        if not each.is_change
    ]
    changed = [each for each in pairs if each.is_change]
    return replace(answer(changed, after, desk.path.name, today), remarks=said)
