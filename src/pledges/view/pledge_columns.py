"""The columns that pledges are shown in: every field of the model and of the assessment."""

import datetime as dt
from collections.abc import Callable, Container, Mapping, Sequence
from operator import attrgetter, or_
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from pledges.clean import JOINT, without_joints
from pledges.domain.assessment import AssessedPledge, Assessment, Standing
from pledges.domain.day import Period
from pledges.domain.deadlines import current_deadline
from pledges.domain.fields import fields, script_value, terms
from pledges.domain.pledge import Ledger, Measure, Pledge, cited_sources
from pledges.domain.sorting import SORT_KEYS, Key, SortKey, days_to_deadline, value_key
from pledges.errors import UnknownWord
from pledges.view.page import Bar, Cell, Column, Table, Tone
from pledges.view.wording import standings
from pledges.view.wording import values as words
from pledges.view.wording.dates import deadline_or_contested
from pledges.view.wording.figures import figures_and_status, progress_and_time, status_text
from pledges.view.wording.standings import PACES, standing_tone, standing_word, time_left
from pledges.view.wording.titles import citations_cell

CellMaker = Callable[[AssessedPledge, Ledger], Cell]
Value = Callable[[AssessedPledge], object]

NOT_IN_GRID: Final = frozenset(
    ("reported", "track", "deadline", "days", "sources", "internal", "plan")
)
"""What CSV has only if it is asked for: for people, what can be counted, and internal notes.

Of several ledgers it has the plan, too.
"""

WORKED_OUT_HERE: Final = frozenset(Assessment.__struct_fields__) - {
    *("status", "value", "period", "due")
}
"""The columns that nobody can fill in, because they are worked out from others."""


class Field(Struct, frozen=True):
    """A column: what a script reads, and what people are shown under which label.

    ``record`` gives a list as a list, and true or false as such; ``kind`` is the type of that, None
    if the model declares it.
    """

    name: str
    record: Value
    cell: CellMaker
    head: Column
    kind: object = None


def pledge_fields(names: Sequence[str]) -> list[Field]:
    """The fields of these names; raises ``UnknownWord`` at the first that is none."""
    if unknown := [name for name in names if name not in FIELDS]:
        raise UnknownWord("column", unknown[0], list(FIELDS))
    return [FIELDS[name] for name in names]


def grid_columns(ledger: Ledger, *, with_internal: bool = False) -> Mapping[str, Value]:
    """What CSV has of a pledge unless other columns are asked for."""
    left_out = NOT_IN_GRID - {"internal"} if with_internal else NOT_IN_GRID
    left_out -= {"plan"} if ledger.is_joint else set()
    return {name: field.record for name, field in FIELDS.items() if name not in left_out}


def pledge_table(
    assessed: Sequence[AssessedPledge],
    names: Sequence[str],
    ledger: Ledger,
    parts: Container[str] = (),
) -> Table:
    """Pledges under the columns of these names.

    Those whose ids are among the ``parts`` are marked as parts of the one above them.
    """
    columns = pledge_fields(names)
    rows = [[field.cell(each, ledger) for field in columns] for each in assessed]
    for each, row in zip(assessed, rows, strict=True):
        if each.pledge.id in parts and "title" in names:
            at = names.index("title")
            row[at] = replace(row[at], text=f"- {row[at].text}")
    return Table([field.head for field in columns], rows)


def title_text(each: AssessedPledge) -> str:
    """The title, marked if it was only asked for."""
    title = words.quote(each.pledge.title)
    return title if each.assessment.agreed else f"{title} (asked for)"


def standing_cell(each: AssessedPledge, _: Ledger) -> Cell:
    """The standing, with its tone."""
    return Cell(standing_word(each.assessment), standing_tone(each.assessment))


def pace_cell(each: AssessedPledge, _: Ledger) -> Cell:
    """The pace, with its tone."""
    pace = each.assessment.pace
    return Cell(words.readable(pace), PACES[pace].tone) if pace else Cell()


