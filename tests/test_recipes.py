"""The recipes of README, run with stand-ins for the programs of the system."""

import os
import re
import shutil
import sys
from datetime import date, datetime
from email import message_from_bytes
from email.policy import SMTP
from pathlib import Path

import pytest

from build import SHIPPED
from desk import Desk

README = (SHIPPED.parent / "README.md").read_text(encoding="utf-8")
LINES = [
    *(line.partition("  ")[2] for line in re.findall(r"^0 8 \* \* MON .*", README, re.MULTILINE)),
    *"".join(re.findall(r"```bash\n(.*?)```", README, re.DOTALL)).splitlines(),
]
STAND_IN = '#!/bin/sh\nprintf "%s\\n" "$@" > "$0.words"\n[ -t 0 ] || cat > "$0.input"\n'

pytestmark = pytest.mark.skipif(os.name != "posix", reason="they are lines of a POSIX shell")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk with the shipped ledger."""
    return Desk(tmp_path, SHIPPED.read_text(encoding="utf-8"))


def run(line: str, desk: Desk) -> tuple[list[str], bytes]:
    """What the last program of a line was given, as words and on standard input."""
    bin_ = desk.folder / "bin"
    bin_.mkdir()
    for name in ("mail", "sendmail", "xdg-open", "xclip", "wl-copy"):
        (bin_ / name).write_text(STAND_IN)
        (bin_ / name).chmod(0o755)
    paths = (str(bin_), str(Path(sys.executable).parent), os.environ["PATH"])
    script = line.replace("/srv/plan", str(desk.folder))
    code, out, err = desk.command("/bin/sh", "-c", script, PATH=os.pathsep.join(paths))
    assert (code, out, err) == (0, "", "")
    [words] = bin_.glob("*.words")
    return words.read_text().splitlines(), words.with_suffix(".input").read_bytes()


def _day(text: str) -> date:
    return datetime.strptime(f"{text} +0000", "%d %b %Y %z").date()


def test_there_are_recipes() -> None:
    """The patterns above find what README shows."""
    assert len(LINES) == 6


def test_the_weekly_report(desk: Desk) -> None:
    """Cron gives the mail program a subject, an address and the week's report."""
    words, given = run(LINES[0], desk)
    assert words == ["-s", "Plan of Action, this week", "desk@example.org"]
    head, about, *_ = given.decode().split("\n")
    assert head == "Viet Nam-Singapore Comprehensive Strategic Partnership: Plan of Action"
    days = re.fullmatch(r"Status report as of (.+); changes since (.+)\.", about)
    assert days
    last, first = (_day(each) for each in days.groups())
    assert (last - first).days == 6  # both of them are in it


@pytest.mark.parametrize("line", LINES[:2])
def test_no_report_no_mail(line: str, desk: Desk) -> None:
    """Where the ledger can't be read nothing is sent."""
    desk.text = "schema = "
    with pytest.raises(AssertionError, match=r"assert \(4, "):
        run(line, desk)
    assert list((desk.folder / "bin").glob("*.words")) == []


def test_the_weekly_report_as_html(desk: Desk) -> None:
    """What sendmail is given has a recipient and both looks, and is no draft any more."""
    words, given = run(LINES[1], desk)
    message = message_from_bytes(given, policy=SMTP)
    assert words == ["-t"]
    assert message.keys() == ["Subject", "To", "MIME-Version", "Content-Type"]
    assert message["To"] == "desk@example.org"
    assert [each.get_content_type() for each in message.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]


@pytest.mark.parametrize(
    ("line", "name", "begins"),
    [(LINES[2], "report.html", b"<!DOCTYPE html>\n"), (LINES[5], "report.eml", b"X-Unsent: 1\r\n")],
)
def test_opened(line: str, name: str, begins: bytes, desk: Desk) -> None:
    """A report is written to a file, which is opened; the next one takes its place."""
    (desk.folder / name).write_bytes(b"last week's")
    words, _ = run(line, desk)
    assert words == [name]
    assert (desk.folder / name).read_bytes().startswith(begins)


@pytest.mark.parametrize("line", LINES[3:5])
def test_the_clipboard(line: str, desk: Desk) -> None:
    """The clipboard is given the HTML, and that it is HTML."""
    words, given = run(line, desk)
    assert "text/html" in words
    assert given.startswith(b"<!DOCTYPE html>\n")


HOOK = re.findall(r"```shell\n(.*?)```", README, re.DOTALL)
NEW = """
[[pledge]]
id = "ECO-90"
title = "Open a school"
pillar = "economy"
kind = "ongoing"
"""


def test_the_hook_of_git(desk: Desk) -> None:
    """A commit of a ledger with an error or a warning is stopped; what is not staged is left."""
    git = shutil.which("git")
    if not git:
        pytest.skip("this system has no git")
    shutil.rmtree(desk.folder.parent / ".git")
    bin_ = str(Path(sys.executable).parent)
    paths = os.pathsep.join((bin_, os.environ["PATH"]))
    who = ("-c", "user.name=Desk", "-c", "user.email=desk@example.org")

    def run_git(*argv: str) -> tuple[int, str]:
        ended = desk.command(git, *who, *argv, PATH=paths)
        return ended.code, ended.out + ended.err

    assert run_git("init", "--quiet")[0] == 0
    (hook,) = HOOK
    path = desk.folder / ".git" / "hooks" / "pre-commit"
    path.parent.mkdir(exist_ok=True)
    path.write_text(hook)
    path.chmod(0o755)
    assert run_git("add", ".") == (0, "")
    assert run_git("commit", "--quiet", "--message", "Sound")[0] == 0
    for wrong, told in (("made = 2026-13-01", "error[date]"), ("budget = 3", "[unknown-key]")):
        before = desk.text
        desk.text += f"{NEW}{wrong}\n"
        run_git("add", ".")
        code, said = run_git("commit", "--quiet", "--message", "Wrong")
        assert (code, told in said) == (1, True)
        desk.text = before  # which is sound, but is not what would be committed
        assert run_git("commit", "--quiet", "--message", "Wrong")[0] == 1
    desk.text += NEW
    run_git("add", ".")
    desk.text += "made = 2026-13-01\n"
    assert run_git("commit", "--quiet", "--message", "More")[0] == 0
