"""The help: every example in it is run, and what it says of the program is so."""

import datetime as dt
import json
import os
import re
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import pytest
import typer
from rich.cells import cell_len

from build import SHIPPED
from desk import Desk, bare
from everything import FORMS, WRITING
from pledges.cli import COMMANDS, program
from pledges.commands._help import CommandHelp
from pledges.commands._manual import command_help
from pledges.commands._options import CALENDARS
from pledges.commands._topics import ENVIRONMENT, topics
from pledges.commands.help import OTHER_SUBJECTS, PROGRAM, Library
from pledges.domain.day import DATE_FORMS, read_when
from pledges.domain.events import EventWord
from pledges.domain.pledge import STATUS_WORDS, Every, Kind, Strength
from pledges.errors import Exit
from pledges.ledger.reading.decode import decode
from pledges.own_commands import OVERVIEW
from pledges.render import Format
from pledges.view.page import Code, Page
from pledges.view.pledge_columns import FIELDS, column_meanings
from pledges.view.wording import word_meanings

pytestmark = pytest.mark.slow

SOURCE: Final = Path(__file__).parent.parent / "src" / "pledges"


LIBRARY: Final = Library(typer.Context(program(), info_name="pledges"))
"""Everything that can be read about the program."""
NAMES: Final = [*COMMANDS, OVERVIEW]
HELPS: Final[dict[str, CommandHelp]] = {
    "pledges": PROGRAM,
    **{name: command_help(LIBRARY.command(name)[0]) for name in NAMES},
}
PAGES: Final[dict[str, Page]] = {
    name: LIBRARY.page(name) for name in sorted({*COMMANDS, *topics()})
}


def code_lines(page: Page) -> Iterator[str]:
    """The lines of code of a page."""
    blocks = (block for section in page.sections for block in section.blocks)
    yield from (each for block in blocks if isinstance(block, Code) for each in block.lines)


EXAMPLES: Final = sorted(
    {
        each
        for lines in (
            *(map(str, (x.command for x in said.examples)) for said in HELPS.values()),
            *map(code_lines, PAGES.values()),
        )
        for each in lines
        if re.search(r"\bpledges(?! =)\b", each) and " = " not in each
    }
)
FIRST: Final = {"undo": ["set ECO-02 --lead X"], "redo": ["set ECO-02 --lead X", "undo --yes"]}
"""What has to happen before the examples of a command make sense."""


class Examples(Desk):
    """A desk with the shipped ledger, and the files that examples name."""

    def __init__(self, place: Path) -> None:
        super().__init__(place, SHIPPED.read_text(encoding="utf-8"))
        files = {
            "register.csv": "id,Task,Deadline\nECO-90,Open a park,31/12/2027\n",
            "plan.map.toml": '[columns]\nTask = "title"\nDeadline = "due"\n'
            '[dates]\norder = "dmy"\n[set]\npillar = "economy"\n',
            **dict.fromkeys(("base.toml", "ours.toml"), self.text),
            "theirs.toml": self.text.replace("warn_days = 60", "warn_days = 90"),
        }
        files |= dict.fromkeys(("plans/a.toml", "vn-sg.toml"), self.text)
        files |= dict.fromkeys(("plans/b.toml", "asean.toml"), 'schema = 1\nplan.title = "ASEAN"\n')
        (self.folder / "plans").mkdir()
        for name, text in files.items():
            (self.folder / name).write_text(text, encoding="utf-8")
        (place / "state" / ".config" / "fish" / "completions").mkdir(parents=True)
        programs = place / "bin"
        programs.mkdir()
        script = '#!/bin/sh\nfor file; do :; done\necho "# Seen." >> "$file"\n'
        (programs / "nano").write_text(script, encoding="utf-8")
        (programs / "nano").chmod(0o755)
        path = [str(programs), str(Path(sys.executable).parent), os.environ["PATH"]]
        self.environment |= {"VISUAL": "nano", "PATH": os.pathsep.join(path)}
        self.environment |= {"PROFILE": str(place / "profile.ps1")}

    def make_repository(self) -> None:
        """Put the ledger into git, in two commits; without git the test is skipped."""
        if not shutil.which("git"):
            pytest.skip("git is not installed")
        (self.place / ".git").rmdir()
        self.environment |= {"GIT_COMMITTER_DATE": "2026-01-01T00:00:00Z"}
        text = self.text
        assert self.command("git", "init", "-q").code == 0
        for days in (30, 45):
            self.text = text.replace("warn_days = 60", f"warn_days = {days}")
            who = ("-c", "user.name=A", "-c", "user.email=a@example.org")
            assert self.command("git", "add", ".").code == 0
            assert self.command("git", *who, "commit", "-q", "-m", f"{days}").code == 0
        self.text = text


