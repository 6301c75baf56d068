"""The git repository that a ledger is in, asked by git's own program."""

import datetime as dt
import os
import re
import shlex
import subprocess
from collections.abc import Sequence
from pathlib import Path
from shutil import which

from pledges.domain.day import read_when
from pledges.domain.events import Recording
from pledges.errors import NotADate, WrongUse
from pledges.ledger.reading.find import path_text, reading_error


class Repository:
    """The repository that a file is in: its top folder, and the file's ``name`` from there."""

    def __init__(self, path: Path) -> None:
        self.path = Path(os.path.realpath(path))  # of a link, git knows the file itself
        self.folder = self.path.parent
        self.top = Path(os.fsdecode(self.git("rev-parse", "--show-toplevel").rstrip(b"\n")))
        if not self.path.is_relative_to(self.top.resolve()):
            message = f"{path_text(path)} is not in the repository {self.top}"
            raise WrongUse(message, "unset GIT_DIR and GIT_WORK_TREE, by which git looks there")
        self.name = self.path.relative_to(self.top.resolve()).as_posix()

    def git(self, *arguments: str, most: int = 0) -> bytes:
        """What git prints; exit codes up to ``most`` are no error.

        Raises: ``WrongUse`` if there is no git, no repository, or if git refuses.
        """
        return _git(arguments, self.folder, most)

    def commit(self, word: str, today: dt.date) -> str:
        """The commit that a word names: a revision, or the last one of the file up to a day.

        Raises: ``WrongUse`` if it names none.
        """
        try:
            day = read_when(word, today).last
        except NotADate as error:
            if word.startswith("-") or not (found := self._id(word)):
                from_top = shlex.quote(f":/{self.name}")  # which is right in every folder
                revisions = f"to see the revisions: git log --oneline -- {from_top}"
                hint = error.hint if re.match(r"write \d", error.hint or "") else revisions
                raise WrongUse(f"{word!r} is no revision of git and no day", hint) from None
            return found
        until = ("-1", f"--before={day}T23:59:59", "HEAD", "--", f":(top,literal){self.name}")
        if not (found := self.git("rev-list", *until).decode().strip()):
            self._expect_whole_history()
            first = self.git("log", "--format=%cs", "--reverse", "--", self.path.name).decode()
            hint = f"the first is of {first[:10]}" if first else "commit it first"
            raise WrongUse(f"git has no version of {self.path.name} up to {day}", hint)
        return found

    def _expect_whole_history(self) -> None:
        """Refuse an answer about what came before all that this clone has.

        Raises: ``WrongUse`` if it was cloned without its history.
        """
        if self.git("rev-parse", "--is-shallow-repository").strip() == b"true":
            message = "this clone has only the latest part of the history"
            raise WrongUse(message, "get all of it: git fetch --unshallow")

    def _id(self, word: str) -> str:
        return (
            self.git("rev-parse", "-q", "--verify", f"{word}^{{commit}}", most=128).decode().strip()
        )

    def content_at(self, commit: str, word: str) -> bytes:
        """What the file contained in a commit, which was called by a ``word``.

        Raises: ``WrongUse`` if it was not there.
        """
        if not self.git("ls-tree", "--full-tree", commit, "--", self.name):
            raise WrongUse(f"{self.name} is not in {word}", "give a later revision")
        return self.git("cat-file", "blob", f"{commit}:{self.name}")

    def recordings(self, commit: str | None) -> list[Recording | None]:
        """Who wrote each line of the file, as it is in a commit, or as it is now.

        None for a line that is in no commit yet.
        """
        which_text = [commit] if commit else []
        how = ("--line-porcelain", "--no-textconv", "-w", "-M")
        told = self.git("blame", *how, *which_text, "--", self.path.name)
        lines: list[Recording | None] = []
        head: dict[str, str] = {}
        first: set[str] = set()
        for line in told.decode("utf-8", "replace").split("\n"):
            if line.startswith("\t"):
                if "boundary" in head and head["commit"] not in first:
                    first.add(head["commit"])
                    self._expect_whole_history()  # else it is the first commit of all
                on = _day(head["author-time"], head["author-tz"])
                is_there = head["commit"].strip("0")
                lines.append(Recording(head["author"], on, head["commit"]) if is_there else None)
                head = {}
            else:
                key, _, value = line.partition(" ")
                head.update({key: value} if head else {"commit": key})
        return lines

    def names(self) -> list[str]:
        """The branches and tags."""
        return self.git("for-each-ref", "--format=%(refname:short)").decode("utf-8").split()

    def setting(self, key: str) -> str | None:
        """A setting of the repository; None if it has none."""
        return self.git("config", "--local", key, most=1).decode().removesuffix("\n") or None


def _git(arguments: Sequence[str], folder: Path | None = None, most: int = 0) -> bytes:
    program = which("git")
    if not program:
        raise WrongUse("git is not installed", "install git, and run the command again")
    command, english = [program, *arguments], {**os.environ, "LC_ALL": "C"}
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, check=False, env=english)  # noqa: S603  (no shell)
    except OSError as error:  # there is no such folder
        raise reading_error(folder or Path(), error) from None
    if done.returncode not in range(most + 1):
        said = done.stderr.decode("utf-8", "replace").strip().split("\n")
        reason = next((each for each in said if each.startswith("fatal: ")), said[-1])
        if "not a git repository" in reason:
            to_begin = "to put its folder into git: git init, git add, git commit"
            raise WrongUse("the ledger is not in a git repository", to_begin)
        hint = said[-1].strip() if said[-1].startswith("\t") else None  # a command that git advises
        raise WrongUse(f"git {arguments[0]}: {reason.removeprefix('fatal: ')}", hint)
    return done.stdout


def _day(seconds: str, zone: str) -> dt.date:
    """The day of a time as git has it: seconds since 1970, in a zone such as ``+0700``.

    What is no time that can be is 1970 itself, as git shows it, too.
    """
    try:
        minutes = int(f"{zone[0]}1") * (int(zone[1:3]) * 60 + int(zone[3:5]))
        offset = dt.timezone(dt.timedelta(minutes=minutes))
        return dt.datetime.fromtimestamp(int(seconds), offset).date()
    except (ValueError, OverflowError, OSError):
        return dt.date(1970, 1, 1)


def attribute_pattern(name: str) -> str:
    """The pattern that names this one file in ``.gitattributes``."""
    pattern = re.sub(r"([][*?\\])", r"\\\1", f"/{name}")
    if not re.search(r'[\s"]', pattern):
        return pattern
    return '"{}"'.format(re.sub(r'(["\\])', r"\\\1", pattern))


def merged_lines(versions: Sequence[str], marker_size: int) -> str:
    """The base, ours and theirs, merged by git line by line, with marks around conflicts.

    Raises: ``WrongUse`` if there is no git.
    """
    base, ours, theirs = versions
    labels = (each for label in ("ours", "base", "theirs") for each in ("-L", label))
    how = ["merge-file", "-p", f"--marker-size={marker_size}", *labels, ours, base, theirs]
    return _git(how, most=127).decode()  # the exit code is the number of conflicts
