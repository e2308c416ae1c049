"""For every test: no example is timed, and files that take long are begun first.

How fast things are is the business of the benchmarks.
"""

from collections import Counter

import pytest
from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

LONGEST = "test_on_postgres.py"  # the clinic's whole suite once more


def pytest_collection_modifyitems(config, items):
    """On several cores, by file: the longest, those with slow tests, then by number of tests.

    A file is one worker's. A long one taken up last would leave the other cores idle.
    """
    if not hasattr(config, "workerinput"):
        return
    slow = Counter(item.path for item in items if item.get_closest_marker("slow"))
    tests = Counter(item.path for item in items)
    items.sort(
        key=lambda item: (item.path.name != LONGEST, -slow[item.path], -tests[item.path], item.path)
    )


@pytest.fixture(scope="module")
def compiled_sweep():
    """Many assessments, as a server makes them; where numba is missing, as one alone is made."""
    from hipspine.pain_sources import warming

    warming.warm()
    yield
    warming.cool()
