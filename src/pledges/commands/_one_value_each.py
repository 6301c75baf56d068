"""Refuses what Click would take for something else: an option given twice, or ``-overdue``."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NoReturn

from typer._click import Context
from typer._click.exceptions import NoSuchOption
from typer.core import TyperCommand, TyperOption

from pledges.commands._options import Filters
from pledges.errors import WrongUse


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
                if times > 1 and isinstance(each, TyperOption) and not each.multiple:
                    self._refuse_several(each, times)
        return super().parse_args(ctx, args)

    def _refuse_single_dash(self, ctx: Context, args: Sequence[str]) -> None:
        """Refuse ``-overdue``, which Click reads as ``-o verdue``, but not as a value."""
        words = {each for each in args if re.match("-[a-z]{2}", each)}
        if not words:
            return
        options = [each for each in self.params if isinstance(each, TyperOption)]
        names = {name for each in options for name in each.opts}
        names |= {f"--{each.replace('_', '-')}" for each in Filters.__struct_fields__}
        before = {name for each in options if not each.is_flag for name in each.opts}
        for last, each in zip(["", *args], args, strict=False):
            if each in words and f"-{each}" in names and last not in before:
                raise NoSuchOption(each, ctx=ctx)

    @staticmethod
    def _refuse_several(each: TyperOption, times: int) -> None:
        if not each.is_flag:
            flag_ = max(each.opts, key=len)
            often = "twice" if times == 2 else f"{times} times"  # noqa: PLR2004  (twice)
            raise WrongUse(f"{flag_} is given {often}", "it takes one value: give only one")
