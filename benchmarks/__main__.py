"""All benchmarks: `python -m benchmarks`."""

from benchmarks import (
    alarms,
    batch,
    booking_speed,
    calibration,
    clinic_pages,
    full_assessment,
    mechanics_speed,
    mechanism,
    open_cases,
    opensim_parity,
    plan_speed,
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
full_assessment.main()
speed.main()
steroid_speed.main()
batch.main()
plan_speed.main()
recruitment.main()
opensim_parity.main()
mechanics_speed.main()
booking_speed.main()
clinic_pages.main()
