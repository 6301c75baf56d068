"""Between Typer and a command: its options are laid out for Typer, and each has one value.

Typer reads options from parameters, and a command here takes records of them.
"""

import inspect
import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Annotated, Any, NoReturn, get_args, get_origin, get_type_hints

from msgspec import Struct
from typer._click import Context
from typer._click.exceptions import NoSuchOption
from typer.core import TyperCommand, TyperOption

from pledges.commands._options import Filters
from pledges.commands._term_options import TermOptions
from pledges.errors import WrongUse


def without(*names: str) -> frozenset[str]:
    """The options of a record that a command does not take; they have their defaults there."""
    return frozenset(names)


def spread(run: Callable[..., int]) -> Callable[..., int]:
    """``run`` with the options of its records as parameters of their own, for Typer to read.

    Raises: ``TypeError`` if two options have one name: the later would silently have its default.
    """
    hints = get_type_hints(run, include_extras=True)
    own: list[inspect.Parameter] = []
    groups: dict[str, OptionGroup] = {}
    for each in inspect.signature(run).parameters.values():
        if group := _group(hints[each.name]):
            groups[each.name] = group
        else:
            own.append(each.replace(annotation=hints[each.name]))
    parameters = [*own, *(each for group in groups.values() for each in group.parameters)]
    counts = Counter(each.name for each in parameters)
    if twice := [name for name, count in counts.items() if count > 1]:
        raise TypeError(f"{run.__module__}: more than one option is called {', '.join(twice)}")

    @wraps(run)
    def command(**given: Any) -> int:
        for name, group in groups.items():
            options = {each.name: given.pop(each.name) for each in group.parameters}
            given[name] = group.make(**options)
        return run(**given)

    keywords = [each.replace(kind=inspect.Parameter.KEYWORD_ONLY) for each in parameters]
    command.__signature__ = inspect.Signature(keywords)  # type: ignore[attr-defined]
    command.__annotations__ = {each.name: each.annotation for each in keywords}
    return command


class OptionGroup(Struct, frozen=True):
    """The options that a parameter of a command stands for, and what makes its value of them."""

    parameters: Sequence[inspect.Parameter]
    make: Callable[..., Any]


def _group(declared: Any) -> OptionGroup | None:
    """The options of a record or of the model's terms; None for an option of its own."""
    kind, *notes = get_args(declared) if get_origin(declared) is Annotated else [declared]
    terms = next((each for each in notes if isinstance(each, TermOptions)), None)
    if terms:
        return OptionGroup(terms.parameters, terms.texts)
    if not (isinstance(kind, type) and issubclass(kind, Struct)):
        return None
    hints = get_type_hints(kind, include_extras=True)
    left_out = frozenset[str]().union(*notes)
    if strange := left_out - hints.keys():
        raise TypeError(f"{kind.__name__} has no options {', '.join(sorted(strange))}")
    taken = (x for x in inspect.signature(kind).parameters.values() if x.name not in left_out)
    return OptionGroup([each.replace(annotation=hints[each.name]) for each in taken], kind)


class OneValueEach(TyperCommand):
    """A command whose options each have one value, unless they are declared as a list.

    Click takes the last value of several, so that the others would be lost in silence.  Its help
    is a page of the manual, as all others are.
    """

    def get_help(self, ctx: Context) -> NoReturn:
        """Write the help, and end."""
        from pledges.commands._manual import write_command_help  # noqa: PLC0415  (only if asked)

        write_command_help(self, ctx)
        ctx.exit()

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Read the command line.

        Raises: ``WrongUse`` for an option that takes one value and has more.
        """
        if args and not ctx.resilient_parsing:
            self._refuse_single_dash(ctx, args)
            _, _, used = self.make_parser(ctx).parse_args(list(args))
            for each, times in Counter(used).items():
                takes_one = isinstance(each, TyperOption) and not (each.multiple or each.is_flag)
                if takes_one and times > 1:
                    often = "twice" if times == 2 else f"{times} times"  # noqa: PLR2004  (twice)
                    message = f"{max(each.opts, key=len)} is given {often}"
                    raise WrongUse(message, "it takes one value: give only one")
        return super().parse_args(ctx, args)

    def _refuse_single_dash(self, ctx: Context, args: Sequence[str]) -> None:
        """Refuse ``-overdue``, which Click reads as ``-o verdue``, but not as a value."""
        options = [each for each in self.params if isinstance(each, TyperOption)]
        names = {name for each in options for name in each.opts}
        names |= {f"--{each.replace('_', '-')}" for each in Filters.__struct_fields__}
        before = {name for each in options if not each.is_flag for name in each.opts}
        for last, each in zip(["", *args], args, strict=False):
            is_word = re.match("-[a-z]{2}", each)
            if is_word and f"-{each}" in names and last not in before:
                raise NoSuchOption(each, ctx=ctx)