def days_cell(each: AssessedPledge, _: Ledger) -> Cell:
    """How its deadline lies to the as-of date, with the tone of its standing."""
    standing = each.assessment.standing
    is_pressing = standing in (Standing.OVERDUE, Standing.DUE_SOON)
    tone = standing_tone(each.assessment) if is_pressing else None
    return Cell(time_left(each.assessment), tone)


def progress_cell(each: AssessedPledge, _: Ledger) -> Cell:
    """Progress and time used, as a bar if it can be drawn."""
    done, used = each.assessment.progress, each.assessment.time_used
    text, label = progress_and_time(each.assessment), ""
    if done is not None:
        label = f"{words.percent(done)}{JOINT}done"
    elif used is not None and used >= 0:
        label = f"{words.percent(min(used, 1))}{JOINT}of time"
    return Cell(text, bar=Bar(done, used, label)) if text else Cell()


def status_cell(text: Callable[[AssessedPledge], str]) -> CellMaker:
    """What shows a text about the status, muted if none was reported."""
    return lambda each, _: Cell(text(each), None if each.assessment.status else Tone.MUTED)


def _value_cell(record: Value) -> CellMaker:
    def cell(each: AssessedPledge, _: Ledger) -> Cell:
        found = script_value(record(each))
        if isinstance(found, bool):
            return Cell("yes" if found else "no")
        if isinstance(found, int | float):
            return Cell(words.number(found))
        return Cell(words.quote(found or ""))

    return cell


_TERMS: Final = {each.flat_name: each for each in terms(Pledge).values()}
_MEASURE_TERMS: Final = {each.flat_name: each for each in terms(Measure).values()}


def _declared(name: str) -> Value:
    """What gives the value of a field of the model, found once for all pledges."""
    if name in Assessment.__struct_fields__:
        return attrgetter(f"assessment.{name}")
    if name in _TERMS:
        return attrgetter(f"pledge.{_TERMS[name].name}")
    measured = _MEASURE_TERMS[name].name
    return lambda each: getattr(each.pledge.measure, measured, None)


def _field(
    name: str,
    value: Value | None = None,
    cell: CellMaker | None = None,
    column: Column | None = None,
    kind: object = None,
) -> Field:
    """A column; what is left out is as the model declares the field of that name."""
    term = _TERMS.get(name) or _MEASURE_TERMS.get(name)
    label = term.title if term and term.name == name else words.label(name)
    record = value or _declared(name)
    head = column or Column(label, wraps=True)
    return Field(name, record, cell or _value_cell(record), head, kind)


def column_kind(name: str) -> object:
    """The type of what a column has in JSON."""
    if FIELDS[name].kind is not None:
        return FIELDS[name].kind
    if name in Assessment.__struct_fields__:
        return fields(Assessment)[name].type
    if name in _TERMS:
        return fields(Pledge)[_TERMS[name].name].type
    return or_(fields(Measure)[_MEASURE_TERMS[name].name].type, None)


def sort_key(name: str, ledger: Ledger) -> SortKey:
    """What sorts by the column of a name; pillars and parties are in the order of the ledger."""
    registers = {"pillar": ledger.pillars, "owed_by": ledger.parties, "asked_by": ledger.parties}
    if name in registers:
        ranks = {key: rank for rank, key in enumerate(registers[name])}
        words_of = _declared(name)

        def ranks_of(each: AssessedPledge) -> Key | None:
            found = words_of(each)
            keys = [found] if isinstance(found, str) else list(found)  # type: ignore[call-overload]
            return [ranks[key] for key in keys] or None

        return ranks_of
    if own := SORT_KEYS.get(_SORTED_AS.get(name, name)):
        return own
    value = FIELDS[name].record
    return lambda each: value_key(value(each))


_SORTED_AS: Final = {"reported": "status", "track": "progress", "deadline": "due"}
"""The columns whose words for people sort by what these are about."""

