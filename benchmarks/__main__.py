"""All benchmarks: `python -m benchmarks`."""

from benchmarks import (
    alarms,
    calibration,
    mechanics_speed,
    mechanism,
    open_cases,
    opensim_parity,
    recruitment,
    speed,
)

open_cases.main()
alarms.main()
mechanism.main()
calibration.main()
speed.main()
recruitment.main()
opensim_parity.main()
mechanics_speed.main()
