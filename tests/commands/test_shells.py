"""Completion in real shells: what the Tab key makes of a line, and what is seen."""

import os
import re
import select
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pytest

from desk import Desk
from nightly import IS_NIGHT
from pledges.commands._shells import Shell
from program import SCRIPT
from samples import PILLARS, entry, ledger_text, pledge_table

pytestmark = pytest.mark.slow

LEAD: Final = "Bank's \"\\$(touch pwned)`touch pwned`;touch pwned; * ~ %F{red}: #!x"
TITLE: Final = "Open \\$(touch pwned) `touch pwned` 'x;touch pwned' * %F{red}:\t\x1b[31m\nhere"
PLEDGES: Final = ledger_text(
    pledge_table(
        "ECO-01",
        TITLE,
        lead="Ministry of Planning",
        measure={"unit": "parks", "baseline": 0, "target": 10},
        update=[
            entry("2025-02-01", status="in-progress", value=3, note="Three parks."),
            entry("2025-05-01", note="Talks were held."),
        ],
    ),
    pledge_table("ECO-02", "Build parks", lead=[LEAD, "*"]),
    pledge_table("ENE-01", "Trade electricity", pillar="energy"),
    plan={"title": "Completed"},
    pillars={**PILLARS, "p:1": "A colon"},
    sources={"vov:1": {"title": "A telephone call"}},
)

LINES: Final[Sequence[tuple[str, str]]] = [
    ("sh", "show"),
    ("show eco", "show ECO-0"),
    ("list --pillar=ec", "list --pillar=economy"),
    ("update ECO-02 --status c", "update ECO-02 --status completed"),
    ("sources vov:", "sources vov:1"),
    ("list --lead Bank", f"list --lead <{LEAD}>"),
    ("report --output rep", "report --output report.md"),
]
"""What is typed, and the words that the shell would give to the program after the key."""

MORE_LINES: Final[Sequence[tuple[str, str]]] = [
    ("show ECO", "show ECO-0"),
    ("show ECO-01 eco", "show ECO-01 ECO-02"),
    ("list --pillar ec", "list --pillar economy"),
    ("list --pillar=p:", "list --pillar=p:1"),
    ("list --pillar energy,ec", "list --pillar energy,economy"),
    ("list --columns id,tit", "list --columns id,title"),
    ("list --sort due,-prog", "list --sort due,-progress"),
    ("list --lead Mi", "list --lead <Ministry of Planning>"),
    ('list --lead "mi', "list --lead <Ministry of Planning>"),
    ("list --lead 'Mi", "list --lead <Ministry of Planning>"),
    ("list --lead Ministry\\ o", "list --lead <Ministry of Planning>"),
    ("list --lead 'Bank", f"list --lead <{LEAD}>"),
    ("list --ledger broken.toml EC", "list --ledger broken.toml EC"),
    ("list --ledger other.toml OT", "list --ledger other.toml OTH-0"),
    ("report --ledger=oth", "report --ledger=other.toml"),
    ("import x --mapping oth", "import x --mapping other.toml"),
]
"""The same, for nights: each press of the key starts the program."""

TRIED: Final = [*LINES, *MORE_LINES] if IS_NIGHT else LINES

ENTRIES: Final = (
    r"1  2025-02-01 in progress, 3 parks: Three parks\.\s+2  2025-05-01 remark: Talks were held\."
)
PILLARS_SEEN: Final = r"economy  Economic cooperation\s+energy   Energy"
START: Final = {Shell.BASH: ["bash", "--noprofile", "--norc", "-i"], Shell.ZSH: ["zsh", "-f", "-i"]}
READY: Final = "PS1='$ '; p() { printf '<%s>' \"$@\"; echo ' done'; }; HISTFILE=; p ready\n"


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """A desk with the ledger above, another one, and a broken one."""
    if SCRIPT is None:
        pytest.skip("the program is not installed")
    desk.text = PLEDGES
    other = PLEDGES.replace("ECO-", "OTH-")
    for name, text in (("other", other), ("broken", "x"), ("report", "")):
        path = desk.folder / f"{name}.{'md' if name == 'report' else 'toml'}"
        path.write_text(text, encoding="utf-8")
    (desk.place / "state").mkdir(exist_ok=True)
    desk.environment["PATH"] = f"{Path(SCRIPT).parent}{os.pathsep}{os.environ['PATH']}"
    desk.environment["TERM"] = "dumb"
    return desk


