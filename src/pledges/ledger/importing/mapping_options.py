"""What the options of a command say of a file, for once: as a mapping says it every month."""

import re
from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace

from pledges.errors import WrongUse, nearest_hint
from pledges.ledger.importing.mapping import ColumnUse, SheetMapping, heading_key
from pledges.ledger.importing.sheet_dates import DateOrder
from pledges.ledger.importing.targets import IMPORTABLE, IMPORTABLE_AS_TEXT

_PAIR: Final = re.compile(r"(.*?)=([^=,]*)(?:,|\Z)", re.DOTALL)


def with_options(
    mapping: SheetMapping,
    pairs: Sequence[str],
    fixed: Sequence[str],
    order: DateOrder | None,
    encoding: str | None,
) -> SheetMapping:
    """A mapping with what the options of a command say for once.

    Raises: ``WrongUse`` if there is no such column.
    """
    once = map_pairs(pairs)
    return replace(
        mapping,
        columns={**mapping.columns, **{x: ColumnUse(target) for x, target in once.items()}},
        for_once=frozenset(once),
        fixed={**mapping.fixed, **set_values(fixed)},
        order=order or mapping.order,
        encoding=encoding or mapping.encoding,
    )


def set_values(texts: Sequence[str]) -> dict[str, str]:
    """Columns of ours with the value that all rows have: ``owed_by=VN``.

    Raises: ``WrongUse`` if there is no such column, or if one has two values.
    """
    values: dict[str, str] = {}
    for text in texts:
        name, is_pair, value = text.partition("=")
        if not is_pair:
            raise WrongUse(f"--set {text!r} gives no value", "for example --set owed_by=VN")
        target = _column("--set", name, IMPORTABLE_AS_TEXT)
        if target == "id":
            raise WrongUse("--set: no two pledges have one id", "give it in a column")
        if target in values:
            hint = "give one value; several of a list with semicolons between them"
            raise WrongUse(f"--set {target} is given twice", hint)
        values[target] = value.strip()
    return values


def map_pairs(texts: Sequence[str]) -> dict[str, str]:
    """Headings with the columns that they mean; "" leaves a heading out.

    In ``Title=title,Deadline=due`` a heading may have commas itself.

    Raises: ``WrongUse`` if there is no such column.
    """
    mapping: dict[str, str] = {}
    for text in texts:
        for heading, target in _PAIR.findall(text):
            name = heading_key(target) and _column("--map", target, IMPORTABLE)
            if mapping.setdefault(heading.strip(), name) != name:
                message = f"--map gives {heading.strip()!r} two columns"
                raise WrongUse(message, "give it one")
        if rest := _PAIR.sub("", text).strip(","):
            message = f"--map {rest!r} names no column"
            raise WrongUse(message, 'for example --map "Title=title,Deadline=due"')
    return mapping


def _column(option: str, typed: str, known: Sequence[str]) -> str:
    """The column that an option names.

    Raises: ``WrongUse`` if there is none.
    """
    name = heading_key(typed)
    if name not in known:
        message = f"{option}: there is no column {typed.strip()!r}"
        raise WrongUse(message, nearest_hint(name, known))
    return name