OWN_MEANINGS: Final[Mapping[str, str]] = {
    "plan": "The short name of its plan, if several ledgers are read.",
    "reported": "The status in words, with the figures of its measure.",
    "track": "Progress and time used, as a bar if it can be drawn.",
    "deadline": "The deadline in words, or the period that is assessed.",
    "days": "How far off the deadline is, in words.",
    "updated": "The day of the last news.",
    "pledged_due": "The deadline as it was first pledged.",
    "sources": "How many sources it cites, with those of its history.",
}
"""The meanings of columns that no field declares, or declares otherwise."""


def column_meanings() -> Mapping[str, str]:
    """What each column means, from the description of its field."""
    declared = {
        each.flat_name: each.description
        for record in (Measure, Pledge, Assessment)
        for each in terms(record).values()
    }
    return {name: OWN_MEANINGS.get(name) or declared[name] for name in FIELDS}


_LEADING: Final = (
    _field("id", column=Column("Id")),
    _field("plan", lambda x: x.pledge.plan_key or None, kind=str | None),
    _field(
        "title",
        cell=lambda x, _: Cell(title_text(x)),
        column=Column("Pledge", is_main=True, least=20, ease=25),
    ),
    _field("pillar", cell=lambda x, of: Cell(words.quote(of.pillars[x.pledge.pillar]))),
    _field("owed_by", cell=lambda x, ledger: Cell(standings.owed_by(x.pledge, ledger))),
    *map(_field, ("kind", "strength")),
    _field("made", cell=lambda x, _: Cell(words.period(x.pledge.made))),
    _field(
        "reported",
        lambda x: without_joints(figures_and_status(x)),
        status_cell(figures_and_status),
        Column("Status", wraps=True, least=12, ease=20, under="Pledge", fold=2),
        str,
    ),
    _field(
        "track",
        lambda x: without_joints(progress_and_time(x.assessment)),
        progress_cell,
        Column("Done, time used", under="Pledge", fold=4, says_itself=True),
        str,
    ),
    _field(
        "status", cell=status_cell(status_text), column=Column("Status", under="Standing", fold=3)
    ),
    _field("standing", cell=standing_cell, column=Column("Standing")),
    _field("period"),
    _field("due", cell=lambda x, _: Cell(words.day(x.assessment.due)), column=Column("Due")),
    _field(
        "deadline",
        lambda x: x.assessment.period or current_deadline(x.pledge),
        lambda x, _: Cell(
            deadline_or_contested(x), Tone.WATCH if x.assessment.has_open_contest else None
        ),
        Column("Deadline", wraps=True, least=13, ease=16),
        Period | None,
    ),
    _field(
        "days", days_to_deadline, days_cell, Column("Days", under="Deadline", fold=1), int | None
    ),
    *map(_field, ("days_left", "days_late", "completed")),
    _field("progress", cell=lambda x, _: Cell(words.percent(x.assessment.progress))),
    _field("time_used", cell=lambda x, _: Cell(words.percent(x.assessment.time_used))),
    _field("pace", cell=pace_cell, column=Column("Pace", under="Standing", fold=1)),
    *map(_field, ("pace_points", "value", "remaining", "unit", "baseline", "target")),
    _field(
        "updated",
        lambda x: x.pledge.last_news_on,
        lambda x, _: Cell(standings.last_news(x)),
        Column("Last news", under="Status", fold=2),
        dt.date | None,
    ),
    *map(_field, ("age_days", "stale", "slip_days", "contested", "agreed", "missed")),
    *map(_field, ("parts", "parts_done", "pledged_due", "due_text")),
    _field("sources", lambda x: len(cited_sources(x.pledge)), kind=int),
)
_LAST: Final = _field("internal")
_SOURCE: Final = _field("source", cell=lambda x, of: citations_cell(x.pledge.source, of))
_OWN: Final = {each.name: each for each in (*_LEADING, _SOURCE)}
_NAMES: Final = [name for name in (*_TERMS, *_MEASURE_TERMS) if name != _LAST.name]
_OTHERS: Final = [_OWN.get(name) or _field(name) for name in _NAMES]

FIELDS: Final[Mapping[str, Field]] = {each.name: each for each in (*_LEADING, *_OTHERS, _LAST)}
"""The columns: those with a place or words of their own, then every other field of the model."""
