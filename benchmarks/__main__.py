"""All benchmarks: `python -m benchmarks`."""

from benchmarks import (
    alarms,
    batch,
    calibration,
    mechanics_speed,
    mechanism,
    open_cases,
    opensim_parity,
    reasoning_speed,
    recruitment,
    speed,
    steroid_speed,
)

open_cases.main()
alarms.main()
mechanism.main()
calibration.main()
reasoning_speed.main()
speed.main()
steroid_speed.main()
batch.main()
recruitment.main()
opensim_parity.main()
mechanics_speed.main()
