"""Several plans on one page: a heading for each, and what is said of it below."""

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from operator import itemgetter

from msgspec.structs import replace

from pledges.domain.pledge import Ledger
from pledges.view.page import Section
from pledges.view.wording.titles import plan_title


def under_plans(
    sections: Iterable[tuple[str, Section]],
    ledger: Ledger,
    summary_of: Callable[[str], str] = lambda _: "",
) -> Iterator[Section]:
    """Sections under a heading for each plan that they are of, by its key.

    Those of no plan in particular, and those of a single ledger, stay as they are.
    """
    for key, found in groupby(sections, key=itemgetter(0)):
        if key:
            yield Section(plan_title(ledger, key), summary_of(key))
        yield from (replace(each, level=3) if key else each for _, each in found)
