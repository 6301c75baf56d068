"""A text of Rich's that is drawn line by line."""

from collections.abc import Iterator

from rich.console import Console, ConsoleOptions
from rich.measure import Measurement
from rich.segment import Segment
from rich.text import Text


class WrappedText:
    """A text that takes time in proportion to its length.

    Rich draws a wrapped text as one piece, and copies all that is left of it for each of its lines.
    """

    def __init__(self, text: Text) -> None:
        self.text = text

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        lines = self.text.wrap(
            console,
            options.max_width,
            justify=self.text.justify or options.justify or "default",
            overflow=self.text.overflow or options.overflow or "fold",
            no_wrap=bool(self.text.no_wrap or options.no_wrap),
        )
        for each in lines:
            yield from each.render(console, end="\n")

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        return Measurement.get(console, options, self.text)
