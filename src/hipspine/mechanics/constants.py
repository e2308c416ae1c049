"""Every constant of the room that is not a row of a table: value, unit, and where it comes from.

FITTED names the ones that were set so that rows of the validation table come out right, with the
rows. Everything else is published, or a judgement that says so.
"""

from typing import Final

import numpy as np

GRAVITY: Final = 9.81  # m/s2

# --- body -----------------------------------------------------------------------------------
#: Stature of the generic body of myo_sim (Rajagopal 2016: 1.70 m, 75 kg).
REFERENCE_HEIGHT: Final = 1.70
REFERENCE_MASS: Final = 75.0
#: Distance of the hip centres per stature: 172.0 mm (SD 9.1) in the ten OrthoLoad Hip III
#: patients (table hip_forces, A024), stature about 1.76 m. The generic body has 154.5 mm.
HIP_WIDTH_PER_HEIGHT: Final = 0.172 / 1.76
#: Hip centre to the tip of the greater trochanter, per stature: 52.1 mm at 1.76 m, the mean of the
#: three open OrthoLoad patients (a length, no force). Only the ratio to it scales the trochanter.
TROCHANTER_PER_HEIGHT: Final = 0.0521 / 1.76
#: Length of the femur that Dostal and Andrews 1981 measured (m).
DOSTAL_FEMUR: Final = 0.423
#: Shares of body mass, de Leva 1996 (J Biomech 29:1223), men and women: remembered, not re-read.
MASS_SHARE: Final = {
    "M": {"head": 0.0694, "trunk": 0.4346, "arm": 0.0494, "femur": 0.1416, "tibia": 0.0433,
          "foot": 0.0137},
    "F": {"head": 0.0668, "trunk": 0.4257, "arm": 0.0449, "femur": 0.1478, "tibia": 0.0481,
          "foot": 0.0129},
}  # fmt: skip
#: Centre of mass of the thigh, share of its length from the hip (de Leva 1996).
THIGH_CENTRE: Final = {"M": 0.4095, "F": 0.3612}
#: Psoas strength a side (N): the torso tables add up to 766, the leg tables (Rajagopal 2016) say
#: 1385; one muscle cannot be both.
PSOAS_STRENGTH: Final = 1385.4
#: The erector spinae of the tables pulls 45 mm behind the centre of L4/5, strength-weighted; in
#: scans of men the lever of its centroid is about 60 mm (McGill 1993, Clin Biomech 8:171;
#: Jorgensen 2001, Clin Biomech 16:182; remembered). It is moved back by the difference (m).
ERECTOR_BACK: Final = 0.014
#: Torso strengths rest on 46 N/cm2 (Christophy 2012), too little to hold what people hold; brought
#: to the 100 N/cm2 of Bruno 2015 (J Biomech Eng 137:081003; remembered). Legs keep 60 N/cm2.
TORSO_STRENGTH: Final = 100.0 / 46.0