@pytest.mark.skipif(os.name != "posix", reason="the examples are lines of a POSIX shell")
@pytest.mark.parametrize("line", EXAMPLES)
def test_example(line: str, tmp_path: Path) -> None:
    """Every example of the help does what it is for, on the shipped ledger."""
    desk = Examples(tmp_path)
    command = (line.split("pledges")[1].split() or [""])[0]
    for before in FIRST.get(command, ()):
        assert desk.line(before).code == Exit.DONE
    if command == "init":
        desk.path.unlink()
    if re.search("--install|pledges diff( (HEAD|2)|$)|--at|--git", line):
        desk.make_repository()
    if "import ask-" in line:
        assert desk.line("ask --party SG --output ask-SG.xlsx").code == Exit.DONE
    if "--learn" in line:
        (desk.folder / "plan.map.toml").unlink()
    if re.search(r"[|><]|^\w+=", line):
        code, out, err = desk.command("/bin/sh", "-c", line)
    else:
        code, out, err = desk.line(line.removeprefix("pledges"))
    is_bad = ("--exit-code" in line or "--strict" in line) and "||" not in line
    assert (code, "error" in err) == (Exit.BAD_ANSWER if is_bad else Exit.DONE, False)
    is_silent = command in (*WRITING, "due", "merge") or "--fix" in line
    assert out or is_silent or "--output" in line or ">" in line
    only_shows = re.search(r" (--dry-run|-n|--list|--learn|undo --yes)\b", line)
    if command in WRITING:
        is_changed = desk.text != SHIPPED.read_text(encoding="utf-8")
        assert is_changed != bool(only_shows) or command in FIRST


def test_code_of_topics_is_a_ledger() -> None:
    """The ledger that the help shows can be used as it stands."""
    lines = [each for each in code_lines(PAGES["ledger"]) if not each.startswith("pledges ")]
    assert [each.id for each in decode("\n".join(lines), "help").pledges] == ["WAT-01"]


@pytest.mark.parametrize("name", HELPS)
def test_every_command_says_enough(name: str) -> None:
    """A command has one line, two to four examples of its own, and names topics that exist."""
    said = HELPS[name]
    assert "\n" not in said.summary
    assert said.summary.endswith(".")
    assert 2 <= len(said.examples) <= 4
    own = "pledges" if name in ("pledges", OVERVIEW) else f"pledges {name}"
    assert all(own in each.command and each.purpose.endswith(":") for each in said.examples)
    assert all(len(each.command) <= 76 for each in said.examples)  # after four spaces
    assert {*said.topics} <= {*topics()}
    assert said.topics or name in ("pledges", "help")


