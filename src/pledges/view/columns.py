"""The columns that a pledge can be shown in: for scripts a plain value, for people words.

One row here gives a column to ``list --columns``, to csv and to tsv.  A column without words of its
own shows its plain value.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from msgspec import Struct

from pledges.domain.assessment import Assessed
from pledges.domain.counts import status_word
from pledges.domain.deadlines import current_deadline
from pledges.domain.pledge import Ledger, Measure
from pledges.domain.sorting import days_to_deadline
from pledges.errors import UnknownWord
from pledges.view.page import Bar, Cell, Column, Grid, Plain, Tone
from pledges.view.wording import phrases as wording
from pledges.view.wording import values as words


class Field(Struct, frozen=True):
    """A column: what a script reads, and what people are shown under which label."""

    name: str
    value: Callable[[Assessed], Plain]
    cell: Callable[[Assessed, Ledger], Cell] | None = None
    column: Column | None = None
    in_grid: bool = True

    @property
    def head(self) -> Column:
        """The column as people see it."""
        return self.column or Column(words.label(self.name), wraps=True)

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


def grid(
    assessed: Sequence[Assessed], fields: Sequence[Field] = (), *, with_internal: bool = False
) -> Grid:
    """Pledges as a table of plain values; without ``fields`` in every column that is for that."""
    every = [each for each in FIELDS.values() if each.in_grid]
    kept = fields or [*every, *[FIELDS["internal"]] * with_internal]
    rows = ([field.value(each) for field in kept] for each in assessed)
    return Grid([field.name for field in kept], rows)


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


def _of_measure(name: str) -> Callable[[Assessed], Plain]:
    def value(each: Assessed) -> Plain:
        measure: Measure | None = each.pledge.measure
        found: Plain = getattr(measure, name) if measure else None
        return found

    return value


def _deadline(each: Assessed) -> Plain:
    """The deadline in force by the name of its period."""
    now = each.assessment.period or current_deadline(each.pledge)
    return now.name if now else None


def _share_cell(name: str) -> Callable[[Assessed, Ledger], Cell]:
    def cell(each: Assessed, _: Ledger) -> Cell:
        fraction = getattr(each.assessment, name)
        return Cell("" if fraction is None else words.percent(fraction))

    return cell


_ALL: Final = (
    Field("id", lambda x: x.pledge.id, column=Column("Id")),
    Field(
        "title",
        lambda x: x.pledge.title,
        column=Column("Pledge", is_main=True, least=20, ease=25),
    ),
    Field(
        "pillar",
        lambda x: x.pledge.pillar,
        lambda x, ledger: Cell(ledger.pillars[x.pledge.pillar]),
    ),
    Field(
        "owed_by",
        lambda x: ";".join(x.pledge.owed_by),
        lambda x, ledger: Cell(wording.owed_by(x.pledge, ledger)),
    ),
    Field("kind", lambda x: str(x.pledge.kind)),
    Field("strength", lambda x: str(x.pledge.strength) if x.pledge.strength else None),
    Field(
        "made",
        lambda x: x.pledge.made.name if x.pledge.made else None,
        lambda x, _: Cell(words.period(x.pledge.made) if x.pledge.made else ""),
    ),
    Field(
        "reported",
        wording.reported,
        reported_cell,
        Column("Status", wraps=True, least=12, ease=20, under="Pledge", fold=2),
        in_grid=False,
    ),
    Field(
        "track",
        lambda x: wording.track(x.assessment),
        track_cell,
        Column("Progress", under="Pledge", fold=4),
        in_grid=False,
    ),
    Field(
        "status",
        lambda x: str(x.assessment.status) if x.assessment.status else None,
        status_cell,
        Column("Status", under="Standing", fold=3),
    ),
    Field(
        "standing",
        lambda x: str(x.assessment.standing),
        standing_cell,
        Column("Standing"),
    ),
    Field("period", lambda x: x.assessment.period.name if x.assessment.period else None),
    Field(
        "due",
        lambda x: x.assessment.due.isoformat() if x.assessment.due else None,
        lambda x, _: Cell(words.day(x.assessment.due) if x.assessment.due else ""),
        Column("Due"),
    ),
    Field(
        "deadline",
        _deadline,
        deadline_cell,
        Column("Deadline", wraps=True, least=13, ease=16),
        in_grid=False,
    ),
    Field(
        "days",
        days_to_deadline,
        days_cell,
        Column("Days", under="Deadline", fold=1),
        in_grid=False,
    ),
    Field("days_left", lambda x: x.assessment.days_left),
    Field("days_late", lambda x: x.assessment.days_late),
    Field(
        "completed",
        lambda x: x.assessment.completed.isoformat() if x.assessment.completed else None,
    ),
    Field("progress", lambda x: x.assessment.progress, _share_cell("progress")),
    Field("time_used", lambda x: x.assessment.time_used, _share_cell("time_used")),
    Field(
        "pace",
        lambda x: str(x.assessment.pace) if x.assessment.pace else None,
        pace_cell,
        Column("Pace", under="Standing", fold=1),
    ),
    Field("pace_points", lambda x: x.assessment.pace_points),
    Field("value", lambda x: x.assessment.value),
    Field("remaining", lambda x: x.assessment.remaining),
    Field("unit", _of_measure("unit")),
    Field("baseline", _of_measure("baseline")),
    Field("target", _of_measure("target")),
    Field(
        "updated",
        lambda x: x.pledge.last_news_on.isoformat() if x.pledge.last_news_on else None,
        lambda x, _: Cell(wording.last_news(x)),
        Column("Last news", under="Status", fold=2),
    ),
    Field("age_days", lambda x: x.assessment.age_days),
    Field("stale", lambda x: x.assessment.stale),
    Field("slip_days", lambda x: x.assessment.slip_days),
    Field("contested", lambda x: x.assessment.contested),
    Field("pledged_due", lambda x: x.pledge.due.name if x.pledge.due else None),
    Field("due_text", lambda x: x.pledge.due_text),
    Field("every", lambda x: str(x.pledge.every) if x.pledge.every else None),
    Field("since", lambda x: x.pledge.since.name if x.pledge.since else None),
    Field("review", lambda x: str(x.pledge.review) if x.pledge.review else None),
    Field("lead", lambda x: x.pledge.lead),
    Field("waiting_on", lambda x: x.pledge.waiting_on),
    Field("source", lambda x: x.pledge.source),
    Field("part_of", lambda x: x.pledge.part_of),
    Field("superseded_by", lambda x: x.pledge.superseded_by),
    Field("tags", lambda x: ";".join(x.pledge.tags)),
    Field("note", lambda x: x.pledge.note),
    Field(
        "baseline_date",
        lambda x: (
            x.pledge.measure.baseline_date.isoformat()
            if x.pledge.measure and x.pledge.measure.baseline_date
            else None
        ),
    ),
    Field("total_text", _of_measure("total_text")),
    Field("measure_source", _of_measure("source")),
    Field("internal", lambda x: x.pledge.internal or None, in_grid=False),
)

FIELDS: Final[Mapping[str, Field]] = {each.name: each for each in _ALL}
