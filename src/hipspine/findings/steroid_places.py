"""Where an injection went: plain words to a joint's id and a side."""

import re
from functools import lru_cache

from hipspine.errors import InvalidInput
from hipspine.findings.model import Side

NOT_TOLD = "joint_not_told"
EPIDURALS = ("lumbar_epidural", "caudal_epidural", "thoracic_epidural", "cervical_epidural")
_LUMBAR = re.compile(r"\bl ?[1-6]( ?(l|s)? ?[1-6])?\b|\bs ?1\b|\blumb\w*|\blow(er)? back\b")
_EPIDURAL = re.compile(
    r"\bepidural\w*|\besi\b|\btfesi\b|transforaminal|interlaminar|foramen|foraminal|nerve root|"
    r"\bcaudal\b|\broot block\b|\bselective nerve\b"
)
_LEVELS = (
    ("caudal_epidural", re.compile(r"\bcaudal\b|sacral hiatus")),
    ("cervical_epidural", re.compile(r"\bc ?[1-8]\b|cervical|\bneck\b")),
    ("thoracic_epidural", re.compile(r"\b(t|th|d) ?1?\d\b|thoracic")),
    ("lumbar_epidural", _LUMBAR),
)
#: The first that fits counts: the narrower words come first.
_JOINTS: tuple[tuple[str, str], ...] = (
    ("sacroiliac_joint", r"\bsi joints?\b|\bsij\b|sacro ?iliac|\bsi\b"),
    ("cervical_facet_joint", r"(cervical|\bneck\b|\bc ?\d\b).*(facet|zygapoph|medial branch)"),
    ("thoracic_facet_joint", r"(thoracic|\bt ?\d+\b).*(facet|zygapoph|medial branch)"),
    ("lumbar_facet_joint", r"facet|zygapoph\w*|medial branch|apophyseal"),
    ("greater_trochanter", r"trochant\w*|\bgtps\b|gluteal tend\w*|gluteus med\w*"),
    ("iliopsoas_bursa", r"psoas"),
    ("ischial_bursa", r"ischi(al|um|o gluteal|ogluteal)|hamstring"),
    ("piriformis", r"piriformis"),
    ("pubic_symphysis", r"pubi[cs]|symphysis|adductor"),
    ("coccyx", r"coccy\w*|ganglion impar"),
    ("hip", r"\bhips?\b|femoro ?acetabular|acetabul\w*|\bcadera\b|\bcoxo\w*"),
    ("knee", r"\bknees?\b|patell\w*|tibio ?femoral|pes anserin\w*|\brodilla\b"),
    ("acromioclavicular_joint", r"acromio ?clavicular|\bac joint\b"),
    ("shoulder", r"shoulder|glenohumeral|subacromial|rotator cuff|\bhombro\b"),
    ("elbow", r"elbow|epicondyl\w*|\bcodo\b"),
    ("wrist", r"\bwrists?\b|carpal tunnel|\bde quervain\w*|\bradio ?carpal"),
    ("thumb_base", r"thumb|carpo ?metacarpal|\bcmc\b"),
    ("finger", r"fingers?\b|trigger|interphalangeal|metacarpo\w*"),
    ("ankle", r"ankles?\b|talo ?crural|subtalar|\btobillo\b"),
    ("foot", r"\bfoot\b|\bfeet\b|plantar|heel|\btoes?\b|metatars\w*|morton\w*"),
    ("temporomandibular_joint", r"temporo ?mandibular|\btmj\b|\bjaw\b"),
    ("sternoclavicular_joint", r"sterno ?clavicular"),
)
_PATTERNS = tuple((joint, re.compile(words)) for joint, words in _JOINTS)
_SIDES: tuple[tuple[Side, re.Pattern[str]], ...] = (
    ("bilateral", re.compile(r"\b(bilateral(ly)?|both|bilat)\b|\bleft and right\b")),
    ("left", re.compile(r"\b(left|lt|l|izq|izquierd[ao])\b")),
    ("right", re.compile(r"\b(right|rt|r|derech[ao])\b")),
)
_ONE_WORD = re.compile(r"\b[lst] ?\d+( ?[ls]? ?\d+)?\b")
ACCEPTED = "hip, knee, SI joint, lumbar facet joint, greater trochanter, shoulder, L4/5 epidural"


@lru_cache(maxsize=4096)
def place_of(words: str | None, route: str) -> str:
    """The id of where an `epidural` or `intra_articular` injection went; raises InvalidInput."""
    text = _plain(words)
    if route == "epidural":
        return _epidural(text, words)
    if not text:
        return NOT_TOLD
    if _EPIDURAL.search(text):
        raise InvalidInput(
            f"joint {_short(words)} is epidural, but the route is intra_articular; accepted: "
            "route epidural, or a joint"
        )
    for joint, pattern in _PATTERNS:
        if pattern.search(text):
            return joint
    raise InvalidInput(f"joint {_short(words)} is not known{_near(text)}; accepted: {ACCEPTED} ...")


def _epidural(text: str, words: str | None) -> str:
    joint = next((joint for joint, pattern in _PATTERNS if pattern.search(text)), None)
    if joint and not _EPIDURAL.search(text):
        raise InvalidInput(
            f"joint {_short(words)} does not go with route epidural; accepted: route "
            "intra_articular, or a level such as L4/5"
        )
    for place, pattern in _LEVELS:
        if pattern.search(text):
            return place
    if not text or _EPIDURAL.search(text) or re.fullmatch(r"(the )?(spine|spinal|back)", text):
        return "lumbar_epidural"
    if side_in(words) and not _without_side(text):
        return "lumbar_epidural"
    raise InvalidInput(
        f"joint {_short(words)} is no level of the spine; accepted: a level such as L4/5, lumbar, "
        "caudal, thoracic or cervical"
    )


def side_in(words: str | None) -> Side | None:
    """The side that the words tell, "L hip" too; None when they tell none."""
    text = _ONE_WORD.sub(" ", _plain(words))
    told = [side for side, pattern in _SIDES if pattern.search(text)]
    if "bilateral" in told or len(told) > 1:
        return "bilateral"
    return told[0] if told else None


def _without_side(text: str) -> str:
    for _, pattern in _SIDES:
        text = pattern.sub(" ", text)
    return text.strip()


def _plain(words: str | None) -> str:
    text = " ".join(re.findall(r"[a-z]+|\d+", (words or "").lower()))
    return re.sub(r"\b([lstc]) (?=\d)", r"\1", text)


def _short(words: str | None) -> str:
    return repr((words or "")[:60])


def _near(text: str) -> str:
    from rapidfuzz import fuzz, process  # noqa: PLC0415  (only for a joint that is not known)

    names = [joint.replace("_", " ") for joint, _ in _JOINTS]
    close = process.extractOne(text, names, scorer=fuzz.WRatio, score_cutoff=75)
    return f"; did you mean {close[0]}?" if close else ""
