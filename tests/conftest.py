"""What holds for every test; its place also lets tests import ``build``, wherever they stand."""

import os

from hypothesis import settings

# A busy machine says nothing about our code: no example is failed for being slow.  CI tries the
# same examples every time, so that a change is judged by itself; elsewhere they are new each time.
settings.register_profile("pledges", deadline=None)
settings.register_profile("ci", settings.get_profile("pledges"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "pledges")
