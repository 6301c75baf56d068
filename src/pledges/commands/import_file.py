"""``pledges import``: pledges and updates from a spreadsheet, JSON or another ledger."""

import datetime as dt
import os
from collections.abc import Sequence
from pathlib import Path
from shlex import quote
from typing import Annotated, Final

from msgspec.structs import replace

from pledges.commands._completion import FILE, Completed
from pledges.commands._help import WRITING_EXITS, CommandHelp, Example
from pledges.commands._options import Word, Words, Writing, argument, option
from pledges.commands._output import chosen_format, emit, write_file, write_text
from pledges.commands._session import as_of_day
from pledges.commands._spread import spread
from pledges.commands._writing import Desk, open_desk
from pledges.domain.edits import Edit
from pledges.domain.pledge import Ledger
from pledges.domain.spelling import read_word
from pledges.errors import Exit, WrongUse
from pledges.ledger.editing.amend import Amendment
from pledges.ledger.editing.text_diff import unified_diff
from pledges.ledger.importing.files import FileKind, imported_sheet
from pledges.ledger.importing.form_log import as_log
from pledges.ledger.importing.headings import ImportColumns, import_columns
from pledges.ledger.importing.import_plan import ImportPlan, import_plan
from pledges.ledger.importing.mapping import NO_MAPPING, SheetMapping
from pledges.ledger.importing.mapping_file import mapping_file
from pledges.ledger.importing.mapping_options import with_options
from pledges.ledger.importing.sheet_dates import DateOrder
from pledges.ledger.importing.sheets import Sheet
from pledges.ledger.importing.targets import IMPORTABLE
from pledges.ledger.reading.find import home_path, path_text
from pledges.own_commands import with_ledger
from pledges.render import Format
from pledges.streams import notify
from pledges.view.answer import Answer
from pledges.view.import_page import (
    FileReading,
    answer,
    outcomes,
    reading_remarks,
    summary,
    with_diff,
)

SOURCE = "CSV, TSV, Excel (.xlsx), JSON, NDJSON or another ledger; - reads standard input."
READING = "How the file is read"
MAPPING = "A mapping file that says how the file is read."
LEARN = (
    "Import nothing, but write what was found in the file as a mapping to fill in; "
    "if the mapping is there already, only what is new is added; - prints it."
)
MAP = (
    'Which column each heading of the file means: "Title=title,Deadline=due". '
    f"Columns: {', '.join(IMPORTABLE)}."
)
SET = "Say the same for all rows: owed_by=VN."
DATES = "How dates are written: iso (2026-12-31), dmy (31/12/2026) or mdy (12/31/2026)."
ENCODING = "The encoding of a text that is not UTF-8: cp1252."
KIND = f"{', '.join(FileKind)}; by default the suffix of the file decides."
VANISHED = "Give this tag to the pledges of the register that the file has no more."

HELP: Final = CommandHelp(
    "Import pledges and updates from a file. Either all rows are imported or none.",
    [
        Example(
            "Write a mapping to fill in, of what is in the file:",
            "pledges import register.csv --learn plan.map.toml",
        ),
        Example(
            "What would come of it:",
            "pledges import register.csv --mapping plan.map.toml --dry-run",
        ),
        Example(
            "Use it, now and every month:", "pledges import register.csv --mapping plan.map.toml"
        ),
    ],
    exits=[each for each in WRITING_EXITS if each is not Exit.NO_PLEDGE],
    topics=["import", "forms", "ledger"],
)


@spread
def run(
    writing: Writing,
    file: Annotated[str, argument("FILE", SOURCE, FILE)],
    mapping: Annotated[Word, option("MAPPING", MAPPING, READING, completed=FILE)] = None,
    learn: Annotated[Word, option("MAPPING", LEARN, READING, completed=FILE)] = None,
    pairs: Annotated[Words, option("HEADING=COLUMN", MAP, READING, "--map")] = None,
    fixed: Annotated[Words, option("COLUMN=VALUE", SET, READING, "--set")] = None,
    dates: Annotated[Word, option("ORDER", DATES, READING, completed=Completed(DateOrder))] = None,
    encoding: Annotated[Word, option("NAME", ENCODING, READING)] = None,
    kind: Annotated[
        Word, option("KIND", KIND, READING, "--from", completed=Completed(FileKind))
    ] = None,
    vanished: Annotated[Word, option("tag=NAME", VANISHED, READING)] = None,
) -> int:
    if learn is not None:
        mapping = mapping or (learn if os.path.exists(home_path(learn)) else None)  # noqa: PTH110  (any text)
    order = None if dates is None else read_word(DateOrder, "order of dates", dates)
    given = mapping_file(mapping) if mapping is not None else NO_MAPPING
    how = with_options(given, pairs or (), fixed or (), order, encoding)
    if vanished is not None:
        name, _, tag = (part.strip() for part in vanished.partition("="))
        if name != "tag" or not tag:
            message = f"--vanished {vanished!r} gives no tag"
            raise WrongUse(message, "for example --vanished tag=gone")
        how = replace(how, vanished_tag=tag)
    wanted_kind = None if kind is None else read_word(FileKind, "kind of file", kind)
    sheet = imported_sheet(file, wanted_kind, how)
    if learn is not None:
        return _learn(sheet, how, file, home_path(learn))
    today = as_of_day(writing.as_of)
    sheet, how = as_log(sheet, how, today)
    desk = open_desk(writing)
    columns = import_columns(sheet, how)
    amendment, plan = _amended(desk, columns, how, today)
    found = _imported(amendment, plan, columns, how, desk.path.name, today)
    if writing.dry_run:
        _show_dry_run(desk, amendment, found)
    else:
        desk.tell_change(amendment, lambda: found)
    return Exit.DONE


