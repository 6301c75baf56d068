"""What holds for every test; its place also lets tests import ``build``, wherever they stand."""

from hypothesis import settings

# A busy machine says nothing about our code: no example is failed for being slow.
settings.register_profile("pledges", deadline=None)
settings.load_profile("pledges")
