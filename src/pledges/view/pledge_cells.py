"""What is shown of a pledge in a cell: its standing, its pace, how many days are left."""

from collections.abc import Callable

from pledges.clean import JOINT
from pledges.domain.assessment import AssessedPledge, Standing
from pledges.domain.pledge import Ledger
from pledges.view.page import Bar, Cell, Tone
from pledges.view.wording import values as words
from pledges.view.wording.figures import progress_and_time
from pledges.view.wording.standings import PACES, standing_tone, standing_word, time_left

CellMaker = Callable[[AssessedPledge, Ledger], Cell]


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
