"""The command line: how a command is found and run, and the one place of errors and exit codes."""

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
from typer._click.exceptions import UsageError
from typer._click.shell_completion import CompletionItem
from typer.core import TyperGroup
from typer.main import get_command, get_group

import pledges
from pledges.errors import Exit, NoSuchCommand, NoSuchPledge, PledgesError, WrongUse
from pledges.own_commands import COMMAND_GROUPS, NAMED, OVERVIEW, complete_hints, ledgers_in
from pledges.streams import (
    Interruption,
    close_quietly,
    error_width,
    full_output,
    notify,
    typed_arguments,
)

COMMANDS: Final = tuple(chain.from_iterable(COMMAND_GROUPS.values()))

MODULE_NAMES: Final[Mapping[str, str]] = {"ls": "list", "import": "import_file"}
"""The modules that are not named for their command."""

COMPLETION_REQUEST: Final = "_PLEDGES_COMPLETE"
"""The variable by which a shell asks what a command line may go on with, as Typer names it."""

UNLISTED: Final = ("ls", OVERVIEW)
HELP_OPTIONS: Final = {"help_option_names": ["-h", "--help"]}
OWN_OPTIONS: Final = ("--help", "-h", "--version", "-V")
SIGNALLED: Final = 128  # what is added to a signal's number to make an exit code
MOST_WORDS: Final = 50_000  # of a command line: Click takes the square of their number


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
        from pledges.commands._spread import OneValueEach  # noqa: PLC0415  (with the command)

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
    finally:
        NAMED.reset(before)


def _run(argv: Sequence[str]) -> int:
    """Run the command of a command line, or tell a shell what one may go on with."""
    group = program()
    if request := os.environ.get(COMPLETION_REQUEST):
        from pledges.commands._shells import answer_shell  # noqa: PLC0415  (only if a shell asks)

        answer_shell(request, group)
        return Exit.DONE
    if len(argv) > MOST_WORDS:
        message = f"the command line has {len(argv):,} words; at most {MOST_WORDS:,} are read"
        raise WrongUse(message, "write ids to standard input, one per line, and give -")
    with group.make_context("pledges", list(argv)) as context:
        return int(group.invoke(context) or 0)


def _report_lines(error: PledgesError, argv: Sequence[str]) -> Sequence[str]:
    """The error as the lines that are printed, or as JSON if ``--format`` asks for it.

    That goes by the words, because the error may be that Typer can't make options of them.
    """
    formats = re.findall(r"\s(?:--format[=\s]\s*|-f=?\s*)(\S+)", f" {' '.join(argv)} ")
    try:
        from pledges.render import error_text  # noqa: PLC0415  (only if there is an error)

        if formats and formats[-1].lower() in ("json", "ndjson"):
            return [error_text.error_json(error)]
        return error_text.error_lines(error, error_width())
    except Exception:  # noqa: BLE001  (a disk that fails must not hide what was wrong at first)
        return [f"pledges: error: {error.message}"]


def _as_pledges_error(error: Exception, argv: Sequence[str]) -> PledgesError:
    """Return any exception as a ``PledgesError``; with ``--debug`` a bug keeps its trace."""
    # Other kinds of wrong use know better what to do about it.
    if 0 < len(argv) <= MOST_WORDS and (
        isinstance(error, NoSuchCommand | NoSuchPledge | UsageError) or type(error) is WrongUse
    ):
        from pledges.commands._meant import CommandLines, explained_error  # noqa: PLC0415  (if so)

        return explained_error(error, CommandLines(program(), argv))
    if isinstance(error, PledgesError):
        return error
    if isinstance(error, OSError) and error.filename is None:  # others are caught where they are
        return full_output(error)
    if "--debug" in argv:
        sys.excepthook = _print_trace
        raise error
    message = f"this is a bug in pledges: {type(error).__name__}: {error}"
    return PledgesError(message, "run it again with --debug to see the traceback")


def _print_trace(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """Print the trace of a bug as Python does, but cleaned: its message may quote the ledger."""
    from traceback import format_exception  # noqa: PLC0415  (only if there is a bug)

    notify("".join(format_exception(kind, error, trace)).removesuffix("\n").split("\n"))
