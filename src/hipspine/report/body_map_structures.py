"""Where each structure lies on the drawing, and how the nerve roads run down the leg."""

from hipspine.report.body_shapes import Point, Shape, View

#: Condition -> view and place (frame of a half, see body_shapes). What is not one structure
#: (a systemic or visceral disease) has no marker and is only named below the drawing.
STRUCTURES: dict[str, tuple[View, Point]] = {
    **dict.fromkeys(
        ("hip_osteoarthritis", "femoroacetabular_impingement", "femoral_head_avascular_necrosis",
         "hip_dysplasia", "transient_osteoporosis_of_the_hip", "inflammatory_hip_arthritis",
         "septic_hip_arthritis", "hip_fracture_occult", "painful_hip_arthroplasty"),
        ("front", (37.0, 130.0)),
    ),
    **dict.fromkeys(
        ("sacroiliac_joint_pain", "pelvic_girdle_pain", "septic_sacroiliitis",
         "axial_spondyloarthritis"),
        ("back", (12.0, 104.0)),
    ),
    **dict.fromkeys(
        ("discogenic_pain", "spondylolisthesis", "lumbar_spinal_stenosis", "spinal_infection",
         "spinal_malignancy", "vertebral_compression_fracture", "cauda_equina_syndrome"),
        ("back", (0.0, 74.0)),
    ),
    **dict.fromkeys(
        ("facet_joint_pain", "spondylolysis", "lumbar_synovial_cyst"), ("back", (8.0, 74.0))
    ),
    "radiculopathy_l2_l3": ("front", (9.0, 46.0)),
    "radiculopathy_l4": ("front", (9.0, 74.0)),
    "radiculopathy_l5": ("back", (9.0, 90.0)),
    "radiculopathy_s1": ("back", (8.0, 100.0)),
    "bertolotti_syndrome": ("back", (12.0, 86.0)),
    "coccydynia": ("back", (0.0, 136.0)),
    "sacral_stress_fracture": ("back", (8.0, 108.0)),
    "femoral_neck_stress_fracture": ("front", (47.0, 134.0)),
    "greater_trochanteric_pain_syndrome": ("back", (62.0, 136.0)),
    "gluteal_myofascial_pain": ("back", (42.0, 104.0)),
    "deep_gluteal_syndrome": ("back", (32.0, 128.0)),
    "proximal_hamstring_tendinopathy": ("back", (21.0, 162.0)),
    "ischiofemoral_impingement": ("back", (36.0, 152.0)),
    "superior_cluneal_neuropathy": ("back", (30.0, 76.0)),
    "pudendal_neuralgia": ("back", (12.0, 146.0)),
    "iliopsoas_tendinopathy": ("front", (30.0, 122.0)),
    "psoas_abscess": ("front", (16.0, 70.0)),
    "iliopsoas_haematoma": ("front", (24.0, 92.0)),
    "adductor_related_groin_pain": ("front", (12.0, 160.0)),
    "inguinal_related_groin_pain": ("front", (18.0, 132.0)),
    "ilioinguinal_neuralgia": ("front", (34.0, 112.0)),
    "osteitis_pubis": ("front", (0.0, 146.0)),
    "meralgia_paresthetica": ("front", (52.0, 104.0)),
    "peroneal_neuropathy": ("back", (48.0, 318.0)),
    "lumbosacral_plexopathy": ("back", (18.0, 114.0)),
}  # fmt: skip

_SCIATIC: Shape = ((22, 116), (34, 142), (36, 180), (34, 240), (31, 286))
_FEMORAL: Shape = ((9, 74), (20, 98), (30, 124), (34, 156), (32, 210))
_FIBULAR: Shape = ((38, 300), (48, 318), (48, 360), (41, 424))
#: Roads of the roots in each view: sciatic for L4 to S1, femoral and saphenous for L2 to L4.
ROADS: dict[str, dict[View, Shape]] = {
    "radiculopathy_l2_l3": {"front": ((9, 46), (14, 72), *_FEMORAL[1:], (31, 276))},
    "radiculopathy_l4": {
        "front": (*_FEMORAL, (22, 280), (22, 316), (24, 370), (28, 440)),
        "back": ((9, 74), (14, 98), *_SCIATIC),
    },
    "radiculopathy_l5": {
        "back": ((9, 90), (14, 102), *_SCIATIC, *_FIBULAR),
        "front": ((48, 318), (44, 350), (40, 400), (36, 436), (33, 460)),
    },
    "radiculopathy_s1": {
        "back": ((8, 100), (14, 108), *_SCIATIC, (31, 340), (34, 390), (36, 440), (40, 462)),
    },
}
