"""All benchmarks: `python -m benchmarks`."""

from benchmarks import open_cases, speed

open_cases.main()
speed.main()
