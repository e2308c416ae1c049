"""All benchmarks: `python -m benchmarks`."""

from benchmarks import alarms, open_cases, speed

open_cases.main()
alarms.main()
speed.main()
