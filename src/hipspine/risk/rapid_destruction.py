"""Rapidly destructive hip disease after injections of steroid into that hip: studies disagree.

5.4 % of hips in one cohort (Okike 2021), 21 % of patients in another (Hess 2018, another
definition); against that, no more osteonecrosis than after hyaluronic acid (Varady 2022) and no
more collapse than in matched controls once the head was known to be sound (Abraham 2021). No
study gives a time after which the risk has passed.
"""

from collections.abc import Iterator
from typing import Literal

from hipspine.findings.patient import Patient
from hipspine.findings.steroid_ledger import JointDoses, SteroidLedger
from hipspine.pain_sources.reasons import cite
from hipspine.risk.artificial_hips import artificial_hips
from hipspine.risk.model import Risk, RiskFactor, StudyRisk
from hipspine.risk.osteonecrosis_imaging import PREGNANCY
from hipspine.wording import Wording

OKIKE, OKIKE_LOW, OKIKE_HIGH = 37 / 688, 0.039, 0.073  # Wilson interval of 37 of 688 hips
HESS, HESS_LOW, HESS_HIGH = 23 / 109, 0.145, 0.297  # Wilson interval of 23 of 109 patients
#: Matched controls without an injection: no excess was seen, so the lower end is next to none.
NO_EXCESS = 0.005
HORIZON_MONTHS = 12
#: An injection before that is told to be one, in days.
LONG_PAST = 365
ACTION = (
    "A radiograph of the hip before any further injection; if the pain grew after one, "
    "radiograph and MRI now and no further injection"
)
PREGNANT_ACTION = (
    "No further injection before MRI of the hip without contrast; if the pain grew after one, "
    "MRI now and no further injection (no radiographs: she is pregnant)"
)
SIDES: tuple[Literal["left", "right"], ...] = ("left", "right")


def rapid_destruction_risks(patient: Patient, ledger: SteroidLedger | None) -> tuple[Risk, ...]:
    """One risk for each natural hip that was injected; none without one of known side."""
    if ledger is None:
        return ()
    artificial = artificial_hips(patient)
    pregnant = any(patient.findings.is_present(finding) for finding in PREGNANCY)
    return tuple(
        _risk(joint, side, ledger, PREGNANT_ACTION if pregnant else ACTION)
        for joint in ledger.joints
        for side in SIDES
        if joint.joint == "hip" and joint.side == side and side not in artificial
    )


def _not_known(hip: JointDoses, ledger: SteroidLedger) -> Iterator[str]:
    yield "whether the injection destroys the joint or is given because the joint is failing"
    yield "how long after an injection the risk lasts"
    if hip.last is None:
        yield "when this hip was last injected"
    elif (ledger.as_of - hip.last).days > LONG_PAST:
        yield (
            "how far the figure holds now: the last injection is more than a year past, and the "
            "cohorts were followed from the injection on"
        )


def _risk(
    hip: JointDoses, side: Literal["left", "right"], ledger: SteroidLedger, action: str
) -> Risk:
    okike, hess = cite("okike_2021", True), cite("hess_2018", True)
    return Risk(
        outcome="rapidly_destructive_hip_disease",
        side=side,
        horizon_months=HORIZON_MONTHS,
        point=OKIKE,
        low=NO_EXCESS,
        high=HESS_HIGH,
        studies=(
            StudyRisk("okike_2021", "688 injected hips", OKIKE, OKIKE_LOW, OKIKE_HIGH, okike, True),
            StudyRisk(
                "hess_2018", "109 patients, image-guided", HESS, HESS_LOW, HESS_HIGH, hess, True
            ),
        ),
        factors=(RiskFactor("hip_steroid_injection", 8.5, 5.0, 10.0, okike),),
        action=action,
        known=(
            Wording(
                "injections of steroid into this hip: {count}, in the last year {recent}",
                count=hip.injections,
                recent=hip.in_last_year,
            ),
            "the association grows with the dose: about 5 times with a low, about 10 with a high",
            Wording(
                "no more osteonecrosis than after hyaluronic acid: {citation}",
                citation=cite("varady_2022", True),
            ),
            Wording(
                "no more collapse than in controls once MRI had shown a sound head: {citation}",
                citation=cite("abraham_2021", True),
            ),
        ),
        not_known=tuple(_not_known(hip, ledger)),
    )