def split(line: str) -> list[str]:
    """The words of a line; one with spaces has ``<`` and ``>`` around it."""
    return [each.removeprefix("<").removesuffix(">") for each in re.findall(r"<.*>|\S+", line)]


class Typist:
    """Somebody at a terminal with a shell."""

    def __init__(self, terminal: int) -> None:
        self.terminal = terminal

    def seen(self, keys: str, until: str) -> str:
        """What a pattern finds in what is shown once these keys are pressed."""
        os.write(self.terminal, keys.encode())
        shown = b""
        while not (found := re.search(until, shown.decode("utf-8", "replace"), re.DOTALL)):
            assert select.select([self.terminal], [], [], 60)[0], shown
            shown += os.read(self.terminal, 65536)
        return found[0]

    def words(self, typed: str) -> list[str]:
        """The words of a line after the Tab key: they are given to a function that shows them."""
        shown = self.seen(f"{typed}\t\x01p \n", r"<pledges>\S.*> done")
        return re.findall(r"<(.*?)>(?=<| done)", shown)


@contextmanager
def at_a_terminal(desk: Desk, shell: Shell) -> Iterator[Typist]:
    """Somebody who has started a shell that completes our command lines."""
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not installed")
    pty, termios = pytest.importorskip("pty"), pytest.importorskip("termios")
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (50, 250))
    running = subprocess.Popen(
        START[shell],
        cwd=desk.folder,
        env=desk.environment,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    typist = Typist(ours)
    try:
        typist.seen(READY, "<ready> done")
        typist.seen(f'eval "$(pledges completion {shell})"; p set\n', "<set> done")
        yield typist
    finally:
        running.kill()
        running.wait()
        os.close(ours)


@pytest.mark.parametrize("shell", START)
def test_key(shell: Shell, desk: Desk) -> None:
    """The Tab key goes on with a line as far as it is clear, and its words stay words."""
    with at_a_terminal(desk, shell) as typist:
        for typed, expected in TRIED:
            assert typist.words(f"pledges {typed}") == ["pledges", *split(expected)]
        keys = "\t\t" if shell is Shell.BASH else "\t"  # bash lists words at the second time
        typist.seen(f"pledges correct ECO-01 {keys}", ENTRIES)
        typist.seen(f"\x15pledges list --pillar e{keys}", PILLARS_SEEN)
        shown = typist.seen(f"\x15pledges show ECO-0{keys}", r"ECO-01  Open.*ECO-02  Build parks")
        assert TITLE[:50] in shown
        assert "\x1b[31m" not in shown
    assert "pwned" not in desk.files


def test_fish(desk: Desk) -> None:
    """Fish shows each word with what it stands for, and completes what it is given."""
    if not shutil.which("fish"):
        pytest.skip("fish is not installed")
    lines = [typed for typed, _ in TRIED]
    script = "pledges completion fish | source\n" + "".join(
        f"complete -C {_fish_word(f'pledges {each}')}; echo ---\n"
        for each in [*lines, "correct ECO-01 "]
    )
    code, out, err = desk.command("fish", "--no-config", "-c", script)
    assert (code, err) == (0, "")
    *answers, entries, _ = out.split("---\n")
    assert entries == (
        "1\t2025-02-01 in progress, 3 parks: Three parks.\n2\t2025-05-01 remark: Talks were held.\n"
    )
    for (typed, expected), answer in zip(TRIED, answers, strict=True):
        found = [line.partition("\t")[0] for line in answer.splitlines()]
        begin = split(expected)[-1]
        assert all(each.startswith(begin) for each in found)
        assert found or typed == expected
    assert "pwned" not in desk.files


def _fish_word(text: str) -> str:
    quoted = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{quoted}'"
