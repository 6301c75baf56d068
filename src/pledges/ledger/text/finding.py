"""What is found wrong while a ledger is read, before it is known on which line that stands."""

from msgspec import Struct

Path = tuple[str | int, ...]
"""Where a thing stands in the tables: ``("pledge", 3, "update", 0, "date")``."""


class Span(Struct, frozen=True, order=True):
    """Where something stands in the text: from the offset ``start`` up to ``end``."""

    start: int
    end: int


class Finding(Struct, frozen=True):
    """A fault by the path of the key or value that it is about.

    ``on_key`` marks the key instead of its value.  ``span`` is given where the place is known
    before.  ``also`` is a second place to be named behind the message.  ``given`` are paths that
    must be sound for this to mean anything; ``meant`` is the path that a misspelt key was to be.
    """

    code: str
    path: Path
    message: str
    hint: str | None = None
    on_key: bool = False
    span: Span | None = None
    other_place: Path | Span | None = None
    premises: tuple[Path, ...] = ()
    intended_path: Path | None = None