# --- posture --------------------------------------------------------------------------------
_DEG: Final = 3.141592653589793 / 180
#: Shares of the five lumbar joints, L5/S1 first, in flexion and side bending (Christophy 2012,
#: L5/S1 completing the whole to one) and in rotation (White and Panjabi 1990: 1 and 2 degrees a
#: level, remembered).
FLEXION_SHARES: Final = (0.125, 0.185, 0.204, 0.231, 0.255)
BENDING_SHARES: Final = (0.1355, 0.1811, 0.2453, 0.2501, 0.1880)
ROTATION_SHARES: Final = (0.112, 0.222, 0.222, 0.222, 0.222)
#: What of a trunk rotation the lumbar joints take (about 10 of 40 degrees; White and Panjabi).
LUMBAR_SHARE_OF_ROTATION: Final = 0.25
#: Lumbar to hip ratio 1.9, 0.9, 0.4 in the first, second, third 30 degrees of forward bending
#: (Esola 1996, Spine 21:71; the ratios remembered; they add up to 42.5 degrees of lumbar flexion,
#: its abstract says 41.6).
RHYTHM_KNOTS: Final = np.array([0.0, 30.0, 60.0, 90.0]) * _DEG
RHYTHM_LUMBAR_SHARE: Final = np.array([1.9 / 2.9, 0.9 / 1.9, 0.4 / 1.4, 0.4 / 1.4])
RHYTHM_LUMBAR: Final = np.concatenate(
    [[0.0], np.cumsum(RHYTHM_LUMBAR_SHARE[:3] * np.diff(RHYTHM_KNOTS))]
)
#: What of a change of lordosis in upright standing the pelvis follows; the upper trunk makes up the
#: rest (judgement).
PELVIS_WITH_LORDOSIS: Final = 0.5
#: Relaxed sitting rolls the pelvis back by about this much (judgement; radiographs of standing
#: and sitting put the change of sacral slope at 15 to 25 degrees).
SITTING_PELVIS: Final = -20.0 * _DEG
#: In sitting C7 comes forward of its place above L5/S1 (judgement, about 4 cm).
SITTING_TRUNK: Final = 5.0 * _DEG
#: Standing on one leg where nothing was measured. The pelvis rises on the free side (a normal
#: Trendelenburg test; excursion 11 degrees, SD 5, in Bailey's 14 healthy people): judgement. The
#: trunk comes a little forward, so that its weight passes near the hip: judgement. FITTED: the
#: lean of the trunk over the stance leg, so that a person of the OrthoLoad mean build carries
#: their mean of 261 %BW.
ONE_LEG_OBLIQUITY: Final = 5.0 * _DEG
ONE_LEG_FLEXION: Final = 4.0 * _DEG
ONE_LEG_LEAN: Final = 5.9 * _DEG
#: The swinging leg: thigh a little forward, knee bent, foot off the floor (judgement).
SWING_THIGH: Final = 10.0 * _DEG
SWING_KNEE: Final = 60.0 * _DEG
#: Centre of foot pressure ahead of the ankle, share of stature (about 4.5 cm; judgement).
FOOT_CENTRE: Final = 0.045 / 1.75
#: How far behind and ahead of the ankle a foot can press (share of stature; judgement).
FOOT_REACH: Final = (-0.05 / 1.75, 0.17 / 1.75)
#: The cane's line from the midline, share of stature (a hand beside the hip; judgement).
CANE_REACH: Final = 0.30 / 1.75
CANE_PERCENT: Final = 15.0
#: A load in a hanging hand, outward of the shoulder joint so that it clears the thigh (m;
#: judgement).
HAND_OUTWARD: Final = 0.05
#: Of a one-sided hand load the trunk's lean makes up this share (judgement: a few degrees at a
#: quarter of body weight). FITTED: the ratio of the hips with 25 %BW in one hand.
COUNTER_LEAN: Final = 0.3
#: Lean that makes up a hand load in full, rad per share of body mass: 0.225 m outward, against half
#: of the body 0.35 m above L5/S1 (judgement).
HAND_LEAN: Final = 0.225 / (0.5 * 0.35)
#: A load carried in front, where its distance from L5/S1 was not told (m; judgement).
FRONT_DISTANCE: Final = 0.35
#: Hands on thighs or armrests carry the arms and this share of body weight (judgement).
HANDS_SHARE: Final = 0.10
#: Where the backrest presses (share of the way from T12 to C7) and its friction: cloth,
#: 0.3 to 0.6. FITTED in that range: slouched sitting, L4/5 pressure.
BACKREST_HEIGHT: Final = 0.6
BACKREST_FRICTION: Final = 0.5

