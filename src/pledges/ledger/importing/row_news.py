"""The updates that a row gives of a pledge, as far as the ledger does not have them."""

import datetime as dt
from typing import Final, NamedTuple

from msgspec.structs import replace

from pledges.domain.assessment import AssessedPledge, Assessment, assess
from pledges.domain.day import Period
from pledges.domain.deadlines import current_deadline
from pledges.domain.known import pledge_up_to
from pledges.domain.pledge import Kind, Ledger, Pledge, Update
from pledges.ledger.importing.headings import ImportColumns
from pledges.ledger.importing.merging import Candidate, sound_record
from pledges.ledger.importing.row_reader import News
from pledges.ledger.text.finding import Finding, Path

NO_UPDATE: Final = Update(date=dt.date.min)


class _GivenUpdate(NamedTuple):
    """An update that a row gives, by its number in the row."""

    number: int
    update: Update
    is_history: bool = False
    is_dated: bool = False


class NewsMatcher:
    """Finds what is new of the updates of a row, as the pledge was known on the day of import."""

    def __init__(self, ledger: Ledger, as_of: dt.date, columns: ImportColumns) -> None:
        self.ledger = ledger
        self.as_of = as_of
        self.columns = columns
        self.gives_source = "update_source" in columns.targets

    def added_to(
        self, candidate: Candidate, reported: AssessedPledge | None, moved: Period | None
    ) -> Candidate:
        """The candidate with what its row gives of updates, as far as that is new."""
        row, new = candidate.row, candidate.new
        findings, origins = list(candidate.findings), dict(candidate.origins)
        given = [self._given_update(number, x, findings) for number, x in enumerate(row.news)]
        if moved and all(each.is_history for each in given):
            given.append(_GivenUpdate(len(row.news), Update(date=self.as_of)))
        if len(given) > 1:
            given.sort(key=lambda each: each.update.date)
        news: dict[int, Update] = {}
        for each in given:
            rest: Update | None = each.update
            if each.is_history:
                said, current = each.update, current_deadline(new)
                # The first deadline is no move, and the one in force is nothing new: what would be
                # the reason of a move is a note then.
                if said.due and (not current or said.due.last == current.last):
                    due, note = None if current else said.due, said.note or said.why
                    said = replace(said, due=due, why=None, note=note)
                is_known = any(self._is_known(each, x, new) for x in (each.update, said))
                rest = None if is_known else said
            else:
                before = replace(candidate, new=new)
                new, rest = self._without_known(before, each, reported, moved, findings)
                moved = None
            if rest:
                rest = self._on_its_day(each, rest, new, reported)
                origins[("update", len(new.updates))] = ("news", each.number)
                new = replace(new, updates=(*new.updates, rest))
                news[each.number] = rest
        return replace(candidate, new=new, findings=findings, origins=origins, news=news)

    def _given_update(self, number: int, news: News, findings: list[Finding]) -> _GivenUpdate:
        is_dated = "date" in news.table
        table = {"date": self.as_of, **news.table}
        if news.is_history and "due" not in table:
            table.pop("why", None)  # that of all rows is only for moves
        update, misfits = sound_record(table, Update)
        if misfits:
            findings += [replace(x, path=("news", number, *x.path)) for x in misfits]
        is_history = news.is_history and (is_dated or self.columns.sheet.form is not None)
        return _GivenUpdate(number, update, is_history, is_dated)

    def _is_known(self, each: _GivenUpdate, update: Update, pledge: Pledge) -> bool:
        """Whether the ledger has an entry of that day that says all that an update says.

        The answer of a form that gives no day may have come in on any day since it was made.
        """
        form, known = self.columns.sheet.form, pledge.updates
        if form and not each.is_dated and (told := form.states.get(pledge.id)):
            known = tuple(x for x in known if x.date >= told.made)
            update = replace(update, date=NO_UPDATE.date)
        keys = [x for x in Update.__struct_fields__ if getattr(update, x) != getattr(NO_UPDATE, x)]
        return any(all(getattr(x, key) == getattr(update, key) for key in keys) for x in known)

    def _without_known(
        self,
        candidate: Candidate,
        each: _GivenUpdate,
        reported: AssessedPledge | None,
        moved: Period | None,
        findings: list[Finding],
    ) -> tuple[Pledge, Update | None]:
        """The pledge with a deadline that is set, and what is new of an update, with one moved.

        Of a new pledge the deadline is a term.  A first deadline of an old one is set by an update,
        too: before that day it was not known.
        """
        new, update, due = candidate.new, each.update, moved or each.update.due
        said = replace(update, due=None, why=None) if update.due or update.why else update
        rest = self._unknown_part(said, new, reported.assessment if reported else None)
        current = current_deadline(new)
        # An older export may have any of those before.  For what recurs the one in force was only
        # worked out, from a period.
        known = [current] if moved else [new.due, *(x.due for x in new.moves)]
        is_known = not due or any(x and x.last == due.last for x in known)
        if is_known or new.kind is not Kind.ONE_OFF:
            return new, rest
        if not candidate.old:
            return replace(new, due=due), rest
        if current and not update.why:
            path: Path = ("due",) if moved else ("news", each.number, "due")
            message = f"the deadline in the ledger is {current.name}"
            hint = "give the reason of the move in a column why, or for all rows: --set why='...'"
            findings.append(Finding("rule", path, message, hint))
            return new, rest
        rest = rest or Update(date=update.date, source=update.source)
        return new, replace(rest, due=due, why=update.why if current else None)

    def _on_its_day(
        self, each: _GivenUpdate, rest: Update, pledge: Pledge, reported: AssessedPledge | None
    ) -> Update:
        """What is new of an update, as it was only seen if on which day it happened is not known.

        What is only confirmed is so on the day itself.  In an export of ours the day is that of the
        last update: what was changed came later.
        """
        is_dated = each.is_dated
        if self.columns.is_export and any(x.date == rest.date for x in pledge.updates):
            rest, is_dated = replace(rest, date=self.as_of), False
        told = reported.assessment if reported else None
        known = {None, told.status, told.value} if told else {None}
        is_seen = not is_dated and not {rest.status, rest.value} <= known
        return replace(rest, seen=True) if is_seen else rest

    def _unknown_part(
        self, news: Update, pledge: Pledge, reported: Assessment | None
    ) -> Update | None:
        """The news without a status and a value that were in force on their day, or are now.

        None if they say nothing that no update says.
        """
        rest = news
        if pledge.updates:
            known = [reported] if reported else []
            if not reported or (news.status, news.value) != (reported.status, reported.value):
                then = pledge_up_to(pledge, news.date)
                known.append(assess(then, news.date, self.ledger.plan))
            statuses = {each.status for each in known}
            if news.period and all(each.period != news.period for each in known):
                statuses = {each.status for each in pledge.updates if each.period == news.period}
            status = None if news.status in statuses else news.status
            value = None if any(news.value == each.value for each in known) else news.value
            rest = replace(news, status=status, value=value)
        if rest in pledge.updates or news in pledge.updates:
            return None
        if rest.status is not None or rest.value is not None:
            return rest
        for key in ("by", "note", "source") if self.gives_source else ("by", "note"):
            text = getattr(news, key)
            if text and all(getattr(each, key) != text for each in pledge.updates):
                return news if key == "by" else rest  # somebody else confirms what is known
        return None
