"""A small vocabulary to test the reader with: the reader itself must know no finding."""

from hipspine.evidence import FindingDefinition

# id; kind; stage; sided; unit low high present_if; implies; synonyms; absent synonyms
_ROWS = """
pain_groin; pain_location; history; yes; ; ; groin pain|inguinal pain|anterior hip pain|hip pain in the groin;
pain_buttock; pain_location; history; yes; ; ; buttock pain|gluteal pain|pain in the buttock;
pain_lateral_hip; pain_location; history; yes; ; ; lateral hip pain|pain over the greater trochanter;
pain_posterior_thigh; pain_location; history; yes; ; pain_thigh_any; posterior thigh pain|pain in the back of the thigh;
pain_lateral_thigh; pain_location; history; yes; ; pain_thigh_any; lateral thigh pain;
pain_anterior_thigh; pain_location; history; yes; ; pain_thigh_any; anterior thigh pain;
pain_thigh_any; pain_location; history; yes; ; ; thigh pain;
pain_knee; pain_location; history; yes; ; ; knee pain;
pain_leg_posterior; pain_location; history; yes; ; pain_below_knee; calf pain|pain in the calf;
pain_below_knee; pain_location; history; yes; ; ; pain below the knee|leg pain below the knee|pain radiating below the knee;
pain_low_back; pain_location; history; no; ; ; low back pain|lumbar pain;
pain_bilateral_leg; red_flag; history; no; ; ; bilateral leg pain|bilateral sciatica|pain in both legs;
hx_sciatica_leg_pain; history; history; yes; ; ; sciatica|radicular leg pain|radiating leg pain|leg pain|pain radiating to the leg; no radiation|non-radiating pain
worse_sitting; aggravating; history; no; ; ; worse with sitting|worse sitting|pain on sitting;
worse_standing; aggravating; history; no; ; ; worse with standing|pain on standing;
worse_walking; aggravating; history; no; ; ; worse with walking|pain on walking;
worse_cough_sneeze; aggravating; history; no; ; ; worse with coughing|worse with sneezing|worse with valsalva|pain on coughing;
worse_weight_bearing; aggravating; history; no; ; ; worse with weight bearing|pain on weight bearing;
worse_lying_on_side; aggravating; history; yes; ; ; worse lying on the side|pain when lying on the affected side;
worse_bending_backward; aggravating; history; no; ; ; worse with lumbar extension|worse bending backward;
relief_sitting; relieving; history; no; ; ; relieved by sitting|better sitting;
relief_bending_forward; relieving; history; no; ; ; relieved by bending forward|relieved by leaning forward;
relief_recumbent; relieving; history; no; ; ; relieved by lying down|better lying down;
not_relieved_supine; relieving; history; no; ; ; not relieved supine|pain persists lying supine;
nsaid_response; medication; history; no; ; ; good response to NSAIDs|relief with NSAIDs;
failed_conservative; history; history; no; ; ; failed conservative treatment|no improvement with conservative treatment|no relief with physiotherapy;
night_pain; history; history; no; ; ; night pain|pain at night|nocturnal pain;
insidious_onset; history; history; no; ; ; insidious onset|gradual onset;
acute_onset; history; history; no; ; ; acute onset|sudden onset;
trauma; red_flag; history; no; ; ; trauma|injury|fall from height; atraumatic
morning_stiffness_30; history; history; no; min 0 600 >30; ; morning stiffness over 30 minutes|morning stiffness lasting more than 30 minutes;
neurogenic_claudication; history; history; no; ; ; neurogenic claudication;
fever; red_flag; exam; no; degC 33 43 >=38; ; fever|febrile|raised temperature; afebrile
chills; red_flag; history; no; ; ; chills|rigors;
weight_loss; red_flag; history; no; kg 0 60 >=4.5; ; weight loss|unexplained weight loss; no weight loss|weight stable
cancer_history; red_flag; history; no; ; ; history of cancer|known malignancy|previous cancer; no history of cancer
family_history_spa; history; history; no; ; ; family history of ankylosing spondylitis|family history of spondyloarthritis;
psoriasis; history; history; no; ; ; psoriasis|history of psoriasis;
anorexia; context; history; no; ; ; loss of appetite|anorexia;
hypertension; context; history; no; ; ; hypertension|high blood pressure;
corticosteroids; medication; history; no; ; ; corticosteroid use|long-term steroids|prolonged corticosteroid use;
anticoagulant; medication; history; no; ; ; anticoagulant use|anticoagulation;
smoking; exposure; history; no; pack_year 0 200; ; smoker|smoking;
urinary_retention; red_flag; history; no; ; bladder_dysfunction; urinary retention|unable to pass urine;
bladder_dysfunction; red_flag; history; no; ; ; bladder dysfunction|bladder disturbance; normal bladder function
bowel_incontinence; red_flag; history; no; ; ; bowel incontinence|faecal incontinence;
saddle_anaesthesia; red_flag; exam; no; ; ; saddle anaesthesia|perineal numbness|saddle numbness;
slr; exam_test; exam; yes; deg 0 120 <=70; ; straight leg raise|positive SLR;
crossed_slr; exam_test; exam; yes; ; ; crossed straight leg raise;
slump; exam_test; exam; yes; ; ; slump test;
femoral_nerve_stretch; exam_test; exam; yes; ; ; femoral nerve stretch test;
faber; exam_test; exam; yes; ; ; FABER|Patrick test;
fadir; exam_test; exam; yes; ; ; FADIR|anterior impingement test;
log_roll; exam_test; exam; yes; ; ; log roll;
hip_ir_pain; exam_test; exam; yes; ; ; pain on hip internal rotation|pain on internal rotation;
hip_ir_reduced; rom; exam; yes; deg -20 80 <=15; hip_rom_restricted_1plane; reduced hip internal rotation|limited internal rotation;
hip_rom_restricted_1plane; rom; exam; yes; ; ; restricted hip range of motion|limited hip movement; full range of hip motion|full range of motion
hip_flexion_reduced; rom; exam; yes; deg 0 150 <=115; hip_rom_restricted_1plane; reduced hip flexion;
trendelenburg; gait; exam; yes; ; ; Trendelenburg sign|Trendelenburg gait;
antalgic_gait; gait; exam; yes; ; ; antalgic gait; normal gait
limp; gait; exam; yes; ; ; limp|limping;
gt_palpation; exam_test; exam; yes; ; ; greater trochanter tenderness|tenderness over the trochanter;
sij_cluster_3; exam_test; exam; yes; points 0 6 >=3; ; SIJ provocation tests positive|three or more SIJ provocation tests;
facet_tenderness; exam_test; exam; yes; ; ; facet tenderness|paraspinal tenderness;
knee_effusion; context; exam; no; ; ; knee effusion|knee swelling;
myotome_weakness_any; neuro; exam; yes; mrc 0 5 <5; ; weakness|leg weakness|motor weakness|motor deficit; normal strength|full strength|normal power
myo_hip_flexion_l2; neuro; exam; yes; mrc 0 5 <5; myotome_weakness_any; weak hip flexion|hip flexor weakness;
myo_knee_extension_l3l4; neuro; exam; yes; mrc 0 5 <5; myotome_weakness_any; weak knee extension|quadriceps weakness;
myo_ankle_dorsiflexion_l4l5; neuro; exam; yes; mrc 0 5 <5; myotome_weakness_any; weak ankle dorsiflexion|weak dorsiflexion|foot drop|cannot heel walk|difficulty heel walking|L4 weakness|tibialis anterior weakness;
myo_great_toe_ext_l5; neuro; exam; yes; mrc 0 5 <5; myotome_weakness_any; weak great toe extension|EHL weakness|L5 weakness;
myo_plantarflexion_s1; neuro; exam; yes; mrc 0 5 <5; myotome_weakness_any; weak plantarflexion|cannot toe walk|S1 weakness|unable to heel raise;
reflex_impaired_any; neuro; exam; yes; ; ; reduced reflexes|impaired leg reflexes; normal reflexes
reflex_patellar; neuro; exam; yes; ; reflex_impaired_any; reduced patellar reflex|reduced knee jerk;
reflex_achilles; neuro; exam; yes; ; reflex_impaired_any; reduced Achilles reflex|reduced ankle jerk;
dermatomal_sensory_loss_any; neuro; exam; yes; ; ; sensory loss|numbness|dermatomal sensory loss|leg numbness; normal sensation
sens_medial_leg_l4; neuro; exam; yes; ; dermatomal_sensory_loss_any; L4 sensory loss|sensory loss of the medial leg;
sens_foot_dorsum_l5; neuro; exam; yes; ; dermatomal_sensory_loss_any; L5 sensory loss|numbness of the foot dorsum|numb great toe;
sens_lateral_foot_s1; neuro; exam; yes; ; dermatomal_sensory_loss_any; S1 sensory loss|numb lateral foot;
paraesthesia_leg; neuro; history; yes; ; ; leg paraesthesia|tingling|pins and needles;
calf_wasting; neuro; exam; yes; ; ; calf wasting|calf atrophy;
crp_raised; lab; lab; no; mg/L 0 600 >10; ; raised CRP|elevated C-reactive protein;
esr_over_20; lab; lab; no; mm/h 0 150 >20; ; raised ESR|ESR over 20;
esr_over_50; lab; lab; no; mm/h 0 150 >50; esr_over_20; ESR over 50;
leucocytosis; lab; lab; no; 10^9/L 0 200 >11; ; leucocytosis|raised white cell count;
anaemia; lab; lab; no; g/L 30 220 <120; ; anaemia|low haemoglobin;
hla_b27; lab; lab; no; ; ; HLA-B27|HLA-B27 positive;
crp_esr_raised; lab; lab; no; ; ; raised inflammatory markers; normal inflammatory markers
mri_disc_herniation; imaging; imaging; yes; ; ; MRI disc herniation|disc herniation on MRI|MRI disc protrusion|disc extrusion;
ct_disc_herniation; imaging; imaging; yes; ; ; CT disc herniation;
mri_disc_degeneration; imaging; imaging; no; ; ; MRI disc degeneration|degenerative disc disease on MRI;
mri_stenosis; imaging; imaging; no; ; ; MRI spinal stenosis|lumbar stenosis on MRI|central canal stenosis;
mri_root_compression; imaging; imaging; yes; ; ; MRI nerve root compression|root compression;
mri_modic1; imaging; imaging; no; ; ; Modic type 1 changes|MRI Modic 1;
mri_modic2; imaging; imaging; no; ; ; Modic type 2 changes|MRI Modic 2;
mri_lumbar_abnormal; imaging; imaging; no; ; ; abnormal lumbar MRI; normal lumbar MRI
mri_sij_oedema; imaging; imaging; yes; ; ; MRI sacroiliac bone marrow oedema|MRI sacroiliitis;
mri_hip_oedema; imaging; imaging; yes; ; ; MRI hip bone marrow oedema|MRI femoral head bone marrow oedema;
mri_avn; imaging; imaging; yes; ; ; MRI osteonecrosis|MRI avascular necrosis of the femoral head;
xray_hip_jsn; imaging; imaging; yes; mm 0 8 <=2.5; ; hip joint space narrowing|x-ray joint space narrowing;
xray_kl2; imaging; imaging; yes; grade 0 4 >=2; ; Kellgren-Lawrence grade 2 or more|KL 2 or more|Kellgren-Lawrence grade;
xray_alpha_angle; imaging; imaging; yes; deg 20 120 >=60; ; alpha angle|raised alpha angle;
xray_sacroiliitis; imaging; imaging; yes; ; ; radiographic sacroiliitis|x-ray sacroiliitis;
us_hip_effusion; imaging; imaging; yes; mm 0 30 >=7; ; ultrasound hip effusion;
spondylolisthesis_seen; imaging; imaging; no; ; ; spondylolisthesis|anterolisthesis on x-ray;
block_hip_ia; block; block; yes; percent 0 100 >=50; ; relief after intra-articular hip injection|hip anaesthetic injection relief;
block_mbb_80; block; block; yes; percent 0 100 >=80; ; relief after medial branch block|MBB relief;
hip_prosthesis; history; history; yes; ; ; hip replacement|total hip arthroplasty;
spine_surgery; history; history; no; ; ; previous lumbar surgery|previous spinal fusion;
hip_exam_normal; exam_test; exam; yes; ; ; normal hip examination;
""".strip()


def _definition(row: str) -> FindingDefinition:
    name, kind, stage, sided, measure, implies, synonyms, absent = (
        part.strip() for part in row.split(";")
    )
    unit, low, high, present_if = (*measure.split(" "), "", "", "", "")[:4]
    return FindingDefinition(
        id=name,
        name=name.replace("_", " ") if kind == "context" else synonyms.split("|")[0],
        kind=kind,
        stage=stage,
        sided=sided == "yes",
        unit=unit,
        plausible_low=float(low) if low else None,
        plausible_high=float(high) if high else None,
        present_if=present_if,
        implies=tuple(filter(None, implies.split("|"))),
        absent_implies=(),
        synonyms=tuple(filter(None, synonyms.split("|"))),
        absent_synonyms=tuple(filter(None, absent.split("|"))),
        how_elicited="",
        ignored_because="without bearing on the source" if kind == "context" else "",
        note="",
    )


SMALL_VOCABULARY = {d.id: d for d in map(_definition, _ROWS.splitlines())}
