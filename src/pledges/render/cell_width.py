"""How wide a text is on a screen: a wide character counts 2, a combining one 0."""


def width(text: str) -> int:
    """The cells that ``text`` takes."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len  # noqa: PLC0415  (most texts never need it)

    return cell_len(text)


def padded(text: str, cells: int, is_number: bool) -> str:  # noqa: FBT001  (of a column)
    """``text`` filled up with spaces to a width in cells; a number on its left."""
    gap = " " * (cells - width(text))
    return gap + text if is_number else text + gap


def cut(text: str, cells: int, ellipsis: str) -> str:
    """``text``, with an ellipsis in place of what is beyond a width in cells."""
    if width(text) <= cells:
        return text
    from rich.cells import set_cell_size  # noqa: PLC0415  (most texts never need it)

    kept = set_cell_size(text, max(cells - len(ellipsis), 0))
    while kept and width(kept) + len(ellipsis) > cells:
        kept = kept[:-1]
    return f"{kept.rstrip()}{ellipsis}"
