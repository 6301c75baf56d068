"""``pledges merge``: two versions of a ledger, by what each has changed; a merge driver for git."""

import os
import re
import shlex
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Final

from msgspec.structs import replace

from pledges.commands._completion import FILE
from pledges.commands._help import WRITING_EXITS, CommandHelp, Example
from pledges.commands._options import LEDGER, Word, Writing, argument, flag, option
from pledges.commands._output import write_file
from pledges.commands._spread import spread, without
from pledges.commands._writing import Desk, open_desk
from pledges.errors import Exit, FaultyLedger, WrongUse
from pledges.ledger.editing.amend import Revision
from pledges.ledger.editing.text_diff import unified_diff
from pledges.ledger.merging.three_way import Merge, NoTree, merged
from pledges.ledger.reading.decode import decode
from pledges.ledger.reading.find import read_file, utf8_text
from pledges.ledger.repository import Repository, attribute_pattern, merged_lines
from pledges.render.error_text import error_lines
from pledges.streams import error_width, notify
from pledges.view.wording.conflict_phrases import conflict_text, twins_text
from pledges.view.wording.values import count

Options = Annotated[Writing, without("as_of", "format", "color")]
GIT: Final = "With git"
Install = Annotated[
    bool, flag("Let git merge this ledger with it, after a question.", GIT, "--install")
]
Uninstall = Annotated[bool, flag("Let git merge the ledger by lines again.", GIT, "--uninstall")]
PathName = Annotated[
    Word,
    option("NAME", "What messages call the ledger; git gives it.", GIT, "--path", completed=FILE),
]
MarkerSize = Annotated[int, option("N", "How long the marks of conflicts are; git gives it.", GIT)]

DRIVER: Final = "merge.pledges"
ARGUMENTS: Final = "merge %O %A %B --marker-size %L --path %P"
ATTRIBUTES: Final = ".gitattributes"


HELP: Final = CommandHelp(
    "Merge what two versions of a ledger have changed, by pledge, key and entry.",
    [
        Example("Let git use it for this ledger:", "pledges merge --install --dry-run"),
        Example("Merge three files into OURS:", "pledges merge base.toml ours.toml theirs.toml"),
    ],
    about="The result is written to OURS. What both have changed in different ways is put between "
    "conflict marks, and reported.",
    exits=[Exit.BAD_ANSWER, *(each for each in WRITING_EXITS if each is not Exit.NO_PLEDGE)],
    bad_answer="there is a conflict, or the merged ledger has errors that OURS had not",
    topics=["git", "ledger"],
)


class MergedRevision(Revision, frozen=True):
    """A revision by a merge; or by a merge of lines, and the reason for it."""

    merge: Merge | NoTree


@spread
def run(
    writing: Options,
    base: Annotated[Word, argument("[BASE]", "The version that both began with.", FILE)] = None,
    ours: Annotated[Word, argument("[OURS]", "The version to merge into.", FILE)] = None,
    theirs: Annotated[Word, argument("[THEIRS]", "The version to merge.", FILE)] = None,
    install: Install = False,  # noqa: FBT002  (an option of the command line)
    uninstall: Uninstall = False,  # noqa: FBT002
    path: PathName = None,
    marker_size: MarkerSize = 7,
) -> int:
    if install or uninstall:
        if install and uninstall:
            raise WrongUse("--install and --uninstall can't be combined", "leave out one of them")
        if base:
            raise WrongUse("--install and --uninstall take no files", "leave out the files")
        return _change_settings(open_desk(writing), is_wanted=install)
    if not (base and ours and theirs):
        hint = "for git to do it: pledges merge --install"
        raise WrongUse("merge needs three files: BASE, OURS and THEIRS", hint)
    if marker_size < 1:
        raise WrongUse("--marker-size must be at least 1", "7 is what git takes")
    if writing.ledger not in (None, os.environ.get(LEDGER)):
        raise WrongUse("--ledger is for --install and --uninstall", "leave it out: OURS is changed")
    return _merge(Desk(replace(writing, ledger=ours), Path(ours)), base, theirs, path, marker_size)


