"""When the hips are imaged for osteonecrosis and when not: ACR 2016 and 2022."""

from hipspine.evidence.rows_of_osteonecrosis import OsteonecrosisBand
from hipspine.findings.patient import Patient

#: What makes one think of the hip joint.
SYMPTOMS = (
    "pain_groin",
    "pain_groin_or_leg",
    "pain_hip_unspecified",
    "pain_lateral_hip",
    "pain_thigh_any",
    "pain_anterior_thigh",
    "pain_medial_thigh",
    "bilateral_hip_pain",
    "hip_pain_or_limited_rom_bilateral",
    "hip_ir_reduced",
    "hip_ir_pain",
    "hip_rom_restricted_1plane",
    "hip_rom_restricted_all_planes",
    "hip_rom_painful",
    "hip_pain_all_planes",
    "hip_rotation_pain",
    "hip_flexion_pain",
    "groin_pain_passive_abd_add",
    "log_roll",
    "fadir",
    "faber_groin_pain",
)
#: What raises the risk without steroids.
DISEASES = ("sickle_cell_disease", "sle", "hiv", "transplant", "alcohol_excess")
PREGNANCY = ("pregnant", "pregnancy_test_positive")
IMAGED = ("mri_avn", "xray_avn")

MRI_NOW = (
    "Radiographs of the pelvis and hips (with frog-leg view), and MRI of both hips without "
    "contrast even when they are normal"
)
RADIOGRAPH_FIRST = (
    "Radiographs of the pelvis and hips; MRI without contrast when they are normal and the hip "
    "goes on hurting"
)
LOW_THRESHOLD = (
    "No MRI without symptoms; tell the patient to come at the first groin or hip pain: MRI then, "
    "even when radiographs are normal"
)
PREGNANT_MRI = (
    "MRI of both hips without contrast and no radiographs: she is pregnant, and MRI has no "
    "ionising radiation"
)
NO_MRI = (
    "No MRI: no symptom of the hip is told, and without one and without a high dose it is not "
    "warranted"
)
OTHER_HIP = "MRI of both hips without contrast: the other hip is imaged once one is affected"


def action_of(
    patient: Patient, band: OsteonecrosisBand | None, highest: OsteonecrosisBand | None
) -> str:
    """What to do now about imaging the hips; one sentence."""
    if any(patient.findings.is_present(finding) for finding in IMAGED):
        return OTHER_HIP
    symptoms = any(patient.findings.is_present(finding) for finding in SYMPTOMS)
    disease = any(patient.findings.is_present(finding) for finding in DISEASES)
    exposed = disease or (band is not None and band.band in ("packs", "moderate", "high"))
    if symptoms and any(patient.findings.is_present(finding) for finding in PREGNANCY):
        return PREGNANT_MRI
    if symptoms:
        return MRI_NOW if exposed else RADIOGRAPH_FIRST
    high = highest is not None and highest.band == "high"
    return LOW_THRESHOLD if high or disease else NO_MRI
