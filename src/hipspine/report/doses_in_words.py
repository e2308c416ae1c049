"""Doses of steroids in words: one place, so that picture, page and text say the same figure."""

from hipspine.findings.steroid_ledger import Dose, JointDoses
from hipspine.report.languages import ENGLISH, Translator
from hipspine.wording import Wording


def dose_words(dose: Dose, say: Translator = ENGLISH) -> str:
    """A dose in mg, without the unit; a range as "low to high"."""
    low, high = _milligrams(dose.low, say), _milligrams(dose.high, say)
    return low if low == high else say(Wording("{low} to {high}", low=low, high=high))


def _milligrams(value: float, say: Translator) -> str:
    """To the tenth of a milligram where there is one."""
    return say.number(value, 0 if abs(value - round(value)) < 0.05 else 1)


def place_words(row: JointDoses) -> str:
    """The joint with its side."""
    joint = row.joint.replace("_", " ")
    if row.side == "left":
        return Wording("left {joint}", joint=joint)
    if row.side == "right":
        return Wording("right {joint}", joint=joint)
    return joint if row.side is None else Wording("{joint}, both sides", joint=joint)


ROUTES = {
    "oral": Wording("by mouth"),
    "iv": Wording("into a vein"),
    "im": Wording("into a muscle"),
    "epidural": Wording("epidural"),
    "intra_articular": Wording("into a joint"),
    "inhaled": Wording("inhaled"),
    "topical": Wording("on the skin"),
}