def _amended(
    desk: Desk, columns: ImportColumns, how: SheetMapping, today: dt.date
) -> tuple[Amendment, ImportPlan]:
    """What is done to the ledger, and the plan for it.

    Raises: ``FaultyRows`` with all that is wrong with the file; and what ``amend`` raises.
    """
    plans: list[ImportPlan] = []
    ledgers: list[Ledger] = []

    def plan(ledger: Ledger) -> Sequence[Edit]:  # once more if the ledger is changed
        ledgers.append(ledger)
        plans.append(import_plan(columns, how, ledger, today, tries_rules=False))
        return plans[-1].edits

    try:
        amendment = desk.amend(f"import {columns.sheet.name}", plan)
    except WrongUse:
        # The ledger would break its rules.  At which rows is found only now: it takes a while.
        if ledgers:
            import_plan(columns, how, ledgers[-1], today)
        raise
    return amendment, plans[-1]


def _show_dry_run(desk: Desk, amendment: Amendment, found: Answer) -> None:
    """Print what would change, pledge by pledge, and then the diff."""
    shown = replace(found, remarks=())
    if chosen_format(desk.reading) in (Format.TEXT, Format.MD, Format.TERMINAL):
        emit(shown, desk.reading)
        desk.print_diff(amendment)
    else:
        diff = unified_diff(amendment.old, amendment.new, desk.name)
        emit(with_diff(shown, diff), desk.reading)
    desk.say(*found.remarks, "Nothing was written.")


def _learn(sheet: Sheet, how: SheetMapping, file: str, path: Path) -> int:
    """Write what was found in a sheet as a mapping, or add what is new to the one there is.

    Raises: ``WrongUse`` for a form, whose columns are known.
    """
    if sheet.form:
        message = f"{sheet.name} is a form of pledges ask, which needs no mapping"
        raise WrongUse(message, f"to import it: pledges import {quote(file)} --dry-run")
    from pledges.ledger.importing.learning import learned_mapping  # noqa: PLC0415  (only here)

    text, new = learned_mapping(sheet, how)
    if str(path) == "-":
        write_text(text)
        return Exit.DONE
    name = path_text(path)
    if text == how.text:
        notify([f"There is nothing new in {sheet.name}; {name} is as it was."])
        return Exit.DONE
    write_file(path, text, force=True)
    next_step = f"pledges import {quote(file)} --mapping {quote(name)} --dry-run"
    notify([f"Written to {name}: {new}.", with_ledger(f"Fill it in, and try it: {next_step}")])
    return Exit.DONE


def _imported(
    amendment: Amendment,
    plan: ImportPlan,
    columns: ImportColumns,
    how: SheetMapping,
    ledger_name: str,
    today: dt.date,
) -> Answer:
    """What was imported, and how the file was read."""
    sheet, form = columns.sheet, columns.sheet.form
    added, kept = (
        [f"{each.register}.{each.key}" for each in entries]
        for entries in (plan.new_entries, plan.other_entries)
    )
    reading = FileReading(
        left_out=columns.left_out,
        heading_row=sheet.heading_row,
        title_rows=sheet.title_rows,
        chapter_rows=plan.rows.chapters,
        skipped_rows=plan.rows.skipped,
        hidden_rows=sheet.hidden_rows,
        sheets_not_read=sheet.other_sheets,
        vanished=[each.id for each in plan.vanished.pledges],
        doubtful=plan.vanished.doubtful,
        added=added,
        kept=kept,
        overtaken=plan.overtaken,
        asks=plan.asks,
        is_undated=bool(form and form.is_undated),
        unread=form.unread if form else (),
        unused=form.unused if form else (),
    )
    ids = [*plan.ids, *(x.id for x in plan.vanished.sure if how.vanished_tag)]
    changes = outcomes(amendment.before, amendment.after, ids, today)
    none = "The form has no answers" if form else "The file has no pledges"
    remarks = [*reading_remarks(reading, is_of_mapping=bool(how.name)), summary(changes, none)]
    return replace(answer(changes, ledger_name, reading), remarks=remarks)
