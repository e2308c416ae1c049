"""For every test: no example is timed; how fast things are is the business of the benchmarks."""

from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
