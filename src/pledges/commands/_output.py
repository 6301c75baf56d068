"""From an answer to where it goes: its format, what a terminal can show, and the writing."""

import os
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from pledges.commands._options import Reading
from pledges.domain.query import read_word
from pledges.errors import CannotWrite, UnknownWord, WrongUse
from pledges.ledger.source import FileId, file_id
from pledges.render import SUFFIXES, Canvas, Format, render
from pledges.streams import complain, full_output, has_unicode, is_terminal, write_all
from pledges.view.page import Answer

COLOURS: Final = ("auto", "always", "never")
STDOUT: Final = "-"
WIDTHS: Final = range(20, 1001)
"""The widths that can be laid out, in cells."""


def check_output(reading: Reading) -> None:
    """Refuse what does not go together before anything is read."""
    form = chosen_format(reading)
    if reading.color not in COLOURS:
        raise UnknownWord("--color", reading.color, COLOURS)
    if reading.width is not None and reading.width not in WIDTHS:
        raise WrongUse(f"--width is {WIDTHS[0]} to {WIDTHS[-1]} cells, not {reading.width}")
    if form is not Format.TERMINAL and _wants_screen(reading):
        option = "--width" if reading.width else "--color always"
        raise WrongUse(f"{option} is for --format terminal, not {form}", "leave one of them out")
    if reading.force and reading.output is None:
        raise WrongUse("--force is for --output", "name the file to replace with --output")


def emit(answer: Answer, reading: Reading, ledger: FileId | None) -> None:
    """Write an answer where it should go, and say on standard error what is said about it.

    ``ledger`` is the file that no answer may replace.

    Raises: ``CannotWrite`` where that fails; ``BrokenPipeError`` where the reader has gone.
    """
    form = chosen_format(reading)
    text = render(answer, form, _canvas(reading))
    if reading.output not in (None, STDOUT):
        _write_file(Path(reading.output), text, ledger, force=reading.force)
    else:
        _write(text, is_screen=form is Format.TERMINAL)
    if not reading.quiet:
        say(answer.said)


def chosen_format(reading: Reading) -> Format:
    """The format that was asked for, or else the one that fits where the answer goes."""
    if reading.format is not None:
        return read_word(Format, "format", reading.format)
    if reading.output not in (None, STDOUT):
        return _format_of_file(Path(reading.output))
    is_screen = is_terminal() or _wants_screen(reading) or _colour_is_forced()
    return Format.TERMINAL if is_screen else Format.TEXT


def _format_of_file(path: Path) -> Format:
    suffix = path.suffix.lower()
    if suffix and suffix not in SUFFIXES:
        hint = f"one of {', '.join(SUFFIXES)}, or say --format; spreadsheets open .csv"
        raise WrongUse(f"no format has the suffix {suffix}", hint)
    return SUFFIXES.get(suffix, Format.TEXT)


def say(lines: Iterable[str]) -> None:
    """Lines for people, on standard error; where nobody can read them, that is no fault."""
    complain("".join(f"{line}\n" for line in lines))


def _wants_screen(reading: Reading) -> bool:
    return reading.width is not None or reading.color == "always"


def _colour_is_forced() -> bool:
    return os.environ.get("CLICOLOR_FORCE", "0") not in ("", "0")


def _canvas(reading: Reading) -> Canvas:
    width = reading.width or max(shutil.get_terminal_size().columns, WIDTHS[0])
    return Canvas(width, has_colour=_has_colour(reading), is_ascii=not has_unicode())


def _has_colour(reading: Reading) -> bool:
    if reading.color != "auto":
        return reading.color == "always"
    if os.environ.get("NO_COLOR"):
        return False
    is_shown = is_terminal() and os.environ.get("TERM") != "dumb" and not reading.output
    return is_shown or _colour_is_forced()


def _write(text: str, *, is_screen: bool) -> None:
    if sys.stdout is None:
        raise CannotWrite("standard output is closed", "give a file with --output")
    try:
        if is_screen and is_terminal():
            sys.stdout.write(text)
        else:
            write_all(sys.stdout.buffer, text.encode("utf-8", "backslashreplace"))
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise full_output(error) from None


def _write_file(path: Path, text: str, ledger: FileId | None, *, force: bool) -> None:
    """Write a file whole or not at all: an old one stays as it was until the new one is there."""
    content, named = text.encode("utf-8", "backslashreplace"), path
    try:
        path = Path(os.path.realpath(path))
        if ledger and path.exists() and file_id(path.stat()) == ledger:
            raise CannotWrite(f"{named} is the ledger itself", "give another file to --output")
        if path.exists() and not path.is_file():
            _write_special(path, content)
        elif path.exists() and not force:
            raise CannotWrite(f"{named} is there already", "let it be replaced with --force")
        else:
            _replace(path, content)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise CannotWrite(f"{named} can't be written: {reason}") from None


def _write_special(path: Path, content: bytes) -> None:
    """Write to a pipe or a device, which can't be replaced."""
    with path.open("wb") as file:
        file.write(content)


def _replace(path: Path, content: bytes) -> None:
    beside = path.with_name(f".{path.name[:200]}.{os.getpid()}.new")
    try:
        with beside.open("xb") as file:
            file.write(content)
        if path.exists():
            shutil.copymode(path, beside)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
