"""The manual of a command, made of its options as Typer has them and of what it says of itself."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from typer._click import Command, Context, Parameter
from typer.core import TyperArgument, TyperOption

from pledges.commands._help import CommandHelp
from pledges.commands._options import CALENDARS, LAST_PANELS, Reading
from pledges.commands._output import emit
from pledges.errors import Exit
from pledges.render import Format
from pledges.view.help_page import Manual, answer, manual_page
from pledges.view.page import Page

ARGUMENTS: Final = "Arguments"
OPTIONS: Final = "Options"
NOT: Final = "--not-"
HELP_ROW: Final = ("-h, --help", "Show this help.")

OptionRows = Sequence[tuple[str, str]]
"""Options, each with its help."""


def write_command_help(command: Command, context: Context) -> None:
    """Write the help of a command to standard output; it could be called in ``context``."""
    page = page_of(command, context, command_help(command), option_groups(command, context))
    emit(answer(page, command.name or ""), Reading())


def command_help(command: Command) -> CommandHelp:
    """What a command says of itself."""
    said: CommandHelp = command.context_settings["obj"]
    return said


def page_of(
    command: Command, context: Context, said: CommandHelp, options: Mapping[str, OptionRows]
) -> Page:
    """The page of what a command says of itself, with these options."""
    bad = said.bad_answer
    pieces = " ".join(command.collect_usage_pieces(context))
    meanings = {x: bad if bad and x is Exit.BAD_ANSWER else x.meaning for x in sorted(said.exits)}
    return manual_page(
        Manual(
            usage=f"{context.command_path} {re.sub('[{}]', '', pieces)}",  # of what is required
            summary=said.summary,
            about=said.about,
            examples=[(each.purpose, each.command) for each in said.examples],
            options=options,
            exits=[(f"{code}", meaning) for code, meaning in meanings.items()],
            topics=said.topics,
        )
    )


def option_groups(command: Command, context: Context) -> Mapping[str, OptionRows]:
    """The arguments and options of a command in their groups, each with its help.

    An option and its opposite, such as ``--status`` and ``--not-status``, are one row if they are
    of one group: the ``--status`` of ``update`` is no filter.
    """
    groups: dict[str, list[tuple[str, str]]] = {}
    places = {name: _group(each) for each in command.params for name in each.opts}
    for param in command.params:
        name, group = max(param.opts, key=len), _group(param)
        if places.get(f"--{name.removeprefix(NOT)}") == group and name.startswith(NOT):
            continue
        negated, metavar = name.replace("--", NOT, 1), param.make_metavar(context)
        has_opposite = places.get(negated) == group and negated != name
        flags = ", ".join([*sorted(param.opts, key=len), *[negated] * has_opposite])
        if isinstance(param, TyperArgument):
            flags = metavar
        elif not (isinstance(param, TyperOption) and param.is_flag):
            flags = f"{flags} {metavar}"
        said = _help(param, context.info_name, has_opposite=has_opposite)
        groups.setdefault(group, []).append((flags, said))
    own = [each for each in groups if each not in (ARGUMENTS, *LAST_PANELS)]
    order = [each for each in (ARGUMENTS, *own, *LAST_PANELS) if each in groups] or [OPTIONS]
    groups.setdefault(order[-1], []).append(HELP_ROW)
    return {each: groups[each] for each in order}


def _group(param: Parameter) -> str:
    usual = ARGUMENTS if isinstance(param, TyperArgument) else OPTIONS
    return getattr(param, "rich_help_panel", None) or usual


def _help(param: Parameter, command: str | None, *, has_opposite: bool) -> str:
    """The help of an option: what it is, its default, and the variable that stands in for it."""
    said = getattr(param, "help", None) or ""
    if param.name == "format" and command not in CALENDARS:
        said = said.replace(f", {Format.ICS}", "")
    if has_opposite:
        said = f"{said.removesuffix('.')}; or any but that."
    if isinstance(param.default, str):
        said += f" By default {param.default}."
    return f"{said} Or set {param.envvar}." if param.envvar else said
