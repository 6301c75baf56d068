"""From an answer to a file or to standard output: its format, and what a terminal can show."""

import os
import shutil
import stat
import sys
from collections.abc import Collection
from pathlib import Path
from typing import Final

from pledges.commands._options import COLOURS, Reading
from pledges.domain.spelling import read_word
from pledges.errors import CannotWrite, UnknownWord, WrongUse
from pledges.ledger.reading.find import FileId, file_id, home_path
from pledges.own_commands import with_ledger
from pledges.render import AnyForm, Canvas, Format, render, suffixes
from pledges.streams import (
    SignalGuard,
    full_output,
    has_unicode,
    is_stdout,
    is_terminal,
    notify,
    open_to_write,
    write_all,
)
from pledges.view.answer import Answer

STDOUT: Final = "-"
WIDTHS: Final = range(20, 1001)  # the widths that can be laid out, in cells


def check_output(reading: Reading) -> None:
    """Refuse options that can't be combined, before anything is read."""
    form = chosen_format(reading)
    if reading.color.lower() not in COLOURS:
        raise UnknownWord("--color value", reading.color, COLOURS)
    if reading.width is not None and reading.width not in WIDTHS:
        raise WrongUse(f"--width must be from {WIDTHS[0]} to {WIDTHS[-1]}, not {reading.width}")
    if form is not Format.TERMINAL and wants_screen(reading):
        option = "--width" if reading.width else "--color always"
        raise WrongUse(
            f"{option} works only with --format terminal, not {form}", "leave out one of them"
        )
    if form.is_binary and reading.output in (None, STDOUT) and is_terminal():
        raise WrongUse(
            f"--format {form} can't be shown on a terminal", f"give a file: --output plan.{form}"
        )
    check_file(reading)


def check_file(reading: Reading) -> None:
    """Refuse options about the file that is to be written, before anything is read."""
    if reading.output == "":
        raise WrongUse("--output has no file name", "for example --output list.csv")
    if reading.force and reading.output is None:
        raise WrongUse("--force needs --output", "give the file to overwrite with --output")


def emit(answer: Answer, reading: Reading, ledgers: Collection[FileId | None] = ()) -> None:
    """Write an answer to the output that the options name, and its remarks to standard error.

    ``ledgers`` are the files that no answer may replace.

    Raises: ``CannotWrite``; ``BrokenPipeError`` if the reader has gone.
    """
    form = chosen_format(reading)
    content = render(answer, form, _canvas(reading))
    write_content(content, reading, ledgers, is_screen=form is Format.TERMINAL)
    if not reading.quiet:
        notify([*map(with_ledger, answer.remarks), *_size_remarks(content, form)])


def _canvas(reading: Reading) -> Canvas:
    """What the output can show, and how wide it is."""
    is_screen = is_terminal() and not reading.output
    can_colour = _colour_is_forced() or (is_screen and os.environ.get("TERM") != "dumb")
    is_usual = can_colour and not os.environ.get("NO_COLOR")
    return Canvas(
        reading.width or max(shutil.get_terminal_size().columns, WIDTHS[0]),
        has_colour={"auto": is_usual, "always": True}.get(reading.color.lower(), False),
        is_ascii=not has_unicode(),
        has_isolates=is_screen and has_unicode(),
    )


