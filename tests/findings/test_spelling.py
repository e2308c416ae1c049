"""One spelling for each word."""

import pytest

from hipspine.findings.canonical import canonical
from hipspine.findings.respelling import Respeller
from hipspine.findings.spelling import plain, respell, stem, stems_of

BRITISH_AND_AMERICAN = {
    "oedema": "edema",
    "haemoglobin": "hemoglobin",
    "paraesthesia": "paresthesia",
    "leucocytosis": "leukocytosis",
    "tumour": "tumor",
    "ischaemic": "ischemic",
    "anaesthesia": "anesthesia",
    "hypoaesthesia": "hypoesthesia",
    "faecal": "fecal",
    "centralisation": "centralization",
    "centre": "center",
    "fibre": "fiber",
    "orthopaedic": "orthopedic",
    "disc": "disk",
    "zygapophysial": "zygapophyseal",
}


@pytest.mark.parametrize(("british", "american"), BRITISH_AND_AMERICAN.items())
def test_british_and_american_are_one(british: str, american: str) -> None:
    assert respell(british) == respell(american)


@pytest.mark.parametrize("word", ["toe", "shoe", "hour", "four", "does", "size", "prize"])
def test_words_that_only_look_british_stay_apart(word: str) -> None:
    assert respell(word) not in {"te", "she", "hor", "for", "des"}


@pytest.mark.parametrize(
    "forms",
    [
        ("weak", "weakness", "weaknesses"),
        ("radiates", "radiating", "radiated", "radiate", "radiation"),
        ("fracture", "fractures", "fractured"),
        ("sit", "sits", "sitting"),
        ("limit", "limited", "limits"),
        ("cough", "coughs", "coughing"),
        ("reflex", "reflexes"),
        ("biopsy", "biopsies"),
    ],
)
def test_inflections_have_one_stem(forms: tuple[str, ...]) -> None:
    assert len({stem(form) for form in forms}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("abduction", "adduction"),
        ("flexion", "flexor"),
        ("lumbar", "plantar"),
        ("hypertension", "hyperextension"),
        ("peroneal", "perineal"),
    ],
)
def test_different_words_keep_different_stems(one: str, other: str) -> None:
    assert stem(one) != stem(other)


@pytest.mark.parametrize(
    ("text", "canon"),
    [
        ("LBP", "lumbar pain"),
        ("low back pain", "lumbar pain"),
        ("c/o groin pain w/ SLR", "groin pain WITH slr worse"),
        ("can't heel-walk", "heel_walk unable"),
        ("IR of hip", "internal_rotation hip"),
        ("SI joint", "sij"),
        ("L4/5", "l4l5"),
        ("L4-L5-S1", "l4s1"),
        ("b/l", "BOTH"),
        ("?fracture", "POSSIBLE fracture"),
        ("painful walking", "pain walk worse"),
        ("great toe dorsiflexion", "great_toe extension"),
        ("absent ankle jerk", "low ankle reflex"),
    ],
)
def test_canonical_words(text: str, canon: str) -> None:
    assert [t.word for t in canonical(stems_of(plain(text)))] == canon.split()


class TestRespeller:
    respeller = Respeller(["herniation", "trendelenburg", "sacroiliitis"])

    @pytest.mark.parametrize(
        ("wrong", "right"),
        [
            ("herniaton", "herniation"),
            ("lumber", "lumbar"),
            ("dorsiflexon", "dorsiflexion"),
            ("weaknes", "weakness"),
        ],
    )
    def test_a_slip_is_forgiven(self, wrong: str, right: str) -> None:
        assert self.respeller.respelt(wrong) == right

    @pytest.mark.parametrize(
        "word",
        [
            "plantar", "lumbar", "hypertension", "spiral", "sprain", "abduction", "humeral",
            "spondylosis", "hyperesthesia", "perineal", "labial", "marathon", "pain", "knew",
        ],
    )  # fmt: skip
    def test_a_word_of_its_own_is_never_another(self, word: str) -> None:
        assert self.respeller.respelt(word) == word
