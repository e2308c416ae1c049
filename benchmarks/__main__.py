"""All benchmarks: `python -m benchmarks`."""

from benchmarks import alarms, batch, mechanism, open_cases, speed

open_cases.main()
alarms.main()
mechanism.main()
speed.main()
batch.main()
