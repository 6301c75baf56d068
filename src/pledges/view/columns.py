"""The columns that a pledge can be shown in: for scripts a plain value, for people words.

Every field of the model is a column, and so is what is said of it here.  A column without words of
its own shows its plain value.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from msgspec import Struct

from pledges.domain.assessment import Assessed, Assessment
from pledges.domain.counts import status_word
from pledges.domain.deadlines import current_deadline
from pledges.domain.fields import script_value, terms
from pledges.domain.pledge import Ledger, Measure, Pledge
from pledges.domain.sorting import days_to_deadline
from pledges.errors import UnknownWord
from pledges.view.answer import Plain
from pledges.view.page import Bar, Cell, Column, Tone
from pledges.view.wording import phrases as wording
from pledges.view.wording import values as words


class Field(Struct, frozen=True):
    """A column: what a script reads, and what people are shown under which label."""

    name: str
    value: Callable[[Assessed], Plain]
    cell: Callable[[Assessed, Ledger], Cell] | None
    head: Column
    in_grid: bool

    def words(self, each: Assessed, ledger: Ledger) -> Cell:
        """What people are shown of it."""
        return self.cell(each, ledger) if self.cell else Cell(_words(self.value(each)))


def chosen(names: Sequence[str]) -> list[Field]:
    """The fields of these names, in their order.

    Raises: ``UnknownWord`` with the nearest one, at the first that is none.
    """
    for name in names:
        if name not in FIELDS:
            raise UnknownWord("column", name, list(FIELDS))
    return [FIELDS[name] for name in names]


def grid_fields(with_internal: bool = False) -> list[Field]:  # noqa: FBT001, FBT002  (one more)
    """The fields that CSV has unless others are asked for."""
    every = [each for each in FIELDS.values() if each.in_grid]
    return [*every, FIELDS["internal"]] if with_internal else every


def value_columns(fields: Sequence[Field]) -> Mapping[str, Callable[[Assessed], Plain]]:
    """The plain values of fields, by their names."""
    return {field.name: field.value for field in fields}


def standing_cell(each: Assessed, _: Ledger) -> Cell:
    """The standing, with its tone."""
    standing = each.assessment.standing
    return Cell(words.spoken(standing), wording.STANDING_TONES[standing])


def pace_cell(each: Assessed, _: Ledger) -> Cell:
    """The pace, with its tone."""
    pace = each.assessment.pace
    return Cell(words.spoken(pace), wording.PACE_TONES[pace]) if pace else Cell()


def days_cell(each: Assessed, _: Ledger) -> Cell:
    """How its deadline lies to the as-of date, with the tone of its standing."""
    standing = each.assessment.standing
    tone = wording.STANDING_TONES[standing] if standing.is_pressing else None
    return Cell(wording.time_left(each.assessment), tone)


def track_cell(each: Assessed, _: Ledger) -> Cell:
    """Progress and time, as a bar where it can be drawn."""
    done, time = each.assessment.progress, each.assessment.time_used
    text = wording.track(each.assessment)
    if not text:
        return Cell()
    return Cell(text, bar=Bar(done, time, "" if done is None else words.percent(done)))


def reported_cell(each: Assessed, _: Ledger) -> Cell:
    """What was reported: figures and status."""
    return Cell(wording.reported(each), None if each.assessment.status else Tone.MUTED)


def status_cell(each: Assessed, _: Ledger) -> Cell:
    """The status, or that there is none."""
    status = each.assessment.status
    return Cell(words.spoken(status_word(each)), None if status else Tone.MUTED)


def deadline_cell(each: Assessed, _: Ledger) -> Cell:
    """The deadline as it was worded, with a mark where it is contested."""
    return Cell(wording.deadline(each), Tone.WATCH if each.assessment.contested else None)


def _words(value: Plain) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return words.number(value)
    return value or ""


def _deadline(each: Assessed) -> Plain:
    """The deadline in force by the name of its period."""
    now = each.assessment.period or current_deadline(each.pledge)
    return now.name if now else None


def _share_cell(name: str) -> Callable[[Assessed, Ledger], Cell]:
    def cell(each: Assessed, _: Ledger) -> Cell:
        fraction = getattr(each.assessment, name)
        return Cell("" if fraction is None else words.percent(fraction))

    return cell


_TERMS: Final = {each.flat_name: each for each in terms(Pledge).values()}
_MEASURE_TERMS: Final = {each.flat_name: each for each in terms(Measure).values()}


def _value(name: str) -> Callable[[Assessed], Plain]:
    """What gives the value of a column that is a field of the model."""
    if name in Assessment.__struct_fields__:
        return lambda each: script_value(getattr(each.assessment, name))
    if name in _TERMS:
        term = _TERMS[name].name
        return lambda each: script_value(getattr(each.pledge, term))
    part = _MEASURE_TERMS[name].name
    return lambda each: script_value(getattr(each.pledge.measure, part, None))


def _field(
    name: str,
    value: Callable[[Assessed], Plain] | None = None,
    cell: Callable[[Assessed, Ledger], Cell] | None = None,
    column: Column | None = None,
    *,
    in_grid: bool = True,
) -> Field:
    """A column; what is left out is as the model declares the field of that name."""
    term = _TERMS.get(name) or _MEASURE_TERMS.get(name)
    label = term.title if term and term.name == name else words.label(name)
    return Field(
        name, value or _value(name), cell, column or Column(label, wraps=True), in_grid=in_grid
    )


_LEADING: Final = (
    _field("id", column=Column("Id")),
    _field("title", column=Column("Pledge", is_main=True, least=20, ease=25)),
    _field("pillar", cell=lambda x, ledger: Cell(ledger.pillars[x.pledge.pillar])),
    _field("owed_by", cell=lambda x, ledger: Cell(wording.owed_by(x.pledge, ledger))),
    _field("kind"),
    _field("strength"),
    _field("made", cell=lambda x, _: Cell(words.period(x.pledge.made) if x.pledge.made else "")),
    _field(
        "reported",
        wording.reported,
        reported_cell,
        Column("Status", wraps=True, least=12, ease=20, under="Pledge", fold=2),
        in_grid=False,
    ),
    _field(
        "track",
        lambda x: wording.track(x.assessment),
        track_cell,
        Column("Progress", under="Pledge", fold=4),
        in_grid=False,
    ),
    _field("status", cell=status_cell, column=Column("Status", under="Standing", fold=3)),
    _field("standing", cell=standing_cell, column=Column("Standing")),
    _field("period"),
    _field(
        "due",
        cell=lambda x, _: Cell(words.day(x.assessment.due) if x.assessment.due else ""),
        column=Column("Due"),
    ),
    _field(
        "deadline",
        _deadline,
        deadline_cell,
        Column("Deadline", wraps=True, least=13, ease=16),
        in_grid=False,
    ),
    _field(
        "days",
        days_to_deadline,
        days_cell,
        Column("Days", under="Deadline", fold=1),
        in_grid=False,
    ),
    _field("days_left"),
    _field("days_late"),
    _field("completed"),
    _field("progress", cell=_share_cell("progress")),
    _field("time_used", cell=_share_cell("time_used")),
    _field("pace", cell=pace_cell, column=Column("Pace", under="Standing", fold=1)),
    _field("pace_points"),
    _field("value"),
    _field("remaining"),
    _field("unit"),
    _field("baseline"),
    _field("target"),
    _field(
        "updated",
        lambda x: script_value(x.pledge.last_news_on),
        lambda x, _: Cell(wording.last_news(x)),
        Column("Last news", under="Status", fold=2),
    ),
    _field("age_days"),
    _field("stale"),
    _field("slip_days"),
    _field("contested"),
    _field("pledged_due"),
    _field("due_text"),
)
_LAST: Final = _field("internal", in_grid=False)
_NAMES: Final = {each.name for each in (*_LEADING, _LAST)}
_OTHERS: Final = [_field(name) for name in (*_TERMS, *_MEASURE_TERMS) if name not in _NAMES]

FIELDS: Final[Mapping[str, Field]] = {each.name: each for each in (*_LEADING, *_OTHERS, _LAST)}
"""The columns: those with a place or words of their own, then every other field of the model."""
