"""From an answer to where it goes: its format, what a terminal can show, and the writing."""

import os
import shutil
import stat
import sys
from pathlib import Path
from typing import Final

from pledges.commands._options import Reading
from pledges.domain.spelling import read_word
from pledges.errors import CannotWrite, UnknownWord, WrongUse
from pledges.ledger.reading.find import FileId, file_id
from pledges.render import SUFFIXES, Canvas, Format, render
from pledges.streams import (
    SignalGuard,
    full_output,
    has_unicode,
    is_stdout,
    is_terminal,
    notify,
    write_all,
)
from pledges.view.answer import Answer

COLOURS: Final = ("auto", "always", "never")
STDOUT: Final = "-"
WIDTHS: Final = range(20, 1001)
"""The widths that can be laid out, in cells."""


def check_output(reading: Reading) -> None:
    """Refuse what does not go together before anything is read."""
    form = chosen_format(reading)
    if reading.color.lower() not in COLOURS:
        raise UnknownWord("--color", reading.color, COLOURS)
    if reading.width is not None and reading.width not in WIDTHS:
        raise WrongUse(f"--width is {WIDTHS[0]} to {WIDTHS[-1]} cells, not {reading.width}")
    if form is not Format.TERMINAL and wants_screen(reading):
        option = "--width" if reading.width else "--color always"
        raise WrongUse(f"{option} is for --format terminal, not {form}", "leave one of them out")
    if reading.output == "":
        raise WrongUse("--output has no file's name", "for example --output list.csv")
    if reading.force and reading.output is None:
        raise WrongUse("--force is for --output", "name the file to replace with --output")


def emit(answer: Answer, reading: Reading, ledger: FileId | None) -> None:
    """Write an answer where it should go, and say on standard error what is said about it.

    ``ledger`` is the file that no answer may replace.

    Raises: ``CannotWrite`` where that fails; ``BrokenPipeError`` where the reader has gone.
    """
    form = chosen_format(reading)
    text = render(answer, form, _canvas(reading))
    deliver(text, reading, ledger, is_screen=form is Format.TERMINAL)
    if not reading.quiet:
        notify(answer.remarks)


def deliver(text: str, reading: Reading, ledger: FileId | None, *, is_screen: bool = False) -> None:
    """Write what was rendered where it should go.

    Raises: ``CannotWrite`` where that fails; ``BrokenPipeError`` where the reader has gone.
    """
    if reading.output in (None, STDOUT) or is_stdout(reading.output):
        _write(text, is_screen=is_screen)
    else:
        _write_file(Path(reading.output), text, ledger, force=reading.force)


def emit_as_it_is(text: str) -> None:
    """Write a text that a program will read, without a change.

    Raises: ``CannotWrite`` where that fails; ``BrokenPipeError`` where the reader has gone.
    """
    _write(text, is_screen=False)


def chosen_format(reading: Reading) -> Format:
    """The format that was asked for, or else the one that fits where the answer goes."""
    if reading.format is not None:
        return read_word(Format, "format", reading.format)
    if reading.output not in (None, STDOUT):
        return _format_of_file(Path(reading.output))
    is_screen = is_terminal() or wants_screen(reading) or _colour_is_forced()
    return Format.TERMINAL if is_screen else Format.TEXT


def _format_of_file(path: Path) -> Format:
    suffix = path.suffix.lower()
    if suffix and suffix not in SUFFIXES:
        hint = f"one of {', '.join(SUFFIXES)}, or say --format; spreadsheets open .csv"
        raise WrongUse(f"no format has the suffix {suffix}", hint)
    return SUFFIXES.get(suffix, Format.TEXT)


def wants_screen(reading: Reading) -> bool:
    """Whether options ask for the page of a terminal, in a pipe too."""
    return reading.width is not None or reading.color.lower() == "always"


def _colour_is_forced() -> bool:
    return os.environ.get("CLICOLOR_FORCE", "0") not in ("", "0")


def _canvas(reading: Reading) -> Canvas:
    width = reading.width or max(shutil.get_terminal_size().columns, WIDTHS[0])
    return Canvas(width, has_colour=_has_colour(reading), is_ascii=not has_unicode())


def _has_colour(reading: Reading) -> bool:
    if reading.color != "auto":
        return reading.color.lower() == "always"
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
    content = text.encode("utf-8", "backslashreplace")
    try:
        status = path.stat() if path.exists() else None
        if status and ledger == file_id(status):
            raise CannotWrite(f"{path} is the ledger itself", "give another file to --output")
        if status and not stat.S_ISREG(status.st_mode):
            _write_special(path, content)
        elif status and not force:
            raise CannotWrite(f"{path} is there already", "let it be replaced with --force")
        else:
            _replace(_resolved(path), content)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise CannotWrite(f"{path} can't be written: {reason}") from None


def _resolved(path: Path) -> Path:
    """The file that a link leads to, be it there or not.

    Raises: ``OSError`` for a link that leads back to itself.
    """
    try:
        return Path(os.path.realpath(path, strict=True))
    except FileNotFoundError:
        return Path(os.path.realpath(path))


def _write_special(path: Path, content: bytes) -> None:
    """Write to a pipe or a device, which can't be replaced."""
    with path.open("wb") as file:
        file.write(content)


def _replace(path: Path, content: bytes) -> None:
    beside = path.with_name(f".pledges-{os.getpid()}.new")
    with SignalGuard():
        try:
            with beside.open("xb") as file:
                file.write(content)
            if path.exists():
                shutil.copymode(path, beside)
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
