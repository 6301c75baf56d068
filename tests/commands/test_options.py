"""Records of options as the parameters of a command."""

import inspect
from typing import Annotated

import pytest
from msgspec import Struct

from desk import Desk
from everything import options
from pledges.cli import COMMANDS
from pledges.commands._options import Filters
from pledges.commands._spread import spread, without
from pledges.own_commands import OVERVIEW


class News(Struct, frozen=True):
    """Options, of which one is called like a filter."""

    status: str | None = None


def test_two_options_of_one_name() -> None:
    """Two records that both have an option are refused, and the option is named."""

    def run(news: News, filters: Filters) -> int:
        return 0 if (news, filters) else 1

    with pytest.raises(TypeError, match="more than one option is called status"):
        spread(run)


def test_a_record_goes_without() -> None:
    """An option that a record goes without is the other's; the record has its default."""

    @spread
    def run(news: News, filters: Annotated[Filters, without("status")]) -> int:
        assert (news.status, filters.status, filters.lead) == ("completed", None, ["MFA"])
        return 0

    names = list(inspect.signature(run).parameters)
    given = dict.fromkeys(names) | {"status": "completed", "lead": ["MFA"]}
    assert names.count("status") == 1
    assert run(**given) == 0


def test_without_what_is_not_there() -> None:
    """A record can't go without an option that it does not have."""

    def run(filters: Annotated[Filters, without("stats")]) -> int:
        return 0 if filters else 1

    with pytest.raises(TypeError, match="Filters has no options stats"):
        spread(run)


@pytest.mark.parametrize("command", [*COMMANDS, OVERVIEW])
@pytest.mark.slow
def test_given_twice(desk: Desk, command: str) -> None:
    """Every option that takes one value is refused if it is given twice, by either name."""
    for each in options(command):
        name = max(each.opts, key=len)
        code, out, err = desk(command, name, "1", each.opts[0], "1")
        is_refused = f"error: {name} is given twice\n  = hint: it takes one value" in err
        assert (name, is_refused) == (name, not (each.multiple or each.is_flag))
        assert (code, out) == (2, "") or not is_refused


def test_given_three_times(desk: Desk) -> None:
    """It is said how often, also if the values are the same, and to scripts in JSON."""
    code, _, err = desk("list", "--as-of", "today", "--as-of=today", "--as-of", "today")
    assert (code, err.splitlines()[0]) == (2, "pledges: error: --as-of is given 3 times")
    assert desk("list", "-f", "json", "-fcsv").err.startswith("pledges: error: --format")
    assert desk("list", "-fcsv", "-f", "json").err.startswith('{"code":"usage","exit":2')


def test_flag_given_twice(desk: Desk) -> None:
    """A flag may be repeated, and so may a filter."""
    assert desk("list", "-q", "-q", "--pillar", "economy", "--pillar", "energy").code == 0


def test_short_names(desk: Desk) -> None:
    """The short options are those that people know."""
    assert desk("list", "-f", "csv") == desk("list", "--format", "csv")
    assert desk("list", "-o", "new.json").code == 0
    assert (desk.folder / "new.json").read_text(encoding="utf-8").startswith("{")
    assert desk("-V") == desk("--version")


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("update ECO-02 --value +1", "a value is the new total, not a change: write the total"),
        ("set ECO-02 --target +30", "write it without +: 30"),
    ],
)
def test_plus(desk: Desk, line: str, hint: str) -> None:
    """A number with a plus looks like a change, and is refused."""
    code, _, err = desk.line(line)
    assert (code, err.splitlines()[-1]) == (2, f"  = hint: {hint}")