# --- passive tissue and abdominal pressure ----------------------------------------------------
#: Passive moment A (exp(k degrees) - 1), Nm, of the whole lumbar spine of a 75 kg person: small
#: in the first half of flexion, about 60 Nm at 55 degrees (Adams and Dolan 1991 put the bending
#: moment at full flexion near 60 to 70 Nm; remembered). Extension is stopped by the facets.
PASSIVE_FLEXION: Final = (4.0, 0.0504)
PASSIVE_EXTENSION: Final = (4.0, 0.09)
PASSIVE_LIMIT: Final = 120.0
PASSIVE_MASS: Final = 75.0
#: Nm a degree over five levels in series (about 2 and 7 Nm a degree a level; White and Panjabi).
PASSIVE_BENDING: Final = 0.4
PASSIVE_ROTATION: Final = 1.4
#: Passive moment per newton with which it presses the vertebrae together, m: ligaments and fascia
#: lie 5 to 6 cm behind the disc centre, and what the disc itself resists presses nothing (a little
#: under half; judgement). FITTED in that range: relaxed sitting, L4/5 pressure.
PASSIVE_LEVER: Final = 0.10
#: Abdominal pressure per flexion moment above a threshold, Pa/Nm: it passes 10 mmHg only above
#: 54 Nm (Marras and Mirka 1996, Clin Biomech 11:267), and it reaches about 9 kPa in lifts
#: of 20 kg (judgement).
ABDOMINAL_FROM: Final = 30.0
ABDOMINAL_PRESSURE: Final = 60.0
ABDOMINAL_LIMIT: Final = 20e3
#: Area of the diaphragm and its lever ahead of the spine (McGill and Norman 1987, Ergonomics
#: 30:1565: 243 cm2, 3.8 cm; remembered).
DIAPHRAGM_AREA: Final = 0.0243
DIAPHRAGM_LEVER: Final = 0.038
#: Passive moment of the hip, Nm, flexion +, from the flexion of hip and knee in degrees:
#: exp(a - b knee - c hip) - exp(d - e knee + f hip) + g (Riener and Edrich 1999, J Biomech
#: 32:539; checked against a published implementation).
PASSIVE_HIP: Final = (1.4655, 0.0034, 0.0750, 1.3403, 0.0226, 0.0305, 8.072)
PASSIVE_HIP_LIMIT: Final = 40.0
#: Lever of the iliofemoral ligament and front capsule before the hip centre, m (judgement).
PASSIVE_HIP_LEVER: Final = 0.04
#: What discs take at one unit of cost when the levels share unevenly (Nm: side bending, rotation,
#: flexion): about 2 degrees against 3, 5 and 3 Nm a degree of a loaded motion segment (judgement
#: after White and Panjabi 1990).
DISC_SHARING: Final = (6.0, 10.0, 6.0)

# --- muscles ----------------------------------------------------------------------------------
#: Least activation of every muscle in upright postures, and when a bed carries the body (half of
#: it, judgement). FITTED: two-leg standing, hip force and L4/5 pressure.
REST_ACTIVATION: Final = 0.006
REST_LYING: Final = 0.003
#: Full guarding: the guarded side's muscles hold at least this activation (judgement).
GUARDING_ACTIVATION: Final = 0.10
#: The knee's posterior capsule takes an extension moment at full extension (Nm at "activation" 1;
#: a number large enough, judgement).
KNEE_CAPSULE: Final = 400.0

# --- joints ---------------------------------------------------------------------------------
#: Radius of the femoral head (m) and centre-edge angle, where not measured (population means;
#: remembered).
HEAD_RADIUS: Final = {"M": 0.0245, "F": 0.0220}
CENTRE_EDGE: Final = 33.0 * _DEG
#: Pressure of a disc that carries nothing, from the tension of the yellow ligaments, Pa (Nachemson
#: and Evans 1968, J Biomech 1:211: about 0.07 MPa; remembered).
DISC_PRESTRESS: Final = 0.07e6
#: Force = k * pressure * area (Dreischarf 2013, k 0.55 to 0.77), area 18 cm2 at 70 kg (Wilke 2001).
PRESSURE_FACTOR: Final = 0.66
DISC_AREA: Final = 18e-4
DISC_AREA_MASS: Final = 70.0
#: Forward tilt of the discs in neutral standing (rad): sacral slope 39.5 degrees (Mac-Thiong
#: 2011) less half the L5/S1 disc; L4/5 from the lordosis L4 to S1 of 34 degrees.
DISC_TILT: Final = (33.0 * _DEG, 12.0 * _DEG)

# --- bands ----------------------------------------------------------------------------------
#: What a measured posture is uncertain by, and the spread of what was not measured (1 SD: hip width
#: of the ten OrthoLoad patients, A024; trochanter by judgement). Angles and share by judgement.
ANGLE_ERROR: Final = 2.0 * _DEG
SHARE_ERROR: Final = 0.03
HIP_WIDTH_SD: Final = 0.0091
TROCHANTER_SD: Final = 0.004
