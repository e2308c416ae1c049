"""Which steroid is meant: names, brands, salts and spellings to one row of the table.

Names are matched whole, longest first, so that "methyl-prednisolone" is never taken for
prednisolone. A word left over that is neither a salt, a form nor a strength is refused: a guess
at a drug would be a wrong dose that looks right.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from hipspine.errors import InvalidInput
from hipspine.evidence import evidence
from hipspine.evidence.rows_of_steroids import SteroidEquivalent, SteroidName

_SALTS = """acetate acetato acetonide acetonido hexacetonide diacetate sodium sodico na phosphate
    fosfato disodium succinate hemisuccinate succinato dipropionate propionate valerate butyrate
    furoate pivalate tebutate benzoate metasulphobenzoate aceponate base hydrochloride ester
    probutate buteprate tertiary butylacetate farnesil hydrogen preservative free pf"""
_PLAIN = """oral orally po by mouth iv im sc intravenous intramuscular intraarticular articular
    epidural of the and with a in plus per day daily od bd bid tid qd mg mcg ug g ml micrograms
    milligrams dose doses dosepak pack taper course ec er ir mr xr dr sr
    enteric coated modified release delayed extended generic inhaled topical injected depot"""
_BESIDE = """lidocaine lignocaine bupivacaine ropivacaine mepivacaine marcaine lidocaina saline
    salmeterol formoterol vilanterol umeclidinium glycopyrronium azelastine neomycin clotrimazole
    calcipotriol fusidic acid salicylic gentamicin tobramycin"""
_FORM_WORDS = {
    "oral": "tablet tablets tab tabs capsule capsules caplet syrup oral",
    "topical": "cream ointment lotion gel drops drop foam shampoo ophthalmic eye scalp",
    "inhaled": "inhaler inhalation inhaled nasal spray nebuliser nebulizer nebules",
    "injection": "depot",
}
_FORM_OF = {word: form for form, words in _FORM_WORDS.items() for word in words.split()}
_ALLOWED = {*_SALTS.split(), *_PLAIN.split(), *_BESIDE.split(), *_FORM_OF} | {
    "injection", "injections", "injectable", "infusion", "suspension", "solution", "vial",
}  # fmt: skip
_STRENGTH = re.compile(r"\d+(mg|mcg|ml|g)?")
#: The row of a steroid that is not told by name.
UNTOLD = "corticosteroid"
#: Names this close (0 to 100) are offered when a drug is not known.
NEAR = 60
ACCEPTED = (
    "the name or brand of one steroid, such as prednisone, methylprednisolone, Depo-Medrol, "
    "Kenalog, dexamethasone or betamethasone"
)


@dataclass(frozen=True, slots=True)
class NamedSteroid:
    """A row of the table, and the only way this brand or form is given (blank: any)."""

    steroid: SteroidEquivalent
    form: str


@lru_cache(maxsize=4096)
def steroid_of(words: str) -> NamedSteroid:
    """The one steroid that a `drug` field names; raises InvalidInput with its near neighbours."""
    found, left = _search(words)
    drugs = dict.fromkeys(name.drug for name in found)
    if len(drugs) > 1:
        drugs.pop(UNTOLD, None)  # "prednisone, a steroid" tells which
    unread = [word for word in left if word not in _ALLOWED and not _STRENGTH.fullmatch(word)]
    if not drugs:
        raise InvalidInput(f"{words[:60]!r} is no steroid that is known{_near(words)}")
    if len(drugs) > 1:
        both = " and ".join(_steroid(drug).name for drug in drugs)
        raise InvalidInput(f"{words[:60]!r} names {both}; accepted: one steroid a course")
    if unread:
        raise InvalidInput(
            f"{words[:60]!r}: {unread[0]!r} is not understood; accepted: the drug's name alone, "
            f"such as {_steroid(next(iter(drugs))).name}"
        )
    told = dict.fromkeys(_FORM_OF[word] for word in left if word in _FORM_OF)
    form = next(iter(told), "") or next((name.form for name in found if name.form), "")
    return NamedSteroid(_steroid(next(iter(drugs))), form)


def steroid_given(drug: str, route: str) -> NamedSteroid:
    """As `steroid_of`; a "cortisone" shot into a joint or the back is an everyday word for any
    steroid: cortisone itself is not given so, and its equivalent would be a wrong number.
    """
    named = steroid_of(drug)
    if named.steroid.drug == "cortisone" and route in ("epidural", "intra_articular"):
        return NamedSteroid(_steroid(UNTOLD), named.form)
    return named


def steroids_in(words: str) -> tuple[SteroidEquivalent, ...]:
    """Every steroid that free words name, such as a line of a list of medicines."""
    found, _ = _search(words)
    return tuple(_steroid(drug) for drug in dict.fromkeys(name.drug for name in found))


def _steroid(drug: str) -> SteroidEquivalent:
    return evidence().steroid_equivalents[drug]


def _search(words: str) -> tuple[list[SteroidName], list[str]]:
    """The names found, longest first, and the words left over."""
    left = " ".join(re.findall(r"[a-z]+|\d+[a-z]*", _plain(words)))
    found = [evidence().steroid_names[match[0]] for match in _pattern().finditer(left)]
    return found, _pattern().sub(" ", left).split()


def _plain(words: str) -> str:
    """Lower case without accents; a decimal strength is one number."""
    folded = unicodedata.normalize("NFKD", words.lower())
    text = "".join(c for c in folded if not unicodedata.combining(c))
    return re.sub(r"(?<=\d)[.,](?=\d)", "", text)


@cache
def _pattern() -> re.Pattern[str]:
    """All names, longest first, as whole words."""
    names = sorted(evidence().steroid_names, key=lambda name: (-len(name), name))
    return re.compile(rf"(?<![a-z0-9])(?:{'|'.join(map(re.escape, names))})(?![a-z0-9])")


def _near(words: str) -> str:
    from rapidfuzz import fuzz, process  # noqa: PLC0415  (only for a name that is not known)

    close = process.extract(
        _plain(words), sorted(evidence().steroid_names), scorer=fuzz.ratio, score_cutoff=NEAR
    )
    names = [name for name, _, _ in close[:3]]
    asked = f"; did you mean {' or '.join(names)}?" if names else ";"
    return f"{asked} accepted: {ACCEPTED}"
