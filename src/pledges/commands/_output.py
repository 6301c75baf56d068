"""From an answer to where it goes: its format, what a terminal can show, and the writing."""

import os
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from pledges.commands._options import Reading
from pledges.domain.query import read_words
from pledges.errors import CannotWrite, UnknownWord, WrongUse
from pledges.render import SUFFIXES, Canvas, Format, render
from pledges.view.page import Answer

COLOURS: Final = ("auto", "always", "never")
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
    if reading.force and not reading.output:
        raise WrongUse("--force is for --output", "name the file to replace with --output")


def emit(answer: Answer, reading: Reading, ledger: Path | None) -> None:
    """Write an answer where it should go, and say on standard error what is said about it.

    ``ledger`` is the file that no answer may replace.

    Raises: ``CannotWrite`` where that fails; ``BrokenPipeError`` where the reader has gone.
    """
    form = chosen_format(reading)
    text = render(answer, form, _canvas(reading))
    if reading.output:
        _write_file(Path(reading.output), text, ledger, force=reading.force)
    else:
        _write(text, is_screen=form is Format.TERMINAL)
    if not reading.quiet:
        say(answer.said)


def is_terminal() -> bool:
    """Whether standard output is a terminal."""
    return sys.stdout is not None and sys.stdout.isatty()


def chosen_format(reading: Reading) -> Format:
    """The format that was asked for, or else the one that fits where the answer goes."""
    if reading.format:
        return read_words(Format, "format", [reading.format])[0]
    if reading.output:
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
    """Lines for people, on standard error."""
    if sys.stderr is not None:
        sys.stderr.write("".join(f"{line}\n" for line in lines))


def _wants_screen(reading: Reading) -> bool:
    return reading.width is not None or reading.color == "always"


def _colour_is_forced() -> bool:
    return os.environ.get("CLICOLOR_FORCE", "0") not in ("", "0")


def _canvas(reading: Reading) -> Canvas:
    width = reading.width or max(shutil.get_terminal_size().columns, WIDTHS[0])
    return Canvas(width, has_colour=_has_colour(reading), is_ascii=not _has_unicode())


def _has_colour(reading: Reading) -> bool:
    if reading.color != "auto":
        return reading.color == "always"
    if _colour_is_forced():
        return True
    is_plain = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
    return is_terminal() and not is_plain and not reading.output


def _has_unicode() -> bool:
    """Whether the locale says that the terminal shows more than ASCII."""
    encoding = (sys.stdout.encoding if sys.stdout else None) or ""
    names = (os.environ.get(name) for name in ("LC_ALL", "LC_CTYPE", "LANG"))
    locale = next((name for name in names if name), "C")
    declared = os.name != "posix" or "utf" in locale.lower()
    return declared and "utf" in encoding.lower()


def _write(text: str, *, is_screen: bool) -> None:
    if sys.stdout is None:
        raise CannotWrite("standard output is closed", "give a file with --output")
    try:
        if is_screen and is_terminal():
            sys.stdout.write(text)
        else:
            sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise CannotWrite(f"standard output can't be written: {error.strerror}") from None


def _write_file(path: Path, text: str, ledger: Path | None, *, force: bool) -> None:
    if ledger and path.exists() and path.samefile(ledger):
        raise CannotWrite(f"{path} is the ledger itself", "give another file to --output")
    try:
        with path.open("wb" if force else "xb") as file:
            file.write(text.encode("utf-8", "backslashreplace"))
    except FileExistsError:
        raise CannotWrite(f"{path} is there already", "let it be replaced with --force") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise CannotWrite(f"{path} can't be written: {reason}") from None
