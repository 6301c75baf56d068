"""``pledges import``: pledges and updates from a spreadsheet, JSON or another ledger."""

from collections.abc import Iterator, Sequence
from typing import Annotated

import typer
from msgspec.structs import replace

from pledges.commands._options import Word, Words, Writing, option, spread
from pledges.commands._session import as_of_day
from pledges.commands._writing import open_desk
from pledges.domain.edits import Edit, RegisterEntry
from pledges.domain.pledge import Ledger
from pledges.domain.spelling import read_word
from pledges.errors import Exit
from pledges.ledger.importing.cells import MOST_NAMED, DateOrder
from pledges.ledger.importing.headings import (
    HELP_HINT,
    IMPORTABLE,
    ImportColumns,
    import_columns,
    read_mapping,
)
from pledges.ledger.importing.import_plan import ImportPlan, import_plan
from pledges.ledger.importing.sheets import FileKind, imported_sheet
from pledges.view.import_page import answer, outcomes, summary
from pledges.view.wording import values as words

READING = "How the file is read"

File = Annotated[
    str,
    typer.Argument(
        metavar="FILE",
        help="CSV, TSV, JSON, NDJSON or another ledger; - reads standard input.",
        show_default=False,
    ),
]
Map = Annotated[
    Words,
    option(
        "HEADING=COLUMN",
        'Which column each heading of the file means: "Title=title,Deadline=due". '
        f"Columns: {', '.join(IMPORTABLE)}.",
        READING,
        "--map",
    ),
]
Dates = Annotated[
    str,
    option(
        "ORDER",
        "How dates are written: iso (2026-12-31), dmy (31/12/2026) or mdy (12/31/2026).",
        READING,
        "--dates",
    ),
]
From = Annotated[
    Word,
    option(
        "KIND",
        f"{', '.join(FileKind)}; by default the suffix of the file decides.",
        READING,
        "--from",
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
    """Import pledges and updates from a file. Either all rows are imported or none."""
    desk = open_desk(writing)
    pairs = read_mapping(mapping or ())
    order = read_word(DateOrder, "order of dates", dates)
    sheet = imported_sheet(
        file, None if kind is None else read_word(FileKind, "kind of file", kind)
    )
    columns = import_columns(sheet, pairs)
    today = as_of_day(writing.as_of)
    plans: list[ImportPlan] = []

    def plan(ledger: Ledger) -> Sequence[Edit]:
        plans.append(
            import_plan(columns, order, ledger, today)
        )  # once more if the ledger is changed
        return plans[-1].edits

    amendment = desk.amend(f"import {sheet.name}", plan)
    changes = outcomes(amendment.before, amendment.after, plans[-1].ids, today)
    remarks = [*_remarks(columns, plans[-1]), summary(changes)]
    result = answer(changes, desk.path.name)
    desk.tell_change(amendment, lambda: replace(result, remarks=remarks))
    if writing.dry_run:
        desk.say(*remarks, "Nothing was written.")
    return Exit.DONE


def _remarks(columns: ImportColumns, plan: ImportPlan) -> Iterator[str]:
    """Remarks on what was left out, and on what was added in addition to pledges."""
    if columns.left_out:
        yield f"Left out: {', '.join(columns.left_out)}. To import them use --map; {HELP_HINT}"
    if added := _entry_names(plan.new_entries):
        yield f"Added to the ledger: {added}."
    if kept := _entry_names(plan.other_entries):
        yield f"Kept as they are in the ledger, although the file has other texts: {kept}."


def _entry_names(entries: Sequence[RegisterEntry]) -> str:
    """Entries of registers as in ``parties.VN``; of many only how many."""
    if len(entries) > MOST_NAMED:
        return words.count(len(entries), "entry", "entries")
    return ", ".join(f"{each.register}.{each.key}" for each in entries)