@pytest.mark.parametrize(
    ("argv", "width"),
    [("update --help", 60), ("update --help", 160), ("--help", 80), ("help dates", 100)],
)
def test_same_in_a_pipe(desk: Desk, argv: str, width: int) -> None:
    """A terminal shows the same lines as a pipe, with bold names, and both fit the width."""
    piped = desk.run(*argv.split(), COLUMNS=str(width))
    shown = desk.on_terminal(*argv.split(), width=width)
    assert piped.code == shown.code == Exit.DONE
    assert bare(shown.out) == piped.out
    assert "\x1b[1m" in shown.out
    is_code = re.compile("    pledges ")
    prose = [each for each in piped.out.splitlines() if not is_code.match(each)]
    assert max(map(cell_len, prose)) <= width


def test_narrow(desk: Desk) -> None:
    """Where there is little room, a long name is above its meaning, and a short one before it."""
    out = desk("help", "exit-codes", "--width", "40").out
    assert "\n  0    done, also if the answer is empty\n  1    the question was answered" in out
    out = desk("help", "dates", "--width", "40").out
    assert "\n  2026-12-31\n           a day; also 2026/12/31, 31\n" in out


def test_groups(desk: Desk) -> None:
    """In a pipe options stand in groups: what a command is about first, what all have last."""
    out = desk("list", "--help").out
    assert re.findall(r"^([A-Z][a-z ]+)(?: \(.*)?$", out, re.MULTILINE) == [
        *("Examples", "Arguments", "Arrangement", "Filters", "Ledger and day", "Output"),
        "Exit codes",
    ]
    assert "\n  --party, --not-party KEY     Who owes it, by key or name; or any but that.\n" in out
    assert "\n  --ledger PATH|-  The ledger; - reads standard input. Repeatable;\n" in out


def test_a_term_is_no_filter(desk: Desk) -> None:
    """An option and the filter of its name are not one row: they are about different things."""
    out = desk("update", "--help").out
    assert "\n  --status WORD     What was reported: " in out
    assert "\n  --not-status WORD           Any status but this.\n" in out


@pytest.mark.parametrize("name", COMMANDS)
def test_without_docstrings(name: str) -> None:
    """The help does not rest on docstrings, which Python leaves out with ``-OO``."""
    run = LIBRARY.command(name)[0].callback
    assert run is not None
    assert run.__doc__ is None


def test_optimized(desk: Desk) -> None:
    """The installed program has the same help under ``python -OO``."""
    argv = ("-OO", "-m", "pledges", "correct", "--help")
    assert desk.command(sys.executable, *argv) == desk("correct", "--help")


# --- exit codes ---------------------------------------------------------------------------------

PLEDGE_ARGUMENTS: Final = {"ids", "pledge"}
NEEDED: Final = {
    "completion": "bash",
    "show": "ECO-02",
    "update": "ECO-02 --note x",
    "add": "--title x --pillar economy",
    "set": "ECO-02 --lead x",
    "correct": "ECO-02 1 --note x",
    "remove": "ECO-02 1 --yes",
    "undo": "--yes",
    "redo": "--yes",
    "import": "register.csv --mapping plan.map.toml",
    "diff": "theirs.toml",
    "ask": "--party SG",
}
"""What a command needs besides the ledger to have something to do."""


def ended(desk: Desk, name: str, *more: str) -> int:
    """The exit code of a command that has what it needs, and these words."""
    return desk.line(f"{name} {NEEDED.get(name, '')}", *more).code


def merge_exits(desk: Desk) -> set[int]:
    """The exit codes of a merge without and with conflicts, of what is missing and of bad bytes."""
    (desk.folder / "bytes.toml").write_bytes(b"\xff\n")
    lines = ["base ours theirs", "base ours none", "base ours bytes", "base ours"]
    found = {desk("merge", *(f"{x}.toml" for x in line.split())).code for line in lines}
    ours = desk.folder / "ours.toml"
    ours.write_text(desk.text.replace("warn_days = 60", "warn_days = 30"), encoding="utf-8")
    found.add(desk("merge", "base.toml", "ours.toml", "theirs.toml").code)
    ours.chmod(0o444)
    return {*found, desk("merge", "base.toml", "ours.toml", "theirs.toml").code}


