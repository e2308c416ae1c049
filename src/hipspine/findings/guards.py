"""Words left over that forbid a match, so that a tempting synonym never changes a meaning."""

from collections.abc import Collection

from hipspine.findings import word_forms as words
from hipspine.findings.vocabulary_index import Entry

#: Places that findings without any place of their own ("night pain", "limp") are about anyway.
CORE_PLACES = frozenset(
    {"hip", "groin", "leg", "lumbar", "back", "pelvis", "buttock", "thigh", "sij", "trochanter",
     "calf", "foot", "knee", "sacrum", "root", "disc", "femur", "shin"}
)  # fmt: skip
_ABOUT_THE_PAIN = frozenset({"aggravating", "relieving", "history", "gait", "red_flag"})
#: Kinds of which the past counts as well as the present.
PAST_COUNTS = frozenset({"medication", "exposure", "demographic", "context", "safety"})
_HAD_NOT_FELT = frozenset({"medication", "exposure", "demographic"})
_CANCER_SITES = frozenset(
    {"lung", "liver", "kidney", "prostate", "ovary", "uterus", "thyroid", "chest", "bladder",
     "bowel", "anal", "skin", "head", "neck", "abdomen"}
)  # fmt: skip
_QUIET = words.OPTIONAL | words.HEDGES | words.STOP
_SIDES = frozenset({"LEFT", "RIGHT", "BOTH", "OTHER", "WITH", "POS", "POSSIBLE", "EQUIVOCAL"})


def fits_modality(
    entry: Entry,
    bag: frozenset[str],
    said: frozenset[str],
    told_earlier: frozenset[str],
    stage: str | None,
) -> bool:
    """Whether the modality of a phrase and that of a finding agree.

    A modality told by an earlier conjunct holds for imaging findings only; a phrase without any
    may state an imaging finding when the stage says so.
    """
    imaging = entry.definition.stage == "imaging"
    said = said or (told_earlier if imaging else frozenset())
    own = entry.modality or bag & words.MODALITIES
    if said:
        own_said = bool(own & said)
        return own_said or (not own and entry.definition.stage in ("imaging", "lab", "block"))
    return not entry.modality or stage == "imaging"


def forbids(
    entry: Entry, bag: frozenset[str], used: frozenset[str], left: Collection[str], pain: bool
) -> bool:
    """Whether a word that the match leaves over speaks of another thing.

    `pain` is in the phrase: a test may provoke it anywhere near ("groin pain on rotation"), and
    a block may relieve it anywhere.
    """
    if "unable" in used and not entry.definition.unit and any(w.startswith("#") for w in left):
        return True  # unable to walk 300 m is not unable to walk
    if entry.definition.kind == "block" or (pain and entry.definition.kind == "exam_test"):
        left = [word for word in left if word not in CORE_PLACES]
    return any(_forbids_one(word, entry, bag, used) for word in left)


def _forbids_one(word: str, entry: Entry, bag: frozenset[str], used: frozenset[str]) -> bool:
    if word in bag or word in _SIDES or word in _QUIET:
        return False
    kind = entry.definition.kind
    if word in words.SHIFTERS or word in ("RULEOUT", "FAMILY"):
        return True
    if word == "PAST":
        return kind not in PAST_COUNTS and not bag & {"PAST", "history"}
    if words.is_level(word):
        return _other_level(word, bag)
    if word in words.PLACES:
        return _other_place(word, kind, bag, used)
    if word in words.TESTS:
        return True
    if word in words.MOTIONS or word in words.DIRECTIONS:
        group = words.MOTIONS if word in words.MOTIONS else words.DIRECTIONS
        return bool(bag & group)
    if word == "low":
        return not entry.removed and not bag & words.DEVIATIONS
    if kind in _HAD_NOT_FELT and word in ("relief", "worse"):
        return True  # cycling that hurts is not the habit, relief by a drug is not the drug
    if word == "relief":
        return "pain" not in bag
    return False


def _other_level(word: str, bag: frozenset[str]) -> bool:
    if word[0] == "c":
        return "neck" not in bag
    if word[0] == "t":
        return not bag & {"thoracic", "vertebra", "back"}
    levels = {w for w in bag if words.is_level(w)}
    return bool(levels) and not any(level in word or word in level for level in levels)


def _other_place(word: str, kind: str, bag: frozenset[str], used: frozenset[str]) -> bool:
    around = words.around()
    if any(word in around.get(inner, ()) for inner in bag | used):
        return False
    if "cancer" in used and word in _CANCER_SITES:
        return False
    if not used & words.PLACES and around.get(word, frozenset()) & bag & words.PLACES:
        return False  # the sole, of a finding of the leg
    own = bag & (words.PLACES | words.TESTS | words.MOTIONS)
    if own:
        return True
    return word not in CORE_PLACES or kind not in _ABOUT_THE_PAIN


def says_too_much(bag: frozenset[str], used: frozenset[str], left: Collection[str]) -> bool:
    """Whether a denial is of something narrower than the finding ("no severe pain")."""
    around = words.around()
    enclosing = {outer for inner in used | bag for outer in around.get(inner, ())}
    return any(
        not (
            word.isupper()
            or word in _QUIET
            or word in enclosing
            or word in words.MODALITIES
            or word in words.ACTIVITIES & bag
            or (word in ("pain", "worse") and word in bag | {"worse"})
            or word.startswith("#")
        )
        for word in left
    )
