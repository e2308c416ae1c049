"""Fascicle names of the tables -> the muscle a clinician knows."""

_GROUPS = (
    ("glmed", "gluteus medius"),
    ("glmin", "gluteus minimus"),
    ("glmax", "gluteus maximus"),
    ("tfl", "tensor fasciae latae"),
    ("piri", "piriformis"),
    ("iliacus", "iliacus"),
    ("Ps_", "psoas"),
    ("recfem", "rectus femoris"),
    ("sart", "sartorius"),
    ("add", "adductors"),
    ("grac", "gracilis"),
    ("bf", "biceps femoris"),
    ("semi", "medial hamstrings"),
    ("vas", "vasti"),
    ("gas", "gastrocnemius"),
    ("soleus", "soleus"),
    ("tib", "tibialis"),
    ("per", "peronei"),
    ("rect_abd", "rectus abdominis"),
    ("EO", "external oblique"),
    ("IO", "internal oblique"),
    ("MF_", "multifidus"),
    ("QL_", "quadratus lumborum"),
    ("IL_", "iliocostalis"),
    ("LTp", "longissimus"),
    ("edl", "toe extensors"),
    ("ehl", "toe extensors"),
    ("fdl", "toe flexors"),
    ("fhl", "toe flexors"),
)


def group_name(fascicle: str) -> str:
    """The muscle that a fascicle belongs to; its own name where it is none of those listed."""
    return next((name for start, name in _GROUPS if fascicle.startswith(start)), fascicle)
