"""``pledges diff``: what changed between two versions of a ledger."""

import os
from pathlib import Path
from typing import Annotated, Final

from msgspec.structs import replace

from pledges.commands._completion import FILE
from pledges.commands._help import READING_EXITS, CommandHelp, Example
from pledges.commands._options import Reading, Words, argument, flag
from pledges.commands._output import check_output, emit
from pledges.commands._session import as_of_day, clock
from pledges.commands._spread import spread, without
from pledges.domain.pledge import Ledger, Plan
from pledges.domain.versions import version_change
from pledges.errors import Exit, WrongUse
from pledges.ledger.reading.find import STDIN, LedgerFile, content_at, decoded, open_ledger
from pledges.ledger.reading.several import one_location
from pledges.streams import is_terminal
from pledges.view.diff_page import answer

Versions = Annotated[
    Words,
    argument(
        "[OLD [NEW]]",
        "Files, revisions of git or days; by default the last commit and the ledger.",
        FILE,
    ),
]
ExitCode = Annotated[bool, flag("Exit with 1 if there is any difference.", None, "--exit-code")]

LAST_COMMIT: Final = "HEAD"
GIT_ARGUMENTS: Final = (7, 9)
"""How many words git gives to an external diff; the first is the path, then there are old file,
hash and mode, then the new ones."""

HELP: Final = CommandHelp(
    "Say what changed between two versions of a ledger, in words.",
    [
        Example("Since the last commit:", "pledges diff"),
        Example("Since a day:", "pledges diff 2026-10-01"),
        Example("Between two files:", "pledges diff base.toml theirs.toml"),
        Example("Whether anything differs, in a script:", "pledges diff HEAD~1 HEAD --exit-code"),
    ],
    about="Git can show the differences of the ledger with it, too, if .gitattributes has the line "
    "'commitments.toml diff=pledges': git config diff.pledges.command 'pledges diff'",
    exits=[*(each for each in READING_EXITS if each is not Exit.NO_PLEDGE), Exit.BAD_ANSWER],
    bad_answer="the versions differ, and --exit-code was given",
    topics=["git", "dates", "scripts"],
)


@spread
def run(
    reading: Annotated[Reading, without("at")],
    versions: Versions = None,
    exit_code: ExitCode = False,  # noqa: FBT002  (an option of the command line)
) -> int:
    check_output(reading)
    as_of, words = as_of_day(reading.as_of), list(versions or ())
    is_for_git = len(words) in GIT_ARGUMENTS and "GIT_DIFF_PATH_TOTAL" in os.environ
    if is_for_git:
        words = [words[1], words[4]]
    words = words or [LAST_COMMIT]
    if len(words) > 2:  # noqa: PLR2004  (the old and the new one)
        raise WrongUse("diff takes two versions at most", "for example: pledges diff HEAD~1 HEAD")
    ledger = one_location(reading.ledger)
    old = _version(words[0], ledger)
    new = open_ledger(ledger) if len(words) == 1 else _version(words[1], ledger)
    change = version_change(old.ledger, new.ledger, as_of)
    names = old.name_in_messages, new.name_in_messages
    if is_for_git:
        names = (f"a/{versions[0]}", f"b/{versions[0]}") if versions else names
    found = answer(change, names, new.ledger, as_of)
    if is_terminal() or not change:
        found = replace(found, remarks=[found.page().caption])
    emit(found, reading, [new.file])
    return Exit.BAD_ANSWER if exit_code and change else Exit.DONE


def _version(word: str, ledger: str | None) -> LedgerFile:
    """The version of a ledger that a word names: a file, or a revision or day of the ledger.

    An empty file, by which git means that there is none, is a ledger without anything.
    """
    path = Path(word)
    if word != STDIN and not os.path.exists(word):  # noqa: PTH110  (it may be too long to ask for)
        return decoded(content_at(ledger, word, clock().date()))
    if word != STDIN and path.stat().st_size == 0 and not path.is_dir():
        return LedgerFile(Ledger(Plan("")), path.name, None, "", word)
    return open_ledger(word)
