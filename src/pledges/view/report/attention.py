"""What needs attention, each with whose move it is and since when; and what is asked of whom."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from pledges.domain.assessment import Assessed, Standing
from pledges.domain.pledge import Ledger
from pledges.domain.snapshot import open_asks
from pledges.domain.sorting import sorted_pledges
from pledges.view.page import Bullets, Line, Paragraph, Run, Section, line
from pledges.view.report.lists import Matter, fitting_list, pledge_item, shortlist
from pledges.view.wording.change_phrases import open_ask_text
from pledges.view.wording.dates import contest, moved_from, past_deadline
from pledges.view.wording.figures import figures_and_status, lag
from pledges.view.wording.standings import silence, whose_move
from pledges.view.wording.values import excerpt, sentence

PledgeText = tuple[Assessed, str]
"""A pledge, and what there is to say of it but whose move it is."""

MANY: Final = 3
"""From so many pledges on that are owed by the same parties that is said once."""


def overdue_section(matter: Matter, above: Sequence[Section]) -> Section | None:
    """The longest overdue, as many as a mail's first screen has room for below ``above``."""
    late = _items(_overdue(matter), matter.ledger)
    title = f"Overdue ({len(late):,})"
    return Section(title, blocks=[fitting_list(title, late, above)]) if late else None


def attention_sections(matter: Matter, late: Section | None) -> Iterator[Section]:
    """What needs attention but for the overdue in ``late``; first the usual move, if any."""
    shown = sum(len(each.items) for each in late.blocks if isinstance(each, Bullets)) if late else 0
    groups = [("Also overdue", _overdue(matter)[shown:]), *_groups(matter)]
    usual = _usual_move([each for _, texts in groups for each, _ in texts], matter.ledger)
    lists = [(title, _items(texts, matter.ledger, usual)) for title, texts in groups]
    lists.append(("Decisions asked for", _ask_items(matter)))
    if not any(items for _, items in lists):
        return
    on_top = f"{usual[:1].upper()}{excerpt(usual[1:])}, unless others are named."
    yield Section("Needs attention", blocks=[Paragraph(line(on_top))] if usual else [])
    for title, items in lists:
        if items:
            yield Section(f"{title} ({len(items):,})", blocks=[shortlist(items)], level=3)


def _overdue(matter: Matter) -> list[PledgeText]:
    late = [each for each in matter.pledges if each.assessment.standing is Standing.OVERDUE]
    return [
        (each, f"{past_deadline(each)}; {figures_and_status(each)}")
        for each in sorted_pledges(late, [("due", False)])
    ]


def _groups(matter: Matter) -> Iterator[tuple[str, list[PledgeText]]]:
    """Why pledges need attention, and those for which that is so."""
    chosen, ledger = matter.pledges, matter.ledger
    behind = [x for x in chosen if x.assessment.pace and x.assessment.pace.is_behind]
    yield "Behind", [(each, lag(each)) for each in behind]
    contested = [each for each in chosen if each.assessment.has_open_contest]
    yield "Contested", [(each, contest(each, ledger, moved_from(each))) for each in contested]
    review = [each for each in chosen if each.assessment.standing is Standing.REVIEW_DUE]
    yield "Review due", [(each, silence(each)) for each in review]
    stale = sorted_pledges([x for x in chosen if x.assessment.stale], [("updated", False)])
    yield "Stale", [(each, silence(each)) for each in stale]


def _usual_move(pledges: Sequence[Assessed], ledger: Ledger) -> str:
    """Who owes most of the pledges: "owed by Viet Nam and Singapore"; empty if they are few."""
    owed = {each.pledge.id: each for each in pledges if each.pledge.owed_by}
    counts = Counter(whose_move(each, ledger) for each in owed.values())
    [(move, number)] = counts.most_common(1) or [("", 0)]
    return move if number >= MANY and move.startswith("owed") else ""


def _items(texts: Sequence[PledgeText], ledger: Ledger, usual: str = "") -> list[Line]:
    """Each pledge with what is said of it, and whose move it is unless that is the usual one."""
    items = []
    for each, text in texts:
        move = whose_move(each, ledger)
        more = "" if move == usual else f"; {move}"
        items.append(pledge_item(each, sentence(f"{text}{more}"), ledger))
    return items


def _ask_items(matter: Matter) -> list[Line]:
    pledges = {each.pledge.id: each for each in matter.pledges}
    items: list[Line] = []
    for ask in open_asks(matter.pledges, matter.now.as_of):
        name, _ = pledge_item(pledges[ask.id], "", matter.ledger)
        items.append((name, Run(f": {open_ask_text(ask, matter.ledger)}")))
    return items
