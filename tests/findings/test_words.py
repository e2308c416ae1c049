"""The reader of plain clinical words, against a small vocabulary of its own.

Each table is a lesson: on the left what people write, on the right what it says of the patient.
The traps are phrases in which a tempting synonym would change the meaning.
"""

import time

import pytest

from hipspine.findings.words import PhraseReader
from tests.findings.reading_table import expected, rows, said
from tests.findings.small_vocabulary import SMALL_VOCABULARY

READER = PhraseReader(SMALL_VOCABULARY)

SIMPLE = """
straight leg raise -> +slr
SLR -> +slr
Lasègue's sign -> +slr
positive straight-leg raising test -> +slr
crossed SLR -> +crossed_slr
reverse Lasegue positive -> +femoral_nerve_stretch
FABERs test + -> +faber
pain in the groin -> +pain_groin
LBP -> +pain_low_back
lumbago -> +pain_low_back
walks with a limp -> +limp
Trendelenburg's gait -> +trendelenburg
trendelenberg sign -> +trendelenburg
tender greater trochanter -> +gt_palpation
pain on palpation over the GT -> +gt_palpation
calf atrophy of 2 cm -> +calf_wasting
perianal numbness -> +saddle_anaesthesia
pins and needles -> +paraesthesia_leg
long-term prednisone -> +corticosteroids
on warfarin -> +anticoagulant
known breast carcinoma -> +cancer_history
family history of AS -> +family_history_spa
gradual onset -> +insidious_onset
pain wakes him at night -> +night_pain
leucocytosis -> +leucocytosis
leukocytosis -> +leucocytosis
haemoglobin low -> +anaemia
disc extrusion -> +mri_disc_herniation
lumber disc herniaton on MRI -> +mri_disc_herniation
Modic type II changes -> +mri_modic2
bone marrow edema in femoral head on T2 images -> +mri_hip_oedema
THR left -> +hip_prosthesis(left)
"""

LISTS = """
pain worse with sitting and coughing -> +worse_sitting, +worse_cough_sneeze
standing and walking aggravate pain -> +worse_standing, +worse_walking
relieved by sitting or leaning forward -> +relief_sitting, +relief_bending_forward
anorexia, fever and chills -> +fever, +chills
lumbar MRI disc protrusions L4-5 and L5-S1 -> +mri_disc_herniation
MRI: L4/5 disc extrusion with right L5 root compression -> +mri_disc_herniation(right), +mri_root_compression(right)
MRI L4-5 broad-based disc protrusion, no root compression -> +mri_disc_herniation, -mri_root_compression
sensory loss L5 and S1 dermatomes -> +sens_foot_dorsum_l5, +sens_lateral_foot_s1
L5 and S1 sensory loss -> +sens_foot_dorsum_l5, +sens_lateral_foot_s1
sensory loss at L4-5 -> +sens_medial_leg_l4, +sens_foot_dorsum_l5
buttock, posterior thigh and calf pain -> +pain_buttock, +pain_posterior_thigh, +pain_leg_posterior
pain in buttock, thigh and calf -> +pain_buttock, +pain_thigh_any, +pain_leg_posterior
low back pain radiating to the left buttock and posterior thigh -> +pain_low_back, +pain_buttock(left), +pain_posterior_thigh(left)
weak hip flexion and knee extension -> +myo_hip_flexion_l2, +myo_knee_extension_l3l4
hip flexion and knee extension weakness -> +myo_hip_flexion_l2, +myo_knee_extension_l3l4
reduced knee and ankle reflexes -> +reflex_patellar, +reflex_achilles
limited and painful internal rotation -> +hip_ir_reduced, +hip_ir_pain
positive FABER, FADIR and log roll -> +faber, +fadir, +log_roll
right groin pain worse with walking -> +pain_groin(right), +worse_walking
sudden onset after a fall -> +acute_onset, +trauma
not only groin pain but also buttock pain -> +pain_groin, +pain_buttock
ESR and CRP elevated -> +esr_over_20, +crp_raised
"""

