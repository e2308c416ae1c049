"""All benchmarks: `python -m benchmarks`."""

from benchmarks import alarms, mechanism, open_cases, speed

open_cases.main()
alarms.main()
mechanism.main()
speed.main()
