"""``pledges import``: pledges and updates from a spreadsheet, JSON or another ledger."""

from collections.abc import Iterator, Sequence
from typing import Annotated, Final

import typer

from pledges.clean import clean
from pledges.commands._options import Writing, spread
from pledges.commands._session import as_of_day
from pledges.commands._writing import amended, tell, writable_path
from pledges.domain.edits import Edit, RegisterEntry
from pledges.domain.pledge import Ledger
from pledges.domain.spelling import read_word
from pledges.errors import Exit
from pledges.ledger.importing.bringing import Bringing, Brought
from pledges.ledger.importing.cell_dates import DateOrder
from pledges.ledger.importing.columns import LISTED, TAKEN, columns, read_mapping, strangers
from pledges.ledger.importing.file_kinds import FileKind, incoming
from pledges.ledger.importing.registers import missing, otherwise, used_entries
from pledges.streams import notify
from pledges.view.import_page import answer, outcomes, summary
from pledges.view.wording import values as words

FEW: Final = 12
"""Entries of registers that are named at most."""
READING = "How the file is read"

File = Annotated[
    str,
    typer.Argument(
        metavar="FILE",
        help="CSV, TSV, JSON, NDJSON or another ledger; - is standard input.",
        show_default=False,
    ),
]
Map = Annotated[
    list[str] | None,
    typer.Option(
        "--map",
        metavar="HEADING=COLUMN",
        help='Which column of ours a foreign one gives: "Title=title,Deadline=due". '
        f"Ours: {', '.join(TAKEN)}.",
        rich_help_panel=READING,
    ),
]
Dates = Annotated[
    str,
    typer.Option(
        "--dates",
        metavar="ORDER",
        help="iso (2026-12-31), or dmy (31/12/2026) or mdy (12/31/2026) too.",
        rich_help_panel=READING,
    ),
]
From = Annotated[
    str | None,
    typer.Option(
        "--from",
        metavar="KIND",
        help=f"{', '.join(FileKind)}; its suffix says it unless this does.",
        rich_help_panel=READING,
    ),
]


@spread
def run(
    writing: Writing,
    file: File,
    mapping: Map = None,
    dates: Dates = DateOrder.ISO,
    kind: From = None,
) -> int:
    """Bring in pledges and updates, all or nothing; what is there already is matched by id."""
    writable_path(writing)
    pairs = read_mapping(mapping or ())
    order = read_word(DateOrder, "order of dates", dates)
    found = incoming(file, read_word(FileKind, "kind of file", kind) if kind is not None else None)
    taken = columns(found.sheet, pairs)
    today = as_of_day(writing.as_of)
    bringing = Bringing(found, taken, order, today, clean)
    brought: list[Brought] = []

    def plan(ledger: Ledger) -> Sequence[Edit]:
        brought.append(bringing.into(ledger))
        return brought[-1].edits

    amendment = amended(writing, f"import {found.sheet.name}", plan)
    changes = outcomes(amendment.before, amendment.after, brought[-1].ids, today)
    said = [*_said(bringing, amendment.before), summary(changes)]
    if writing.dry_run:
        notify([] if writing.quiet else [*said, "Nothing was written."])
    else:
        tell(writing, amendment, answer(changes, writable_path(writing).name), said)
    return Exit.DONE


def _said(bringing: Bringing, before: Ledger) -> Iterator[str]:
    """What was not brought in as it stands, and what was besides pledges."""
    left_out = [*bringing.columns.left_out, *strangers(bringing.incoming.sheet, bringing.columns)]
    if left_out:
        yield f"Left out: {', '.join(left_out)}; --map takes them in ({LISTED})."
    used = used_entries(bringing.incoming.ledger) if bringing.incoming.ledger else []
    if added := _listed(missing(used, before)):
        yield f"Registered: {added}."
    if kept := _listed(otherwise(used, before)):
        yield f"Left as they are in the ledger, though the file has other texts: {kept}."


def _listed(entries: Sequence[RegisterEntry]) -> str:
    """Entries of registers by their names, as in ``parties.VN``; of many only how many."""
    if len(entries) > FEW:
        return words.count(len(entries), "entry", "entries")
    return ", ".join(f"{each.register}.{each.key}" for each in entries)
