"""The command line: its commands in reading order, and the one place of errors and exit codes."""

import os
import re
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from itertools import chain
from types import TracebackType
from typing import Annotated, Final, NoReturn

import typer
from typer._click import Command, Context  # Typer carries Click since 0.26, in this place only
from typer._click.exceptions import NoSuchOption, UsageError
from typer._click.shell_completion import CompletionItem
from typer.core import TyperGroup
from typer.main import get_command, get_group

import pledges
from pledges.errors import Exit, NoSuchCommand, NoSuchPledge, PledgesError, WrongUse
from pledges.own_commands import NAMED, complete_hints, ledgers_in
from pledges.streams import (
    Interruption,
    close_quietly,
    error_width,
    full_output,
    notify,
    typed_arguments,
)

COMMAND_GROUPS: Final[Mapping[str, Sequence[str]]] = {
    "Read the ledger": (
        *(
            "list",
            "show",
            "progress",
            "due",
            "log",
            "timeline",
            "sources",
            "report",
            "ask",
            "check",
            "diff",
        ),
    ),
    "Change it": ("update", "add", "set", "correct", "remove", "edit", "undo", "redo"),
    "Whole ledgers": ("import", "init", "merge"),
    "Help": ("help", "schema", "completion"),
}
"""The commands in the groups and in the order in which the help lists them."""

COMMANDS: Final = tuple(chain.from_iterable(COMMAND_GROUPS.values()))

READERS: Final = COMMAND_GROUPS["Read the ledger"]
WRITERS: Final = ("set", "update", "add")
"""The commands of which one may be meant instead of another: what reads is no hint to write."""

COMMAND_FIRST: Final = "write the command first, then its options: pledges list --ledger PATH"

MODULE_NAMES: Final[Mapping[str, str]] = {"ls": "list", "import": "import_file"}
"""The modules that are not named for their command."""

COMPLETION_REQUEST: Final = "_PLEDGES_COMPLETE"
"""The variable by which a shell asks what a command line may go on with, as Typer names it."""

OVERVIEW: Final = "overview"
UNLISTED: Final = ("ls", OVERVIEW)
HELP_OPTIONS: Final = {"help_option_names": ["-h", "--help"]}
OWN_OPTIONS: Final = ("--help", "-h", "--version", "-V")
SIGNALLED: Final = 128  # what is added to a signal's number to make an exit code


CLICK_MESSAGES: Final[Mapping[str, str]] = {
    r"Option '(.+)' requires an argument": r"\1 needs a value",
    r"Option '(.+)' does not take a value": r"\1 takes no value",
    r"Invalid value for '(.+?)': (.+) is not a valid int(?:eger)?": r"\1: \2 is not a whole number",
    r"Missing argument 'ID\W*'": "no id is given",
    r"Missing argument 'FILE'": "no file is given",
    r"Missing argument 'SHELL'": "no shell is given",
}
"""What Click says, as patterns, and what this program says instead."""


