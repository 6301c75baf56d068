"""The git repository that a ledger is in, asked by git's own program."""

import datetime as dt
import os
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path
from shutil import which

from pledges.domain.day import read_when
from pledges.domain.events import Recording
from pledges.errors import NotADate, WrongUse
from pledges.ledger.reading.find import reading_error


class Repository:
    """The repository that a file is in: its top folder, and the file's ``name`` from there."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.folder = Path(os.path.realpath(path)).parent
        self.top = Path(os.fsdecode(self.git("rev-parse", "--show-toplevel").rstrip(b"\n")))
        self.name = (self.folder / path.name).relative_to(self.top.resolve()).as_posix()

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
        except NotADate:
            if word.startswith("-") or not (found := self._id(word)):
                hint = f"to see the revisions: git log --oneline -- {self.name}"
                raise WrongUse(f"{word!r} is no revision of git and no day", hint) from None
            return found
        until = ("-1", f"--before={day}T23:59:59", "HEAD", "--", f":(top,literal){self.name}")
        if not (found := self.git("rev-list", *until).decode().strip()):
            raise WrongUse(f"{self.path.name} was not in git yet on {day}", "give a later day")
        return found

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
        told = self.git("blame", "--line-porcelain", "-w", "-M", *which_text, "--", self.path.name)
        lines: list[Recording | None] = []
        head: dict[str, str] = {}
        for line in told.decode("utf-8", "replace").split("\n"):
            if line.startswith("\t"):
                zone = dt.timezone(_offset(head["author-tz"]))
                on = dt.datetime.fromtimestamp(int(head["author-time"]), zone).date()
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
    command = [program, *arguments]
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, check=False)  # noqa: S603  (no shell)
    except OSError as error:  # there is no such folder
        raise reading_error(folder or Path(), error) from None
    if done.returncode not in range(most + 1):
        said = done.stderr.decode("utf-8", "replace").strip().split("\n")[-1]
        raise WrongUse(f"git {arguments[0]}: {said.removeprefix('fatal: ')}")
    return done.stdout


def _offset(zone: str) -> dt.timedelta:
    """A time zone as git has it: ``+0700``."""
    minutes = int(zone[1:3]) * 60 + int(zone[3:5])
    return dt.timedelta(minutes=-minutes if zone[0] == "-" else minutes)


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
