"""The git repository that a ledger is in, asked by git's own program."""

import os
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path
from shutil import which

from pledges.errors import WrongUse


class Repository:
    """The repository that a file is in: its top folder, and the file's ``name`` from there."""

    def __init__(self, path: Path) -> None:
        self.folder = Path(os.path.realpath(path)).parent
        self.top = Path(self.git("rev-parse", "--show-toplevel").removesuffix("\n"))
        self.name = (self.folder / path.name).relative_to(self.top.resolve()).as_posix()

    def git(self, *arguments: str, most: int = 0) -> str:
        """What git prints; exit codes up to ``most`` are no error.

        Raises: ``WrongUse`` if there is no git, no repository, or if git refuses.
        """
        return _git(arguments, self.folder, most)

    def setting(self, key: str) -> str | None:
        """A setting of the repository; None if it has none."""
        return self.git("config", "--local", key, most=1).removesuffix("\n") or None


def _git(arguments: Sequence[str], folder: Path | None = None, most: int = 0) -> str:
    program = which("git")
    if not program:
        raise WrongUse("git is not installed", "install git, and run the command again")
    done = subprocess.run([program, *arguments], cwd=folder, capture_output=True, check=False)  # noqa: S603  (no shell)
    if done.returncode not in range(most + 1):
        said = done.stderr.decode("utf-8", "replace").strip().split("\n")[-1]
        raise WrongUse(f"git {arguments[0]}: {said.removeprefix('fatal: ')}")
    return done.stdout.decode("utf-8", "surrogateescape")


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
    return _git(how, most=127)  # the exit code is the number of conflicts
