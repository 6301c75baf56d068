"""Records of options as the parameters of a command."""

import inspect
from typing import Annotated

import pytest
from msgspec import Struct

from pledges.commands._options import Filters, spread, without


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
