"""Fascicle names of the tables -> the muscle a clinician knows."""

from hipspine.wording import Wording

_GROUPS = (
    ("glmed", Wording("gluteus medius")),
    ("glmin", Wording("gluteus minimus")),
    ("glmax", Wording("gluteus maximus")),
    ("tfl", Wording("tensor fasciae latae")),
    ("piri", Wording("piriformis")),
    ("iliacus", Wording("iliacus")),
    ("Ps_", Wording("psoas")),
    ("recfem", Wording("rectus femoris")),
    ("sart", Wording("sartorius")),
    ("add", Wording("adductors")),
    ("grac", Wording("gracilis")),
    ("bf", Wording("biceps femoris")),
    ("semi", Wording("medial hamstrings")),
    ("vas", Wording("vasti")),
    ("gas", Wording("gastrocnemius")),
    ("soleus", Wording("soleus")),
    ("tib", Wording("tibialis")),
    ("per", Wording("peronei")),
    ("rect_abd", Wording("rectus abdominis")),
    ("EO", Wording("external oblique")),
    ("IO", Wording("internal oblique")),
    ("MF_", Wording("multifidus")),
    ("QL_", Wording("quadratus lumborum")),
    ("IL_", Wording("iliocostalis")),
    ("LTp", Wording("longissimus")),
    ("edl", Wording("toe extensors")),
    ("ehl", Wording("toe extensors")),
    ("fdl", Wording("toe flexors")),
    ("fhl", Wording("toe flexors")),
)


def group_name(fascicle: str) -> str:
    """The muscle that a fascicle belongs to; its own name where it is none of those listed."""
    return next((name for start, name in _GROUPS if fascicle.startswith(start)), fascicle)
