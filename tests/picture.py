"""The picture of the progress table that README shows, made of what the program prints."""

import io

from rich.console import Console
from rich.text import Text

WIDTH = 100


def picture(printed: str) -> str:
    """What a terminal would show of ``printed``, as SVG."""
    console = Console(
        file=io.StringIO(), record=True, width=WIDTH, force_terminal=True, legacy_windows=False
    )
    console.print(Text.from_ansi(printed))
    return console.export_svg(title="pledges progress", unique_id="pledges")
