"""All benchmarks: `python -m benchmarks`."""

from benchmarks import alarms, mechanism, open_cases, reasoning_speed, speed

open_cases.main()
alarms.main()
mechanism.main()
reasoning_speed.main()
speed.main()
