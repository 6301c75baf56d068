"""The sources that a pledge cites."""

from six_pledges import MEETING, PARKS, RICE

from pledges.domain.citations import cited_sources


def test_cited() -> None:
    """A pledge cites the sources of its terms, its measure, its claims and its news."""
    assert cited_sources(PARKS) == {"ground", "paper"}
    assert cited_sources(RICE) == {"call", "https://example.org/rice"}
    assert cited_sources(MEETING) == set()
