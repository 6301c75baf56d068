"""``pledges update``: one more entry in the history of a pledge, or of several."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Annotated, Final

from msgspec.structs import replace

from pledges.commands._options import Filters, Ids, Writing, spread, without
from pledges.commands._output import emit
from pledges.commands._session import (
    as_of_day,
    open_session,
    selection,
    size_lines,
    unknown_word_lines,
)
from pledges.commands._term_options import Texts
from pledges.commands._update_options import NEWS, news_in, read_news
from pledges.commands._values import NEW_SOURCE, new_source, read_values
from pledges.commands._writing import agreed, amended, tell, told, writable_path
from pledges.domain.changes import Comparison
from pledges.domain.edits import Edit
from pledges.domain.ids import is_pattern, pledge_ids
from pledges.domain.pledge import Ledger, Pledge
from pledges.domain.snapshot import assess_alone
from pledges.domain.update_rules import Addition, addition_edits, refusals
from pledges.errors import Exit, RefusedPledges, WrongUse
from pledges.ledger.editing.revision import Amendment
from pledges.render.cell_width import aligned
from pledges.streams import notify
from pledges.view.update_page import answer, preview, unchanged
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

    named = _named(writing, filters, ids, plan)
    if named:
        which = ", ".join(named) if len(named) <= FEW else words.count(len(named), "pledge")
        act = f"update {which}: {', '.join(report)}"
        amendment = amended(writing, act, lambda ledger: plan(ledger, named))
        if not writing.dry_run:
            _tell(amendment, named, writing, today)
    return Exit.DONE


def _named(
    writing: Writing,
    filters: Filters,
    ids: Ids,
    plan: Callable[[Ledger, Sequence[str]], object],
) -> list[str]:
    """The pledges that are meant; those of filters and patterns once somebody has agreed.

    ``plan`` is tried before anybody is asked.

    Raises: ``WrongUse`` where none are named, or nobody can be asked; and what ``plan`` raises.
    """
    if filters == Filters() and not any(map(is_pattern, ids or ())):
        if not ids:
            hint = "name it, as in: pledges update ECO-02 --status completed; or use filters"
            raise WrongUse("which pledge is it?", hint)
        return list(dict.fromkeys(ids))
    session = open_session(writing.reading)
    now = session.now
    found = selection(session, filters, ids)
    named = [each.pledge.id for each in found]
    if not found:
        if unknown := unknown_word_lines(now, filters):
            raise WrongUse(unknown[0], "nothing was written")
        said = size_lines(session, 0)
        emit(replace(answer([], now.ledger, now.name, now.as_of), said=said), writing.reading, None)
        return []
    plan(session.file.ledger, named)
    if not writing.quiet or not (writing.yes or writing.dry_run):
        notify(aligned(preview(found)))
    act = f"add this update to {words.part(len(found), len(now.assessed))}"
    if writing.dry_run or agreed(writing, act):
        return named
    told(writing, ["Nothing was written."])
    return []


def _edits(news: Addition, named: Sequence[str], ledger: Ledger) -> list[Edit]:
    """What the news comes to.

    Raises: ``NoSuchPledge``; ``RefusedPledges`` with each pledge that can't take it.
    """
    pledges = _found(named, ledger)
    reasons = [
        (pledge.id, refusal.reason, refusal.hint)
        for pledge in pledges
        for refusal in refusals(news, pledge, ledger)
    ]
    if reasons:
        raise RefusedPledges(reasons, len(pledges))
    return [edit for pledge in pledges for edit in addition_edits(news, pledge, ledger)]


def _found(named: Sequence[str], ledger: Ledger) -> list[Pledge]:
    pledges = {each.id: each for each in ledger.pledges}
    ids = [found for text in named for found in pledge_ids(text, pledges)]
    return [pledges[each] for each in dict.fromkeys(ids)]


def _tell(amendment: Amendment, named: Sequence[str], writing: Writing, today: dt.date) -> None:
    """What was changed, and of which pledges nothing was."""
    name = writable_path(writing).name
    before, after = amendment.before, amendment.after
    changed = [
        Comparison(assess_alone(old, before, today), assess_alone(new, after, today))
        for old, new in zip(_found(named, before), _found(named, after), strict=True)
    ]
    said = [unchanged(each) for each in changed if not each.is_change]
    news = [each for each in changed if each.is_change]
    tell(writing, amendment, answer(news, amendment.after, name, today), said)
