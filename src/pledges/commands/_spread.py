"""Lays the fields of option records out as the parameters of a command, for Typer to read."""

import inspect
from collections import Counter
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from msgspec import Struct

from pledges.commands._term_options import TermOptions


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