DENIED = """
no fever -> -fever
afebrile -> -fever
no fever, chills or weight loss -> -fever, -chills, -weight_loss
negative straight leg raise -> -slr
SLR -ve -> -slr
Faber's test was not positive -> -faber
FABER and FADIR negative -> -faber, -fadir
SLR, FABER and FADIR negative -> -slr, -faber, -fadir
negative FABER, FADIR and log roll -> -faber, -fadir, -log_roll
FABER positive, FADIR negative -> +faber, -fadir
no radiation -> -hx_sciatica_leg_pain
pain-free on internal rotation -> -hip_ir_pain
painless full range of motion -> -hip_rom_restricted_1plane
lumbar MRI normal -> -mri_lumbar_abnormal
MRI lumbar spine showed no disc herniation -> -mri_disc_herniation
disc herniation ruled out on MRI -> -mri_disc_herniation
CT: no disc herniation -> -ct_disc_herniation
normal strength, sensation and reflexes -> -myotome_weakness_any, -dermatomal_sensory_loss_any, -reflex_impaired_any
no motor or sensory deficit -> -myotome_weakness_any, -dermatomal_sensory_loss_any
heel walk normal -> -myo_ankle_dorsiflexion_l4l5
not tender over the trochanter -> -gt_palpation
no muscle wasting in the calf -> -calf_wasting
denies bladder dysfunction -> -bladder_dysfunction
patient does not have night pain -> -night_pain
sitting does not aggravate pain -> -worse_sitting
neither coughing nor sneezing aggravates the pain -> -worse_cough_sneeze
symptoms unaffected by coughing -> -worse_cough_sneeze
no history of cancer -> -cancer_history
no relief after MBB -> -block_mbb_80
NSAIDs do not help -> -nsaid_response
HLA-B27 negative -> -hla_b27
normal strength except weak dorsiflexion -> +myo_ankle_dorsiflexion_l4l5
no trauma, groin pain -> -trauma, +pain_groin
no trauma, insidious onset -> -trauma, +insidious_onset
groin pain not worse with coughing -> +pain_groin, -worse_cough_sneeze
groin pain and SLR negative -> +pain_groin, -slr
"""

NEGATIVE_WORDS_THAT_STATE_A_FINDING = """
no normal reflexes -> +reflex_impaired_any
absent ankle reflex -> +reflex_achilles
no ankle jerk on the left -> +reflex_achilles(left)
ankle jerk 1+ -> +reflex_achilles
ankle jerk 2+ -> -reflex_achilles
knee jerk present -> -reflex_patellar
absent knee jerk, normal ankle jerk -> +reflex_patellar, -reflex_achilles
cannot heel-walk -> +myo_ankle_dorsiflexion_l4l5
difficulty with heel walking -> +myo_ankle_dorsiflexion_l4l5
unable to toe walk -> +myo_plantarflexion_s1
unable to pass urine -> +urinary_retention
cannot lie on the affected side -> +worse_lying_on_side
not relieved supine -> +not_relieved_supine
no relief from physiotherapy -> +failed_conservative
unremarkable hip examination -> +hip_exam_normal
"""

SIDES = """
Lasègue positive at 40°, left -> +slr(left)=40
SLR positive on the left, negative on the right -> +slr(left), -slr(right)
SLR negative bilaterally -> -slr(bilateral)
left more than right leg weakness -> +myotome_weakness_any(bilateral)
GT tenderness R > L -> +gt_palpation(bilateral)
right-sided sciatica -> +hx_sciatica_leg_pain(right)
bilateral leg pain -> +pain_bilateral_leg
EHL 4-/5 on the left -> +myo_great_toe_ext_l5(left)=3.67
right low back pain -> +pain_low_back
avascular necrosis of the left femoral head on MRI -> +mri_avn(left)
"""

VALUES_IN_WORDS = """
ankle dorsiflexion 3/5 -> +myo_ankle_dorsiflexion_l4l5=3
quadriceps power 4+/5 -> +myo_knee_extension_l3l4=4.33
right EHL weakness (4/5) -> +myo_great_toe_ext_l5(right)=4
hip flexion 4/5, knee extension 5/5 -> +myo_hip_flexion_l2=4, -myo_knee_extension_l3l4=5
internal rotation 10 degrees -> +hip_ir_reduced=10
hip IR 10 degrees, painful -> +hip_ir_reduced=10, +hip_ir_pain
hip flexion 130 deg -> -hip_flexion_reduced=130
SLR at 85 degrees negative -> -slr=85
temperature 38.9 C -> +fever=38.9
T 39.2 °C -> +fever=39.2
temp 98.6 F -> -fever=37
CRP 3 mg/L -> -crp_raised=3
CRP < 5 mg/L -> -crp_raised=5
CRP 8 mg/dL -> +crp_raised=80
ESR 60 mm/h -> +esr_over_20=60, +esr_over_50=60
ESR 30 -> +esr_over_20=30, -esr_over_50=30
ESR > 20 -> +esr_over_20=20
WBC 14,500/µL -> +leucocytosis=14.5
leucocytes 8 x10^9/L -> -leucocytosis=8
morning stiffness 45 minutes -> +morning_stiffness_30=45
stiffness in the morning lasting an hour -> +morning_stiffness_30=60
morning stiffness 10 min -> -morning_stiffness_30=10
KL grade III -> +xray_kl2=3
Kellgren-Lawrence 1 -> -xray_kl2=1
alpha angle 72 degrees -> +xray_alpha_angle=72
alpha angle 45° -> -xray_alpha_angle=45
hip joint space 1.5 mm -> +xray_hip_jsn=1.5
hip effusion on ultrasound 0.9 cm -> +us_hip_effusion=9
MBB relief 80% for 6 hours -> +block_mbb_80=80
medial branch block: <50% relief -> -block_mbb_80=50
weight loss of 10 lb in a month -> +weight_loss=4.536
smoker 70 pack-years -> +smoking=70
3/5 SIJ provocation tests positive -> +sij_cluster_3=3
"""

