"""Numbers in clinical text: what is found, how it converts, when it is refused."""

import math

import pytest

from hipspine.errors import InvalidInput
from hipspine.findings import units
from hipspine.findings.quantities import Quantity, checked, find_quantities
from hipspine.findings.spelling import plain
from hipspine.findings.thresholds import clearly_fails, clearly_meets, meets, threshold
from tests.findings.small_vocabulary import SMALL_VOCABULARY

FOUND = {
    "40 degrees": (40, "deg"),
    "40°": (40, "deg"),
    "40 deg": (40, "deg"),
    "38.5 °C": (38.5, "degc"),
    "101.3 F": (101.3, "degf"),
    "16.5 mg/dL": (16.5, "mg/dl"),
    "16,5 mg/l": (16.5, "mg/l"),
    "1,250 /µL": (1250, "/ul"),
    "25,000 cells/mm3": (25000, "/mm3"),
    "12.3 x10^9/L": (12.3, "10^9/l"),
    "12.3 ×10⁹/L": (12.3, "10^9/l"),
    "62 mm/h": (62, "mm/h"),
    "62 mm/1st hour": (62, "mm/h"),
    "12 mm": (12, "mm"),
    "2.5 cm": (2.5, "cm"),
    "10 lb": (10, "lb"),
    "70 pack-years": (70, "pack_year"),
    "80%": (80, "percent"),
    "30-40 degrees": (35, "deg"),
    "30 to 40 degrees": (35, "deg"),
    "3/5": (3, "of5"),
    "4+/5": (4.33, "of5"),
    "4-/5": (3.67, "of5"),
    "3 out of 5": (3, "of5"),
    "three of five": (3, "of5"),
    "10/10": (10, "of10"),
    "MRC 4": (4, "mrc"),
    "grade 2": (2, "grade"),
    "KL 3": (3, "grade"),
    "Ficat III": (3, "grade"),
    "Ficat stage IIb": (2, "grade"),
    "1+": (1, "plus"),
    "6 weeks": (6, "week"),
    "3-month": (3, "month"),
    "half an hour": (30, "min"),
    "-2.5": (-2.5, ""),
    "7": (7, ""),
}


@pytest.mark.parametrize(("text", "answer"), FOUND.items())
def test_one_quantity_is_found(text: str, answer: tuple[float, str]) -> None:
    _, (quantity,) = find_quantities(plain(text))
    assert (quantity.value, quantity.unit) == answer


@pytest.mark.parametrize(
    ("text", "comparator", "strict"),
    [
        ("> 50", ">", True),
        ("<15", "<", True),
        (">= 20", ">", False),
        ("over 30 minutes", ">", True),
        ("at least 3", ">", False),
        ("2 or more", ">", False),
        ("up to 60 min", "<", False),
    ],
)
def test_open_ends(text: str, comparator: str, strict: bool) -> None:
    _, (quantity,) = find_quantities(plain(text))
    assert (quantity.comparator, quantity.strict) == (comparator, strict)


@pytest.mark.parametrize("text", ["L4-5", "L5/S1", "T12", "T2-weighted", "HLA-B27", "x-ray", "x"])
def test_levels_and_names_are_no_quantities(text: str) -> None:
    assert find_quantities(plain(text))[1] == []


def test_several_quantities_keep_their_order() -> None:
    _, found = find_quantities(plain("80% relief for 6 hours after 2 ml"))
    assert [q.token for q in found] == ["#80percent", "#6h", "#2ml"]


@pytest.mark.parametrize(
    ("value", "unit", "target", "answer"),
    [
        (16.5, "mg/dl", "mg/l", 165),  # 1 dL is 0.1 L
        (8.2, "g/dl", "g/l", 82),
        (101.3, "degf", "degc", 38.5),  # (101.3 - 32) / 1.8
        (10, "lb", "kg", 4.5359237),
        (2.5, "cm", "mm", 25),
        (14_500, "/ul", "10^9/l", 14.5),
        (1, "h", "min", 60),
        (0.8, "ratio", "percent", 80),
        (3, "of5", "mrc", 3),
        (4, "of5", "percent", 80),
        (6, "of10", "points", 6),
        (math.pi, "rad", "deg", 180),
    ],
)
def test_conversion(value: float, unit: str, target: str, answer: float) -> None:
    assert units.convert(value, unit, target) == pytest.approx(answer)


def test_moles_need_the_substance() -> None:
    # 2.6 mmol/L of calcium (40.078 g/mol) is 2.6 * 40.078 / 10 mg/dL
    assert units.convert(2.6, "mmol/l", "mg/dl", "calcium_raised") == pytest.approx(10.42, abs=0.01)
    assert units.convert(2.6, "mmol/l", "mg/dl", "crp_raised") is None


@pytest.mark.parametrize(
    ("unit", "target"), [("kg", "mg/l"), ("deg", "mm"), ("of10", "mrc"), ("percent", "deg")]
)
def test_units_of_other_things_do_not_convert(unit: str, target: str) -> None:
    assert units.convert(5, unit, target) is None


class TestChecked:
    def test_a_bare_number_takes_the_unit_of_the_vocabulary(self) -> None:
        assert checked(Quantity(38.5), SMALL_VOCABULARY["fever"], 38.5) == (38.5, None)

    def test_a_bare_number_out_of_range_may_be_of_another_usual_unit(self) -> None:
        value, note = checked(Quantity(101.3), SMALL_VOCABULARY["fever"], 101.3)
        assert value == pytest.approx(38.5)
        assert note == "fever: 101.3 read as degf"

    def test_a_number_with_its_unit_is_never_reinterpreted(self) -> None:
        with pytest.raises(InvalidInput, match="33 to 43 degC"):
            checked(Quantity(101.3, "degc"), SMALL_VOCABULARY["fever"], "101.3 C")


class TestThreshold:
    crp = SMALL_VOCABULARY["crp_raised"]  # present if > 10 mg/L
    rotation = SMALL_VOCABULARY["hip_ir_reduced"]  # present if <= 15 deg

    def test_threshold_is_read(self) -> None:
        assert threshold(self.crp) == (">", 10.0)
        assert threshold(SMALL_VOCABULARY["pain_groin"]) is None

    def test_a_value_meets_it_or_not(self) -> None:
        assert meets(Quantity(11), 11, self.crp) is True
        assert meets(Quantity(10), 10, self.crp) is False
        assert meets(Quantity(15), 15, self.rotation) is True

    def test_an_open_value_may_tell_nothing(self) -> None:
        assert meets(Quantity(5, "", ">", True), 5, self.crp) is None
        assert meets(Quantity(10, "", ">", True), 10, self.crp) is True
        assert meets(Quantity(5, "", "<", True), 5, self.crp) is False

    def test_only_a_factor_of_two_is_clear(self) -> None:
        assert clearly_fails(5, self.crp)
        assert not clearly_fails(8, self.crp)
        assert clearly_meets(20, self.crp)
        assert clearly_fails(30, self.rotation)
        assert not clearly_fails(25, self.rotation)
