"""``pledges schema``: what a ledger may contain, and what scripts get, as JSON Schema."""

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Annotated, Final
from urllib.parse import quote

from msgspec import Struct
from msgspec.structs import replace

from pledges.clean import safe_json
from pledges.commands._completion import FILE, Completed
from pledges.commands._help import CommandHelp, Example
from pledges.commands._options import LEDGER, OUTPUT, Reading, Word, flag, option
from pledges.commands._output import check_output, is_for_stdout, write_content
from pledges.commands._spread import spread, without
from pledges.domain.spelling import read_word
from pledges.errors import Exit, NoLedger, WrongUse
from pledges.ledger.reading.find import file_id, ledger_path
from pledges.render import Format
from pledges.streams import notify
from pledges.view.json_schema import answer_schema, ledger_schema

CHANGE: Final = ("view.update_page:ChangeDocument", "view.writes_page:DiffDocument")
DIFF: Final = ("view.writes_page:DiffDocument",)
MOVE: Final = ("view.writes_page:DiffDocument", "view.writes_page:WriteList")
ANSWERS: Final[Mapping[str, tuple[str, ...]]] = {
    "list": ("view.list_page:PledgeList", "view.list_page:ColumnList"),
    "show": ("view.show_page:DetailDocument",),
    "progress": ("view.progress_page:ProgressDocument",),
    "due": ("view.due_page:DueDocument",),
    "log": ("view.log_page:LogDocument", "view.log_page:RecordedLog"),
    "timeline": ("view.timeline_page:TimelineDocument",),
    "sources": ("view.sources_page:SourcesDocument",),
    "check": ("view.check_page:CheckDocument", "view.check_page:RuleList", *DIFF),
    "report": ("view.report.report_page:ReportDocument",),
    "ask": ("view.ask_page:AskDocument",),
    "diff": ("view.diff_page:VersionsDocument",),
    "overview": ("view.overview_page:OverviewDocument",),
    **dict.fromkeys(("update", "set", "correct", "remove"), CHANGE),
    "add": ("view.list_page:PledgeList", *DIFF),
    **dict.fromkeys(("edit", "init"), DIFF),
    **dict.fromkeys(("undo", "redo"), MOVE),
    "import": ("view.import_page:ImportDocument",),
    "help": ("view.help_page:HelpDocument",),
    "error": ("render.error_text:ErrorDocument",),
}
"""What each command answers in JSON, by module and type; writers answer ``--dry-run`` apart."""

Options = Annotated[Reading, without("ledger", "as_of", "at", "format", "output", "width", "color")]
Of = Annotated[
    Word,
    option(
        "WORD",
        f"The schema of what this answers in JSON instead: {', '.join(ANSWERS)}.",
        completed=Completed(ANSWERS),
    ),
]
Line = Annotated[bool, flag("With --of: the schema of one line of NDJSON.", None, "--line")]
Output = Annotated[
    Word, option("FILE", "Write to this file.", OUTPUT, "-o", "--output", completed=FILE)
]


HELP: Final = CommandHelp(
    "Print the JSON Schema of the ledger, by which editors complete and check it.",
    [
        Example("For an editor:", "pledges schema --output commitments.schema.json"),
        Example("For a script, that of an answer in JSON:", "pledges schema --of list"),
        Example("That of one line of NDJSON:", "pledges schema --of log --line"),
    ],
    exits=[Exit.DONE, Exit.USAGE, Exit.CANNOT_WRITE],
    topics=["ledger", "scripts"],
)


@spread
def run(
    options: Options,
    of: Of = None,
    line: Line = False,  # noqa: FBT002  (an option of the command line)
    output: Output = None,
) -> int:
    options = replace(options, output=output, format=str(Format.JSON))
    check_output(options)
    if line and of is None:
        raise WrongUse("--line needs --of", "for example --of list")
    schema = ledger_schema() if of is None else answer_schema(answer_kinds(of), is_line=line)
    text = safe_json(json.dumps(schema, indent=2, ensure_ascii=False)) + "\n"
    ledger, own = None, None
    with suppress(NoLedger, OSError):  # this folder need not have one
        path = ledger_path(os.environ.get(LEDGER) or None)
        own, ledger = file_id(path.stat()), path
    write_content(text, options, [own])
    if output and not is_for_stdout(output) and of is None and not options.quiet:
        file = Path(output)
        try:
            way = Path(os.path.relpath(file, ledger.parent) if ledger else file.name).as_posix()
            # As a ledger names a file: by the way from its folder, with spaces as in a URL.
            location = quote(way if way.startswith("../") else f"./{way}")
        except ValueError:  # on Windows there is no way from one drive to another
            location = file.absolute().as_uri()
        notify([f"For editors, begin the ledger with this line: #:schema {location}"])
    return Exit.DONE


def answer_kinds(of: str) -> list[type[Struct]]:
    """The types of what a command answers.

    Raises: ``UnknownWord`` with the nearest command.
    """
    places = [each.split(":") for each in ANSWERS[read_word(ANSWERS, "answer", of)]]
    return [getattr(import_module(f"pledges.{module}"), name) for module, name in places]