DOUBT = """
possible sacroiliitis on MRI -> +~mri_sij_oedema
?osteonecrosis on MRI -> +~mri_avn
probable sciatica -> +~hx_sciatica_leg_pain
equivocal SLR -> +?slr
numbness or weakness -> +~dermatomal_sensory_loss_any, +~myotome_weakness_any
rule out fever -> ignored
r/o disc herniation on MRI -> ignored
"""

PAST_AND_FAMILY = """
previous sciatica -> ignored
sciatica resolved -> ignored
sciatica 5 years ago -> ignored
father had hip replacement -> ignored
mother had breast cancer -> ignored
previous prostate cancer -> +cancer_history
past history of psoriasis -> +psoriasis
3-month history of low back pain -> +pain_low_back
lumbar spine surgery 3 years ago -> +spine_surgery
"""

TRAPS = """
hip flexor weakness -> +myo_hip_flexion_l2
weak ankle dorsiflexion -> +myo_ankle_dorsiflexion_l4l5
cervical radiculopathy -> nothing
left arm weakness -> nothing
numbness in C6 distribution -> nothing
shoulder pain -> nothing
thoracic disc herniation on MRI -> nothing
knee replacement -> nothing
knee effusion -> ignored
hypertension -> ignored
epidural steroid injection -> nothing
steroid injection into the hip gave no relief -> nothing
anabolic steroids -> nothing
screening for cancer -> ignored
no lateral thigh pain -> -pain_lateral_thigh
no severe groin pain -> nothing
no relief lying down -> +not_relieved_supine
bone marrow oedema on MRI -> nothing
AVN femoral head on X-ray -> nothing
hip radiograph normal -> nothing
morning stiffness for 3 months -> nothing
pain in the groin on hip internal rotation -> +hip_ir_pain
leg pain in both legs -> +pain_bilateral_leg
spiral fracture -> nothing
free disc fragment on MRI -> +mri_disc_herniation
non-steroidal anti-inflammatory with good relief -> +nsaid_response
"""

ALL = {
    "simple": SIMPLE,
    "lists": LISTS,
    "denied": DENIED,
    "negative words": NEGATIVE_WORDS_THAT_STATE_A_FINDING,
    "sides": SIDES,
    "values": VALUES_IN_WORDS,
    "doubt": DOUBT,
    "past and family": PAST_AND_FAMILY,
    "traps": TRAPS,
}


@pytest.mark.parametrize(
    ("phrase", "answer"),
    [
        pytest.param(*row, id=f"{name}: {row[0]}")
        for name, table in ALL.items()
        for row in rows(table)
    ],
)
def test_phrase(phrase: str, answer: str) -> None:
    assert said(READER.read(phrase)) == expected(answer)


@pytest.mark.parametrize("finding", SMALL_VOCABULARY)
def test_every_synonym_says_its_finding(finding: str) -> None:
    definition = SMALL_VOCABULARY[finding]
    for present, phrases in ((True, definition.synonyms), (False, definition.absent_synonyms)):
        for phrase in phrases:
            reading = READER.read(phrase, stage=definition.stage)
            if definition.kind == "context":
                assert reading.ignored, phrase
            else:
                found = {o.finding: o.present for o in reading.observations}
                assert found.get(finding) is present, (phrase, found)


def test_reading_is_fast() -> None:
    phrases = [phrase for table in ALL.values() for phrase, _ in rows(table)]
    start = time.perf_counter()
    for phrase in phrases:
        READER.read(phrase)
    assert (time.perf_counter() - start) / len(phrases) < 0.003