@pytest.mark.parametrize("name", NAMES)
def test_exit_codes(tmp_path: Path, name: str) -> None:
    """A command ends with each code that its help names, and with no other."""
    desk = Examples(tmp_path)
    if name == "merge":  # which is given three files instead of a ledger
        assert merge_exits(desk) == {*HELPS[name].exits} - {Exit.BUSY}
        return
    for before in FIRST.get(name, ()):
        assert desk.line(before).code == Exit.DONE
    broken = desk.folder / "broken.toml"
    broken.write_text("schema = 3\n", encoding="utf-8")
    found = {ended(desk, name, "--nonsense")}
    if name != "help":
        found.add(ended(desk, name, "--ledger", "broken.toml"))
        found.add(ended(desk, name, "--ledger", str(tmp_path / "none" / "ledger.toml")))
    if name in NEEDED or PLEDGE_ARGUMENTS & {x.name for x in LIBRARY.command(name)[0].params}:
        words = NEEDED.get(name, "").replace("ECO-02", "")
        found.add(desk.line(f"{name} X-99 {words}").code)
    if name in ("due", "diff"):
        found.add(ended(desk, name, "--exit-code"))
    if name == "check":
        found.add(ended(desk, name, "--fix", "--ledger", "broken.toml"))
    if name in WRITING:
        desk.path.chmod(0o444)
        found.add(ended(desk, name))
        desk.path.chmod(0o644)
    else:
        found.add(ended(desk, name, "--output", "none/such.txt"))
    if name == "init":
        desk.path.unlink()
    found.add(ended(desk, name))
    assert found == {*HELPS[name].exits} - {Exit.BUSY}
    assert (Exit.BUSY in HELPS[name].exits) == (name in (*WRITING, "check") and name != "init")


# --- topics -------------------------------------------------------------------------------------


def test_topics(desk: Desk) -> None:
    """Without a topic all topics are listed, each with what it is about."""
    out = desk("help").out
    for name, about in topics().items():
        assert re.search(rf"^  {name} +{re.escape(about)}$", out, re.MULTILINE)


@pytest.mark.parametrize("name", PAGES)
def test_topic(desk: Desk, name: str) -> None:
    """A topic is plain text in a pipe; that of a command begins as its own help."""
    code, out, err = desk("help", name)
    assert (code, err) == (Exit.DONE, "")
    assert out.isascii()
    if name in COMMANDS:
        own = desk(name, "--help").out
        assert out.startswith(own.partition("\n\nTo read next")[0])
    assert max(map(len, out.splitlines())) <= 120


@pytest.mark.parametrize("form", FORMS)
def test_topic_in_a_format(desk: Desk, form: Format) -> None:
    """A topic is an answer in every format."""
    options = ("--output", "help.xlsx") if form.is_binary else ("--format", form)
    code, out, err = desk("help", "dates", *options)
    assert (code, err) == (Exit.DONE, "")
    assert "a quarter; also Q4 2026" in out or form.is_binary


def test_topic_in_json(desk: Desk) -> None:
    """In JSON a name has its meaning, and other text has no name."""
    document = json.loads(desk("help", "exit-codes", "--format", "json").out)
    assert (document["kind"], document["topic"]) == ("help", "exit-codes")
    assert document["entries"][0] == {
        "section": "Exit codes",
        "name": "0",
        "text": "done, also if the answer is empty",
    }


def test_code_in_markdown(desk: Desk) -> None:
    """A line to copy is not escaped in Markdown and HTML."""
    out = desk("help", "dates", "--format", "md").out
    assert "```\npledges list --due-by 2026-Q4 --open\n" in out
    assert "pledges list --due-by 2026-Q4 --open\n" in desk("help", "dates", "-f", "html").out


def test_the_overview_has_a_help(desk: Desk) -> None:
    """What is shown without a command has a help by its own name, though no list has it."""
    assert desk("help", "overview").out == desk("overview", "--help").out


