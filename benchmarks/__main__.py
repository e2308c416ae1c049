"""All benchmarks: `python -m benchmarks`."""

from benchmarks import alarms, calibration, mechanism, open_cases, speed

open_cases.main()
alarms.main()
mechanism.main()
calibration.main()
speed.main()
