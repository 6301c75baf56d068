"""A search for inputs on which the program has a bug, led by what code they reach.

pip install atheris; python benchmarks/fuzz.py FOLDER [-max_total_time=SECONDS], from the root of a
checkout.  FOLDER keeps what reaches new code.  An input is a command line, an environment, a
ledger, another file and standard input, with record separators between them and unit separators
between words.
"""

import json
import sys
from importlib import import_module
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, Final

atheris: Any = import_module("atheris")  # no types, and not among the tools of development
ROOT: Final = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

with atheris.instrument_imports(include=["pledges"]):
    import test_fuzz
    from desk import Desk
    from everything import READING, WRITING
    from pledges.errors import Exit

FILES: Final = ("in.csv", "in.json", "in.ndjson", "in.toml", "in.map.toml")
CORPUS: Final = ROOT / "tests/cases/toml/toml-test.json"


def attempt(content: bytes) -> None:
    """Run the program on an input; an exception ends the search and leaves the input behind."""
    words, variables, ledger, other, stdin = (content.split(b"\x1e") + [b""] * 5)[:5]
    argv = words.decode("utf-8", "replace").replace("/", "_").replace("\0", "_").split("\x1f")
    if argv[0] == "edit":  # which would start an editor
        return
    desk.environment = dict(ENVIRONMENT)
    for variable in variables.decode("ascii", "ignore").replace("/", "_").split("\x1f"):
        name, _, value = variable.partition("=")
        if name in test_fuzz.ENVIRONMENT and "\0" not in value:
            desk.environment[name] = value
    for each in desk.folder.iterdir():
        each.unlink()
    desk.path.write_bytes(ledger)
    for name in FILES:
        (desk.folder / name).write_bytes(other)
    try:
        code = desk(*argv, "--debug", stdin=stdin).code
    except UnicodeDecodeError:  # a workbook, which is no text
        return
    if code not in {*Exit} - {Exit.BUG}:
        raise RuntimeError(argv, code)


def seeds(folder: Path) -> None:
    """Write the inputs that the search begins with."""
    lines = [*READING, *(f"{each}\x1fECO-01" for each in WRITING), "report", "sources"]
    ledgers = [each.encode() for each in test_fuzz.LEDGERS]
    for name, text in json.loads(CORPUS.read_text("utf-8")).items():
        corpus = ledgers[0] + text.encode("utf-8", "surrogateescape")
        (folder / f"list-{name.replace('/', '-')}").write_bytes(b"list\x1e\x1e" + corpus)
    for line in lines:
        (folder / line.replace("\x1f", "-")).write_bytes(f"{line}\x1e\x1e".encode() + ledgers[0])


desk: Final = Desk(Path(mkdtemp()))
ENVIRONMENT: Final = dict(desk.environment)
seeds(Path(sys.argv[1]))
atheris.Setup(sys.argv, attempt)
atheris.Fuzz()