class Commands(TyperGroup):
    """Imports the command that is called, and no other; without one, the overview is called."""

    def list_commands(self, ctx: Context) -> list[str]:  # noqa: ARG002  (Click's signature)
        """The commands that the help names."""
        return list(COMMANDS)

    def get_command(self, ctx: Context, cmd_name: str) -> Command:  # noqa: ARG002
        """The command of a name, imported here because the others would cost time.

        Raises: ``WrongUse`` with the nearest one.
        """
        if cmd_name not in (*COMMANDS, *UNLISTED):
            raise NoSuchCommand(cmd_name, COMMANDS)
        app = _app()
        module = import_module(f"pledges.commands.{MODULE_NAMES.get(cmd_name, cmd_name)}")
        from pledges.commands._one_value_each import OneValueEach  # noqa: PLC0415  (with the command)

        group = next((each for each, names in COMMAND_GROUPS.items() if cmd_name in names), None)
        settings = {**HELP_OPTIONS, "obj": module.HELP}
        declare = app.command(
            cmd_name, cls=OneValueEach, context_settings=settings, rich_help_panel=group
        )
        declare(module.run)
        return get_command(app)

    def get_help(self, ctx: Context) -> NoReturn:
        """Write the help of the program, and end."""
        from pledges.commands.help import write_program_help  # noqa: PLC0415  (only if asked)

        write_program_help(ctx)
        ctx.exit()

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Insert the name of the overview if no command is given, nor about to be completed."""
        if len(args) > 1 and args[0] in HELP_OPTIONS["help_option_names"] and args[1] in COMMANDS:
            args = [args[1], args[0], *args[2:]]
        is_bare = not args and not ctx.resilient_parsing
        if is_bare or (args and args[0].startswith("-") and args[0] not in OWN_OPTIONS):
            args = [OVERVIEW, *args]
        return super().parse_args(ctx, args)

    def shell_complete(self, ctx: Context, incomplete: str) -> list[CompletionItem]:
        """The commands for a shell, or the options of the overview; no command is imported."""
        if not incomplete.startswith("-"):
            return [CompletionItem(each) for each in COMMANDS if each.startswith(incomplete)]
        overview = self.get_command(ctx, OVERVIEW)
        own = Command.shell_complete(self, ctx, incomplete)
        return [*own, *overview.shell_complete(Context(overview, parent=ctx), incomplete)]


def _app(cls: type[TyperGroup] | None = None) -> typer.Typer:
    return typer.Typer(
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings=HELP_OPTIONS,
        cls=cls,
    )


def _version(ctx: typer.Context, is_asked: bool) -> None:  # noqa: FBT001  (Typer's callback)
    if is_asked and not ctx.resilient_parsing:
        typer.echo(f"pledges {pledges.__version__}")
        raise typer.Exit


def _root(
    *,
    version: Annotated[
        bool,
        typer.Option("-V", "--version", help="Show the version.", callback=_version, is_eager=True),
    ] = False,
) -> None:
    """Take the options of the program itself; what it is for is in ``commands/help.py``."""


def program() -> TyperGroup:
    """The command line, with all of its commands."""
    app = _app(cls=Commands)
    app.callback()(_root)
    return get_group(app)


def main(argv: Sequence[str]) -> int:
    """Run the command line ``argv`` (without the program's name) and return its exit code."""
    argv = typed_arguments(argv)
    before = NAMED.set(ledgers_in(argv))
    try:
        return _exit_code(argv)
    finally:
        NAMED.reset(before)


def _exit_code(argv: Sequence[str]) -> int:
    """Run the command line, and report what stops it."""
    try:
        return _run(argv)
    except typer.Exit as done:
        return done.exit_code
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    except Interruption as signal:
        return SIGNALLED + signal.number
    except BrokenPipeError:
        close_quietly(sys.stdout)
        return Exit.PIPE_CLOSED
    except Exception as raised:  # noqa: BLE001  (a bug is reported in one line)
        error = _as_pledges_error(raised, argv)
    complete_hints(error)
    notify(_report_lines(error, argv))
    return error.exit


def _run(argv: Sequence[str]) -> int:
    """Run the command of a command line, or tell a shell what one may go on with."""
    group = program()
    if request := os.environ.get(COMPLETION_REQUEST):
        from pledges.commands._shells import answer_shell  # noqa: PLC0415  (only if a shell asks)

        answer_shell(request, group)
        return Exit.DONE
    with group.make_context("pledges", list(argv)) as context:
        return int(group.invoke(context) or 0)


def _report_lines(error: PledgesError, argv: Sequence[str]) -> Sequence[str]:
    """The error as the lines that are printed."""
    try:
        from pledges.render import error_text  # noqa: PLC0415  (only if there is an error)

        return (
            [error_text.error_json(error)]
            if _wants_json(argv)
            else error_text.error_lines(error, error_width())
        )
    except Exception:  # noqa: BLE001  (a disk that fails must not hide what was wrong at first)
        return [f"pledges: error: {error.message}"]


def _as_pledges_error(error: Exception, argv: Sequence[str]) -> PledgesError:
    """Return any exception as a ``PledgesError``; with ``--debug`` a bug keeps its trace."""
    # Other kinds of wrong use know better what to do about it.
    if isinstance(error, NoSuchCommand | NoSuchPledge) or type(error) is WrongUse:
        error.hint = _meant_hint(argv) or error.hint
    if isinstance(error, PledgesError):
        return error
    if isinstance(error, UsageError):
        return _wrong_use(error, argv)
    if isinstance(error, OSError) and error.filename is None:  # others are caught where they are
        return full_output(error)
    if "--debug" in argv:
        sys.excepthook = _print_trace
        raise error
    name = type(error).__name__
    hint = "run it again with --debug to see the traceback"
    return PledgesError(f"this is a bug in pledges: {name}: {error}", hint)


def _print_trace(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """Print the trace of a bug as Python does, but cleaned: its message may quote the ledger."""
    from traceback import format_exception  # noqa: PLC0415  (only if there is a bug)

    notify("".join(format_exception(kind, error, trace)).removesuffix("\n").split("\n"))


def _wrong_use(error: UsageError, argv: Sequence[str]) -> WrongUse:
    """Return an error of Click as a ``WrongUse``, with the command line that was meant."""
    if hint := _meant_hint(argv):
        named = re.match(r"did you mean: pledges (\S+)", hint)
        if argv[0].startswith("-") and named and named[1] in COMMANDS:
            return WrongUse("the command comes first, then its options", hint)
    command = argv[0] if argv and argv[0] in COMMANDS else None
    hint = f"for its options: pledges {command} --help" if command else COMMAND_FIRST
    if isinstance(error, NoSuchOption):
        name = error.option_name
        if other := _other_commands(name, command, argv):
            return WrongUse(f"pledges {command} has no {name}", other)
        return WrongUse(f"there is no option {name}", _meant_hint(argv) or hint)
    message = error.format_message().rstrip(".")
    if extra := re.fullmatch(r"Got unexpected extra argument(?:s|\(s\))? \((.*)\)", message):
        if " " in extra[1]:
            hint = "put a text with spaces in quotes, after its option"
        return WrongUse(f"{extra[1]!r} is not expected here", _meant_hint(argv) or hint)
    for pattern, words in CLICK_MESSAGES.items():
        message = re.sub(pattern, words, message)
    return WrongUse(message, hint)


def _meant_hint(argv: Sequence[str]) -> str | None:
    """The hint that gives the whole command line that was meant, if it can be known."""
    from pledges.commands._meant import CommandLines  # noqa: PLC0415  (only if one is refused)

    return CommandLines(program(), argv).hint() if argv else None


def _other_commands(option: str, command: str | None, argv: Sequence[str]) -> str | None:
    """The hint that names the commands of the same kind that have an option."""
    from pledges.commands._meant import CommandLines  # noqa: PLC0415  (only if one is refused)

    kind = READERS if command in READERS else WRITERS if command in (*WRITERS, "correct") else ()
    others = [each for each in kind if each != command]
    lines = CommandLines(program(), argv)
    return lines.other_hint(option, others, is_alike=command in (*READERS, "set", "update"))


def _wants_json(argv: Sequence[str]) -> bool:
    """Whether --format asks for JSON, even if the rest of the command line could not be read.

    It goes by the words, because the error may be that Typer can't make options of them.
    """
    line = f" {' '.join(argv)} "
    formats = re.findall(r"\s(?:--format[=\s]\s*|-f=?\s*)(\S+)", line)
    return bool(formats) and formats[-1].lower() in ("json", "ndjson")
