"""What can grow in a file that is imported."""

import json
from collections.abc import Callable, Mapping
from typing import Any, Final

from dimensions import HISTORY, MANY, START, Input, Maker, Part, day, joined, ledger, pledge

KEPT: Final = ledger(pledge())
"""The ledger into which most files are imported."""

NEW: Final[Mapping[str, Any]] = {"title": "T", "pillar": "p"}


def rows(heading: str, row: Part) -> Maker:
    """A sheet of so many rows."""
    return lambda size: Input(KEPT, file=f"{heading}\n{joined(row, size)}")


def known_rows(heading: str, row: Part) -> Maker:
    """A sheet of so many rows about the pledges of a ledger."""
    return lambda size: Input(ledger(joined(pledge, size)), file=f"{heading}\n{joined(row, size)}")


def cell(heading: str, of: Callable[[int], str]) -> Maker:
    """A sheet of one row, whose last cell is long."""
    return lambda size: Input(KEPT, file=f'id,title,pillar,{heading}\nX,T,p,"{of(size)}"\n')


def file(of: Callable[[int], str], suffix: str = ".csv") -> Maker:
    """A file of any kind."""
    return lambda size: Input(KEPT, file=of(size), suffix=suffix)


def records(of: Callable[[int], list[dict[str, Any]]]) -> Maker:
    """Records in JSON."""
    return file(lambda size: json.dumps(of(size)), ".json")


def inside(key: str, entry: Callable[[int], dict[str, Any]]) -> Maker:
    """One record in JSON, with so many entries of a kind."""
    return records(lambda size: [{**NEW, key: [entry(at) for at in range(size)]}])


SHEETS: Final[Mapping[str, Maker]] = {
    "rows": rows("id,title,pillar", lambda at: f"X-{at},Title {at},p\n"),
    "rows without ids": rows("title,pillar", lambda at: f"Title {at},p\n"),
    "rows with updates": rows(
        "id,title,pillar,status,updated,update_note,source",
        lambda at: f"X-{at},Title {at},p,in progress,{day(at)},Note {at},s\n",
    ),
    "rows of one pledge": rows(
        "id,title,pillar,updated,update_note",
        lambda at: f"P-0,Pledge number 0,p,{day(at)},Note {at}\n",
    ),
    "rows of known pledges": known_rows(
        "id,title,pillar", lambda at: f"P-{at},Pledge number {at},p\n"
    ),
    "rows of known titles": known_rows(
        "title,pillar,note", lambda at: f"Pledge number {at},p,New\n"
    ),
    "rows of one title": rows("title,pillar", lambda _: "Title,p\n"),
    "rows of near titles": rows("title,pillar", lambda at: f"The same title almost {at},p\n"),
    "rows without titles": rows("id,title,pillar", lambda at: f"X-{at},,p\n"),
    "unknown pillars": rows("id,title,pillar", lambda at: f"X-{at},T,pp{at}\n"),
    "unknown sources": rows("id,title,pillar,source", lambda at: f"X-{at},T,p,ss{at}\n"),
    "unknown sources of many": lambda size: Input(
        ledger(pledge(), more="sources", size=size),
        file="id,title,pillar,source\n" + joined(lambda at: f"X-{at},T,p,ss{at}x\n", size),
    ),
    "unknown parties": rows("id,title,pillar,owed_by", lambda at: f"X-{at},T,p,Party {at}\n"),
    "blank rows": rows("id,title,pillar", lambda _: ",,\n"),
    "columns": file(
        lambda size: f"title,pillar{joined(lambda at: f',c{at}', size)}\nT,p{',x' * size}\n"
    ),
    "columns of one name": file(lambda size: f"title,pillar{',note' * size}\nT,p{',x' * size}\n"),
    "a heading": file(lambda size: f"title,pillar,{'h' * size}\nT,p,x\n"),
    "an open quote": file(lambda size: f'id,title,pillar\nX,"{"T,p" + chr(10)}' * size),
}
CELLS: Final[Mapping[str, Maker]] = {
    "parties of a cell": cell("owed_by", lambda size: joined(lambda at: f"Q{at}", size, ";")),
    "tags of a cell": cell("tags", lambda size: joined(lambda at: f"t{at}", size, ";")),
    "URLs of a cell": cell("source", lambda size: "https://a.example/b " * size),
    "a date of blanks": cell("due", lambda size: f"2026{' ' * size}x"),
    "a date of digits": cell("due", lambda size: "1" * size),
    "a date of words": cell("due", lambda size: "may " * size),
    "a number of digits": cell("target", lambda size: "1" * size),
    "a number of commas": cell("target", lambda size: "1," * size),
    "a status of words": cell("status", lambda size: "done " * size),
    "a note of words": cell("note", lambda size: "word " * size),
    "a note of lines": cell("note", lambda size: "a line\n" * size),
    "an id of letters": file(lambda size: f"id,title,pillar\n{'a' * size},T,p\n"),
    "an id of digits": file(lambda size: f"id,title,pillar\nX-{'1' * size},T,p\n"),
    "a title of words": file(lambda size: f"id,title,pillar\nX,{'word ' * size},p\n"),
}
RECORDS: Final[Mapping[str, Maker]] = {
    "JSON": records(lambda size: [{**NEW, "id": f"X-{at}"} for at in range(size)]),
    "JSON, keys of each record": records(lambda size: [{**NEW, f"k{at}": 1} for at in range(size)]),
    "JSON, keys of a record": records(
        lambda size: [{**NEW, **{f"k{at}": 1 for at in range(size)}}]
    ),
    "JSON, updates": inside("updates", lambda at: {"date": str(day(at)), "note": f"N {at}"}),
    "JSON, asks": inside("asks", lambda at: {"date": str(START), "what": f"N {at}"}),
    "JSON, claims": inside("claims", lambda at: {"source": "s", "target": at}),
    "JSON, brackets": file(lambda size: "[" * size, ".json"),
    "JSON lines": file(
        lambda size: joined(lambda at: json.dumps({**NEW, "id": f"X-{at}"}) + "\n", size), ".ndjson"
    ),
    "a ledger": file(lambda size: MANY["pledges"](size).ledger, ".toml"),
    "a ledger, updates": file(lambda size: HISTORY["updates"](size).ledger, ".toml"),
}
FILES: Final[Mapping[str, Maker]] = {**SHEETS, **CELLS, **RECORDS}