def _size_remarks(text: str | bytes, form: Format) -> list[str]:
    """That mail programs would cut a page that is too large for them."""
    if form not in (Format.HTML, Format.EML) or isinstance(text, bytes):
        return []
    from pledges.render.html_elements import pasted_size  # noqa: PLC0415  (what rendered it)
    from pledges.render.mail_size import MOST_BYTES, draft_size  # noqa: PLC0415

    size, when = pasted_size(text), " once pasted"
    if form is Format.EML:
        size, when = draft_size(text), ""
    if size <= MOST_BYTES:
        return []
    size_in_kb, most_in_kb = -(-size // 1000), MOST_BYTES // 1000
    told = f"This page has {size_in_kb:,} KB{when}, and mail programs cut what is over {most_in_kb}"
    return [f"{told} KB; filters make it shorter."]


def chosen_format(reading: Reading) -> Format:
    """The format that the options ask for, or else the one that fits what the answer goes to.

    Raises: ``UnknownWord``; ``WrongUse`` for a file's suffix that belongs to no format.
    """
    if reading.format is None and reading.output in (None, STDOUT):
        is_screen = is_terminal() or wants_screen(reading) or _colour_is_forced()
        return Format.TERMINAL if is_screen else Format.TEXT
    hint = f"use one of {', '.join(suffixes(Format))}, or --format; spreadsheets open .xlsx"
    return named_format(reading, Format, hint) or Format.TEXT


def named_format(reading: Reading, forms: type[AnyForm], hint: str) -> AnyForm | None:
    """The format that the options name by its word, or by the suffix of a file.

    Raises: ``UnknownWord``; ``WrongUse`` with the hint for a suffix that belongs to no format.
    """
    if reading.format is not None:
        return read_word(forms, "format", reading.format)
    known = suffixes(forms)
    suffix = "" if reading.output in (None, STDOUT) else Path(reading.output).suffix.lower()
    if suffix and suffix not in known:
        raise WrongUse(f"no format has the suffix {suffix}", hint)
    return known.get(suffix)


def wants_screen(reading: Reading) -> bool:
    """Whether options ask for the page of a terminal, in a pipe too."""
    return reading.width is not None or reading.color.lower() == "always"


def _colour_is_forced() -> bool:
    return os.environ.get("CLICOLOR_FORCE", "0") not in ("", "0")


def is_for_stdout(output: str) -> bool:
    """Whether the file of ``--output`` is standard output."""
    return output == STDOUT or is_stdout(output)


def write_content(
    content: str | bytes,
    reading: Reading,
    ledgers: Collection[FileId | None] = (),
    *,
    is_screen: bool = False,
) -> None:
    """Write a content to the output that the options name.

    Raises: ``CannotWrite``; ``BrokenPipeError`` if the reader has gone.
    """
    if reading.output is None or is_for_stdout(reading.output):
        write_text(content, is_screen=is_screen)
    else:
        write_file(home_path(reading.output), content, ledgers, force=reading.force)


def write_text(text: str | bytes, *, is_screen: bool = False) -> None:
    """Write a text to standard output, as UTF-8 unless it is a terminal; bytes as they are.

    Raises: ``CannotWrite``; ``BrokenPipeError`` if the reader has gone.
    """
    if sys.stdout is None:
        raise CannotWrite("standard output is closed", "give a file with --output")
    try:
        if is_screen and is_terminal() and isinstance(text, str):
            sys.stdout.write(text)
        else:
            write_all(sys.stdout.buffer, _encoded(text))
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise full_output(error) from None


def _encoded(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode("utf-8", "backslashreplace")


def write_file(
    path: Path, text: str | bytes, ledgers: Collection[FileId | None] = (), *, force: bool
) -> None:
    """Write a file whole or not at all: an old one stays as it was until the new one is there."""
    content = _encoded(text)
    try:
        status = path.stat() if path.exists() else None
        if status and file_id(status) in ledgers:
            raise CannotWrite(f"{path} is the ledger", "give --output another file")
        if status and not stat.S_ISREG(status.st_mode):  # a pipe or a device can't be replaced
            with os.fdopen(open_to_write(path), "wb") as file:
                file.write(content)
        elif status and not force:
            raise CannotWrite(f"{path} exists", "--force overwrites it")
        elif status and not status.st_mode & 0o222:
            raise CannotWrite(f"{path} is read-only", f"to allow changes: chmod u+w {path}")
        elif status and not os.access(path, os.W_OK):  # the folder may let us put another there
            raise CannotWrite(f"you have no permission to write {path}", "ask its owner for it")
        else:
            _replace(path, content)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise CannotWrite(f"can't write {path}: {reason}") from None


def _replace(path: Path, content: bytes) -> None:
    """Replace a file, or the one that a link leads to, by a temporary file."""
    from pledges.ledger.storage import file_attributes  # noqa: PLC0415  (only to write a file)

    try:
        real = Path(os.path.realpath(path, strict=True))
    except FileNotFoundError:  # but a loop of links is refused
        real = Path(os.path.realpath(path))
    losses: list[str] = []
    # Not a name of the process id: in containers that share a folder each program is number 1.
    temporary = real.with_name(f".pledges-{os.urandom(8).hex()}.new")
    with SignalGuard() as signals:
        signals.hold()
        file = temporary.open("xb")
        try:
            with file:
                signals.release()
                file.write(content)
                file.flush()
                if real.exists():
                    file_attributes.copy_attributes(real, file.fileno(), str(path), losses.append)
                os.fsync(file.fileno())
            temporary.replace(real)
        finally:
            temporary.unlink(missing_ok=True)
    file_attributes.sync_folder(real.parent)
    notify(losses)
