"""All benchmarks: `python -m benchmarks`."""

from benchmarks import (
    alarms,
    batch,
    calibration,
    mechanics_speed,
    mechanism,
    open_cases,
    opensim_parity,
    plan_speed,
    reasoning_speed,
    recruitment,
    speed,
)

open_cases.main()
alarms.main()
mechanism.main()
calibration.main()
reasoning_speed.main()
speed.main()
batch.main()
plan_speed.main()
recruitment.main()
opensim_parity.main()
mechanics_speed.main()