def test_a_wrong_topic(desk: Desk) -> None:
    """A topic that does not exist is refused with the nearest one."""
    assert desk("help", "date") == (
        Exit.USAGE,
        "",
        "pledges: error: there is no topic and no command 'date'\n  = hint: did you mean dates?\n",
    )
    assert desk("help", "nonsense").code == Exit.USAGE


# --- what is derived ----------------------------------------------------------------------------


def test_every_column_has_a_meaning() -> None:
    """No column is left out, and none is without a meaning."""
    assert [*column_meanings()] == [*FIELDS]
    assert all(each.endswith(".") for each in column_meanings().values())


@pytest.mark.parametrize(
    ("meanings", "words"),
    [
        (word_meanings.MEANINGS["status"], STATUS_WORDS),
        (word_meanings.MEANINGS["strength"], [*Strength]),
        (word_meanings.MEANINGS["kind"], [*Kind]),
        (word_meanings.MEANINGS["every"], [*Every]),
        (word_meanings.MEANINGS["event"], [*EventWord]),
    ],
)
def test_every_word_has_a_meaning(meanings: Sequence[str], words: Sequence[str]) -> None:
    """No closed word is left out of the help."""
    assert [*meanings] == [*words]


@pytest.mark.parametrize(("form", "said"), DATE_FORMS.items())
def test_every_form_of_a_date_is_read(form: str, said: str) -> None:
    """What the help says of dates is read, and its other forms mean the same."""
    others = re.sub(r" \(.*\)", "", said.partition("also ")[2])
    forms = [form, *others.split(", ")] if others else [form]
    found = [read_when(each, dt.date(2026, 12, 31)) for each in forms]
    if form not in ("today", "eom"):
        assert len({(each.first, each.last) for each in found}) == 1


def test_every_variable_is_named() -> None:
    """Each variable that the source reads is in the help."""
    text = "".join(each.read_text(encoding="utf-8") for each in SOURCE.rglob("*.py"))
    read = set(re.findall(r"environ(?:\.get\(|\[)\"(\w+)\"", text))
    read |= set(re.findall(r'"(LC_ALL|LC_CTYPE|LANG)"', text))
    assert read <= ENVIRONMENT.keys()


def test_the_list_of_commands(desk: Desk) -> None:
    """The help of the program lists each command in its group, with its whole line."""
    out = " ".join(desk("--help").out.split())
    for name in COMMANDS:
        assert f" {name} {HELPS[name].summary}" in out


@pytest.mark.parametrize(("word", "subject"), OTHER_SUBJECTS.items())
def test_other_subjects(word: str, subject: str, desk: Desk) -> None:
    """What people look up leads to the topic or the command that says it."""
    told = f"pledges: error: there is no topic and no command {word!r}\n"
    assert desk("help", word) == (Exit.USAGE, "", f"{told}  = hint: read: pledges help {subject}\n")
    assert word not in LIBRARY.subjects
    assert subject in LIBRARY.subjects


@pytest.mark.parametrize("name", sorted({*COMMANDS} & {*topics()}))
def test_no_help_leads_to_itself(name: str, desk: Desk) -> None:
    """What is read already is not to be read next."""
    assert f"pledges help {name}," not in desk("help", name).out
    assert not desk("help", name).out.endswith(f"pledges help {name}\n")


@pytest.mark.parametrize("name", [each for each in COMMANDS if each != "check"])
def test_calendar_where_it_is_taken(name: str, desk: Desk) -> None:
    """The help of a command lists the format of calendars if that command takes it."""
    shown = desk(name, "--help").out
    if "--format FORMAT" in shown:
        assert ("ics." in shown) == (name in CALENDARS)
    if name in ("list", "due", "timeline", "progress", "log", "report", "sources"):
        code = desk(name, "--format", "ics").code
        assert (code == Exit.DONE) == (name in CALENDARS)