def _merge(desk: Desk, base: str, theirs: str, name: str | None, marker_size: int) -> int:
    """Merge into the ledger of the desk, and say what needs a person."""
    old, other = (utf8_text(read_file(Path(each))[0], each) for each in (base, theirs))
    called = name or desk.name

    def revision_of(text: str) -> MergedRevision:
        try:
            merge = merged(old, text, other, marker_size)
        except NoTree as reason:
            if not name:
                _refuse_marks({desk.name: text, theirs: other})
            lines = merged_lines((base, str(desk.path), theirs), marker_size)
            return MergedRevision(text, lines, reason)
        return MergedRevision(text, merge.text, merge)

    # What git merges is a temporary file, which nobody will undo a change of.
    revision = desk.revise(None if name else desk.note(f"merge {theirs}"), revision_of)
    if desk.options.dry_run:
        desk.print_diff(revision)
    elif not name:
        desk.say(desk.write_line(revision))
    merge = revision.merge
    if isinstance(merge, NoTree):
        notify([f"{called}: {merge}, so it was merged line by line"])
        return Exit.BAD_ANSWER
    notify([f"{called}: {twins_text(each)}" for each in merge.twins])
    notify([f"{called}:{at}: conflict: {conflict_text(each)}" for at, each in merge.conflicts])
    if merge.conflicts:
        many = count(len(merge.conflicts), "conflict")
        notify([f"{many} in {called}: keep what is right between the marks, and take them out"])
        return Exit.BAD_ANSWER
    return Exit.BAD_ANSWER if _has_new_faults(revision, called) else Exit.DONE


def _refuse_marks(texts: Mapping[str, str]) -> None:
    """Refuse a version with the marks of an earlier merge: lines would be marked twice.

    Raises: ``WrongUse``.
    """
    for name, text in texts.items():
        if found := re.search(r"^<<<<<<< .*\n(?:.*\n)*?>>>>>>> ", text, re.MULTILINE):
            line = text.count("\n", 0, found.start()) + 1
            hint = f"keep what is right between the marks of {name}, and take them out"
            raise WrongUse(f"{name}:{line}: a conflict is left from an earlier merge", hint)


def _has_new_faults(revision: Revision, name: str) -> bool:
    """Whether the merged ledger breaks rules that our own version kept; then it says which."""
    try:
        decode(revision.new, name)
    except FaultyLedger as error:
        with suppress(FaultyLedger):
            decode(revision.old, name)
            message = f"{name} was merged, but what the versions say does not fit together"
            notify([*error_lines(error, error_width()), message])
            return True
    return False


def _change_settings(desk: Desk, *, is_wanted: bool) -> int:
    """Have git call this command for the ledger, or no longer, after showing what changes."""
    if is_wanted:
        read_file(desk.path)  # git would take the name of no file
    repository = Repository(desk.path)
    file = repository.top / ATTRIBUTES
    line = f"{attribute_pattern(repository.name)} merge=pledges"
    old = utf8_text(read_file(file)[0], ATTRIBUTES) if file.exists() else ""
    lines = (old if not old or old.endswith("\n") else f"{old}\n").splitlines(keepends=True)
    rest = [each for each in lines if each.strip() != line]
    is_there = rest != lines
    new = old if is_there and is_wanted else "".join([*rest, f"{line}\n" * is_wanted])
    has_others = any("merge=pledges" in each for each in rest)  # which need the settings too
    settings = _new_settings(repository, is_wanted=is_wanted) if is_wanted or not has_others else {}
    if not settings and is_there == is_wanted:
        desk.say("Nothing to do: it is so already.")
        return Exit.DONE
    how = [["--unset", key] if value is None else [key, value] for key, value in settings.items()]
    shown = unified_diff(old, new, ATTRIBUTES).removesuffix("\n").split("\n")
    desk.say(*shown, *(shlex.join(["git", "config", *each]) for each in how))
    act = f"let git merge {desk.name} {'by pledge and entry' if is_wanted else 'by lines again'}"
    if desk.options.dry_run:
        desk.say("Nothing was written.")
    if desk.options.dry_run or not desk.user_agrees(act):
        return Exit.DONE
    if new:
        write_file(file, new, force=True)
    else:
        file.unlink(missing_ok=True)
    for each in how:
        repository.git("config", *each)
    commit = f" Commit {ATTRIBUTES}; each who merges runs this command once." if is_wanted else ""
    desk.say(f"Done.{commit}")
    return Exit.DONE


def _new_settings(repository: Repository, *, is_wanted: bool) -> Mapping[str, str | None]:
    """The settings of git that have to change; None takes one out."""
    # Git starts the program in another folder and environment.
    program = Path(sys.argv[0]).absolute()
    command = f"{shlex.quote(Path(sys.executable).as_posix())} -m pledges"
    if program.stem == "pledges" and os.access(program, os.X_OK):
        command = shlex.quote(program.as_posix())
    settings = {
        f"{DRIVER}.name": "pledges: by pledge, key and entry" if is_wanted else None,
        f"{DRIVER}.driver": f"{command} {ARGUMENTS}" if is_wanted else None,
    }
    return {key: each for key, each in settings.items() if repository.setting(key) != each}
