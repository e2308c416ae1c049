"""Every constant of the room that is not a row of a table: value, unit, and where it comes from.

FITTED names the ones that were set so that rows of the validation table come out right, with the
rows. Everything else is published, or a judgement that says so.
"""

from typing import Final

GRAVITY: Final = 9.81  # m/s2

# --- body -----------------------------------------------------------------------------------
#: Stature of the generic body of myo_sim (Rajagopal 2016: 1.70 m, 75 kg).
REFERENCE_HEIGHT: Final = 1.70
#: Distance of the hip centres per stature: 172.0 mm (SD 9.1) in the ten OrthoLoad Hip III
#: patients (table hip_forces, A024), stature about 1.76 m. The generic body has 154.5 mm.
HIP_WIDTH_PER_HEIGHT: Final = 0.172 / 1.76
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
#: Torso strengths rest on 46 N/cm2 (Christophy 2012), leg strengths on 60 N/cm2 (Rajagopal 2016);
#: brought to the same muscle stress.
TORSO_STRENGTH: Final = 60.0 / 46.0
