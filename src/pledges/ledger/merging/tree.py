"""A ledger's text as a tree of tables and keys, each with the comments that belong to it.

The texts of a tree, one after the other, are the whole text again; but a table that is further down
than the pledge it belongs to, below other tables, is put back there.
"""

import re
from copy import deepcopy
from functools import cached_property
from itertools import chain
from typing import Any, Final

import rtoml
from msgspec import Struct

from pledges.ledger.editing.amend import value_at
from pledges.ledger.reading.decode import Table
from pledges.ledger.text.finding import Path
from pledges.ledger.text.scan import line_end, scan

Key = tuple[str, ...]
"""A dotted key as its parts."""

COMMENTS_BELOW: Final = re.compile(r"(?:[ \t]*#.*\n)*(?=[^\S\n]*\n|\Z)")
"""The comments that belong to a statement above them: those before a blank line, or the end."""


class Statement(Struct, frozen=True):
    """A key with its value, or the header of a table.

    ``lead`` are the blank lines and comments above it, ``rest`` is what follows the value, with the
    comment lines right below that belong to it.
    """

    key: Key
    content: Any
    lead: str
    head: str
    written: str
    rest: str

    @property
    def lines(self) -> str:
        """Its lines without those above it."""
        return f"{self.head}{self.written}{self.rest}"

    @property
    def text(self) -> str:
        """All its lines."""
        return f"{self.lead}{self.lines}"

    @property
    def digest(self) -> str:
        """What identifies its value."""
        return value_digest(self.content)

    @property
    def comments(self) -> list[str]:
        """The comments above it, next to it and below it."""
        lines = f"{self.lead}{self.rest}".split("\n")
        return [each.strip() for each in lines if each.lstrip().startswith("#")]

    @property
    def is_record(self) -> bool:
        """Whether there may be several of it: no, of a key there is one."""
        return False


NO_HEADER: Final = Statement((), None, "", "", "", "")


class Block(Struct, dict=True):
    """A table under a header, with the tables inside it; or the whole ledger.

    ``key`` is its name in the table that it is in; ``is_record`` if there may be several of it.
    ``ending`` are the last lines of the whole text.
    """

    key: Key = ()
    is_record: bool = False
    header: Statement = NO_HEADER
    entries: list[Statement] = []
    blocks: list["Block"] = []
    ending: str = ""

    @cached_property
    def text(self) -> str:
        """All its lines."""
        return "".join((*(each.text for each in self.parts), self.ending))

    @property
    def parts(self) -> "tuple[Part, ...]":
        """Its header, keys and tables in the order of the text."""
        return (self.header, *self.entries, *self.blocks)

    @property
    def comments(self) -> list[str]:
        """All comments in it that are not inside of a value."""
        return [*chain.from_iterable(each.comments for each in self.parts)]

    @cached_property
    def content(self) -> Table:
        """What it contains."""
        table: Table = {}
        for entry in self.entries:
            put(table, entry.key, entry.content)
        for block in self.blocks:
            put(table, block.key, block.content, is_record=block.is_record)
        return table

    @cached_property
    def digest(self) -> str:
        """What identifies its content."""
        return value_digest(self.content)


Part = Statement | Block
"""What a table is made of."""


def put(table: Table, key: Key, value: Any, *, is_record: bool = False) -> None:
    """Put a value into a table under a dotted key; a record after the others of its list."""
    last = key[-1]
    for part in key[:-1]:
        table = table.setdefault(part, {})
        if not isinstance(table, dict):
            return  # a = 1 and a.b = 2, of two versions: the text of both is not TOML
    if is_record:
        if isinstance(table.setdefault(last, []), list):  # [a] and [[a]], the same
            table[last].append(value)
    elif isinstance(value, dict) and isinstance(table.get(last), dict):
        table[last].update(value)  # [sources] may come after [sources.a]
    else:  # or before it, and what is put into a table must not come into its other versions
        table[last] = deepcopy(value) if isinstance(value, dict) else value


def value_digest(value: Any) -> str:
    """What identifies a value of TOML; the order of keys does not count."""
    if isinstance(value, dict):
        return f"{{{','.join(f'{key!r}:{value_digest(value[key])}' for key in sorted(value))}}}"
    if isinstance(value, list):
        return f"[{','.join(map(value_digest, value))}]"
    return repr(value)


def tree(text: str) -> Block:
    """The tree of a text of which each line ends in a line feed.

    Raises: ``rtoml.TomlParsingError`` if it is not TOML.
    """
    tables = rtoml.loads(text)
    root = Block()
    records: dict[Path, Block] = {(): root}  # which a table may be inside
    block, path_of_block = root, Path()
    lead_at = 0
    positions = scan(text).positions.items()
    for path, position in sorted(positions, key=lambda each: each[1].key.start):
        if position.key.start < lead_at:
            continue  # it is inside of a value
        start = text.rfind("\n", 0, position.key.start) + 1
        end = line_end(text, position.value.end)
        below = COMMENTS_BELOW.match(text, end)
        rest_end = below.end() if below else end
        is_header = position.key == position.value
        first, last = position.value.start, position.value.end
        depth = len(path_of_block)
        if is_header:  # of which the position is that of the key between the brackets
            first, last = start, text.index("]", last) + (2 if isinstance(path[-1], int) else 1)
            depth = next(n for n in range(len(path) - 1, -1, -1) if path[:n] in records)
        key = tuple(each for each in path[depth:] if isinstance(each, str))
        value = None if is_header else value_at(tables, path)
        written = (text[lead_at:start], text[start:first], text[first:last], text[last:rest_end])
        statement = Statement(key, value, *written)
        lead_at = rest_end
        if not is_header:
            block.entries.append(statement)
            continue
        block, path_of_block = Block(key, isinstance(path[-1], int), statement), path
        records[path[:depth]].blocks.append(block)
        if block.is_record:
            records[path] = block
    root.ending = text[lead_at:]
    return root
