"""``pledges update``: one more entry in the history of a pledge, or of several."""

import datetime as dt
from collections.abc import Sequence
from typing import Annotated, Final

from msgspec.structs import replace

from pledges.cell_width import aligned
from pledges.commands._options import Filters, Ids, Writing, spread, without
from pledges.commands._output import emit
from pledges.commands._session import (
    Session,
    as_of_day,
    open_session,
    selection,
    size_lines,
    unknown_word_lines,
)
from pledges.commands._term_options import Texts
from pledges.commands._update_options import NEWS, news_in, read_news
from pledges.commands._values import NEW_SOURCE, new_source, read_values
from pledges.commands._writing import Desk, amend, open_desk, say, tell_change, user_agrees
from pledges.domain.assessment import Assessed
from pledges.domain.changes import Comparison
from pledges.domain.edits import Edit
from pledges.domain.ids import is_pattern, pledge_ids
from pledges.domain.pledge import Ledger, Pledge
from pledges.domain.snapshot import assess_alone
from pledges.domain.update_rules import Addition, addition_edits, refusals
from pledges.errors import Exit, RefusedPledges, WrongUse
from pledges.ledger.editing.revision import Amendment
from pledges.streams import notify
from pledges.view.answer import Answer
from pledges.view.update_page import answer, preview, unchanged_text
from pledges.view.wording import values as words

FEW: Final = 5
"""How many pledges the journal names one by one."""


OtherFilters = Annotated[Filters, without("status", "source")]
"""All but those whose names say here what is new."""


@spread
def run(
    report: Annotated[Texts, NEWS],
    source: Annotated[Texts, NEW_SOURCE],
    writing: Writing,
    filters: OtherFilters,
    ids: Ids = None,
) -> int:
    """Add what is new to the history of pledges."""
    today = as_of_day(writing.as_of)
    news = read_news(report, today)
    new = read_values(NEW_SOURCE, source, today)

    def plan(ledger: Ledger, named: Sequence[str]) -> Sequence[Edit]:
        added = new_source(new, news.update.source, ledger)
        return [*added, *_edits(news_in(ledger, news, added), named, ledger)]

    is_selection = filters != Filters() or any(map(is_pattern, ids or ()))
    if not (ids or is_selection):
        hint = "name it, as in: pledges update ECO-02 --status completed; or use filters"
        raise WrongUse("which pledge is it?", hint)
    desk = open_desk(writing)
    named = list(dict.fromkeys(ids or ()))
    if is_selection:
        session = open_session(desk.reading, today)
        found = selection(session, filters, ids)
        named = [each.pledge.id for each in found]
        if not found:
            _tell_nothing(session, filters)
            return Exit.DONE
        plan(session.file.ledger, named)  # what can't be done is refused before the user is asked
        if not _user_agrees_to(found, desk, len(session.now.assessed)):
            return Exit.DONE
    which = ", ".join(named) if len(named) <= FEW else words.count(len(named), "pledge")
    act = f"update {which}: {', '.join(report)}"
    amendment = amend(desk, act, lambda ledger: plan(ledger, named))
    tell_change(desk, amendment, lambda: _changes(amendment, named, desk, today))
    return Exit.DONE


def _tell_nothing(session: Session, filters: Filters) -> None:
    """Say that no pledge is selected; an unknown word is an error, since nothing was done.

    Raises: ``WrongUse``.
    """
    now = session.now
    if unknown := unknown_word_lines(now, filters):
        raise WrongUse(unknown[0], "nothing was written")
    nothing = answer([], now.ledger, now.name, now.as_of)
    emit(replace(nothing, said=size_lines(session, 0)), session.reading, None)


def _user_agrees_to(selected: Sequence[Assessed], desk: Desk, size: int) -> bool:
    """Whether the user wants the pledges of a selection to be changed, of so many in all."""
    options = desk.options
    if not options.quiet or not (options.yes or options.dry_run):
        notify(aligned(preview(selected)))
    act = f"add this update to {words.part(len(selected), size)}"
    if options.dry_run or user_agrees(desk, act):
        return True
    say(desk, ["Nothing was written."])
    return False


def _edits(news: Addition, named: Sequence[str], ledger: Ledger) -> list[Edit]:
    """What the news comes to.

    Raises: ``NoSuchPledge``; ``RefusedPledges`` with each pledge that can't take it.
    """
    pledges = _pledges(named, ledger)
    reasons = [
        (each.id, no.reason, no.hint) for each in pledges for no in refusals(news, each, ledger)
    ]
    if reasons:
        raise RefusedPledges(reasons, len(pledges))
    return [edit for pledge in pledges for edit in addition_edits(news, pledge, ledger)]


def _pledges(named: Sequence[str], ledger: Ledger) -> list[Pledge]:
    pledges = {each.id: each for each in ledger.pledges}
    ids = [found for text in named for found in pledge_ids(text, pledges)]
    return [pledges[each] for each in dict.fromkeys(ids)]


def _changes(amendment: Amendment, named: Sequence[str], desk: Desk, today: dt.date) -> Answer:
    """What was changed, and of which pledges nothing was."""
    before, after = amendment.before, amendment.after
    pairs = [
        Comparison(assess_alone(old, before, today), assess_alone(new, after, today))
        for old, new in zip(_pledges(named, before), _pledges(named, after), strict=True)
    ]
    said = [unchanged_text(each) for each in pairs if not each.is_change]
    news = [each for each in pairs if each.is_change]
    return replace(answer(news, after, desk.path.name, today), said=said)
