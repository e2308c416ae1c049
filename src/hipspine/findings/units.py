"""The units that clinical text uses, as plain factors to one base per dimension.

Factors follow the SI Brochure (9th ed., 2019) and, for pound, inch and stone, the international
yard and pound agreement of 1959 (0.45359237 kg, 25.4 mm); a year is 365.25 days.
Molar masses in g/mol are sums of IUPAC standard atomic weights.
"""

import re

DAY_MIN = 24 * 60.0
YEAR_MIN = 365.25 * DAY_MIN

#: unit -> (dimension, factor to the base of that dimension)
UNITS: dict[str, tuple[str, float]] = {
    "deg": ("angle", 1.0), "rad": ("angle", 57.29577951308232),
    "mm": ("length", 1.0), "cm": ("length", 10.0), "m": ("length", 1000.0),
    "inch": ("length", 25.4), "foot": ("length", 304.8), "km": ("length", 1e6),
    "second": ("time", 1 / 60), "min": ("time", 1.0), "h": ("time", 60.0), "day": ("time", DAY_MIN),
    "week": ("time", 7 * DAY_MIN), "month": ("time", YEAR_MIN / 12), "year": ("time", YEAR_MIN),
    "kg": ("mass", 1.0), "g": ("mass", 1e-3), "mg": ("mass", 1e-6), "lb": ("mass", 0.45359237),
    "stone": ("mass", 6.35029318), "mcg": ("mass", 1e-9),
    "mg/l": ("mass_concentration", 1.0), "mg/dl": ("mass_concentration", 10.0),
    "g/l": ("mass_concentration", 1e3), "g/dl": ("mass_concentration", 1e4),
    "ug/l": ("mass_concentration", 1e-3), "ng/ml": ("mass_concentration", 1e-3),
    "ug/ml": ("mass_concentration", 1.0), "ug/dl": ("mass_concentration", 1e-2),
    "ng/dl": ("mass_concentration", 1e-5), "mg/ml": ("mass_concentration", 1e3),
    "mmol/l": ("molar_concentration", 1.0), "umol/l": ("molar_concentration", 1e-3),
    "nmol/l": ("molar_concentration", 1e-6),
    "mm/h": ("sedimentation", 1.0),
    "10^9/l": ("cells", 1.0), "10^3/ul": ("cells", 1.0), "/ul": ("cells", 1e-3),
    "/mm3": ("cells", 1e-3), "/l": ("cells", 1e-9), "10^6/l": ("cells", 1e-3),
    "ml": ("volume", 1.0), "l": ("volume", 1000.0), "cc": ("volume", 1.0),
    "percent": ("share", 1.0), "ratio": ("share", 100.0),
    "mmhg": ("pressure", 1.0), "kpa": ("pressure", 7.50061683),
    "u/l": ("enzyme_activity", 1.0), "iu/l": ("enzyme_activity", 1.0),
    "kg/m2": ("body_mass_index", 1.0),
}  # fmt: skip

#: How text writes them; longest first, so that "mm/h" is not read as "mm".
SPELLINGS: dict[str, str] = {
    "10^9/l": r"(?:x\s?)?10\s?[\^*e(]?\s?9\)?\s?/\s?l|giga/l|gpt/l",
    "10^3/ul": r"(?:x\s?)?10\s?[\^*e(]?\s?3\)?\s?/\s?(?:ul|mcl|mm3|mm\^3)|k/ul|k/mcl|k/mm3",
    "/ul": r"(?:cells?|wbc|leu[ck]ocytes)?\s?(?:/|per)\s?(?:ul|mcl|microlit(?:re|er))",
    "/mm3": r"(?:cells?|wbc)?\s?(?:/|per)\s?(?:cu\s?mm|mm\^?3|cmm)",
    "mm/h": r"mm\s?(?:/|per|in)\s?(?:the )?(?:1\s?|1st |first )?(?:h(?:r|our)?)\b",
    "mg/dl": r"mg\s?(?:/|per)\s?(?:dl|100\s?ml)|mg\s?%", "mg/l": r"mg\s?(?:/|per)\s?l",
    "g/dl": r"gm?s?\s?(?:/|per)\s?(?:dl|100\s?ml)|gm?\s?%", "g/l": r"gm?\s?(?:/|per)\s?l",
    "ng/ml": r"ng\s?/\s?ml", "ug/ml": r"(?:ug|mcg)\s?/\s?ml", "ug/l": r"(?:ug|mcg)\s?/\s?l",
    "ug/dl": r"(?:ug|mcg)\s?/\s?dl", "ng/dl": r"ng\s?/\s?dl", "mg/ml": r"mg\s?/\s?ml",
    "mmol/l": r"mmol\s?/\s?l", "umol/l": r"(?:umol|mcmol)\s?/\s?l", "nmol/l": r"nmol\s?/\s?l",
    "iu/l": r"(?:i?u|units?)\s?/\s?l", "kg/m2": r"kg\s?/\s?m\^?2",
    "degf": r"deg(?:rees?)?\s?f(?:ahrenheit)?|fahrenheit|f",
    "degc": r"deg(?:rees?)?\s?c(?:elsius|entigrade)?|celsius|centigrade|c",
    "deg": r"deg(?:rees?)?", "rad": r"rad(?:ians?)?",
    "pack_year": r"pack[- ]?years?|py",
    "percent": r"%|per ?cent",
    "mmhg": r"mm\s?hg", "kpa": r"kpa",
    "mcg": r"mcg|micrograms?|ug", "mg": r"mgs?|milligrams?", "kg": r"kgs?|kilos?|kilograms?",
    "lb": r"lbs?|pounds?", "stone": r"stones?|st", "g": r"g|grams?|gm",
    "mm": r"mms?|millimet(?:re|er)s?", "cm": r"cms?|centimet(?:re|er)s?",
    "km": r"km|kilomet(?:re|er)s?",
    "inch": r"inch(?:es)?", "foot": r"feet|ft", "ml": r"mls?|millilit(?:re|er)s?", "cc": r"cc",
    "second": r"s|secs?|seconds?", "min": r"mins?|minutes?", "h": r"h|hrs?|hours?",
    "day": r"d|days?",
    "week": r"w|wks?|weeks?", "month": r"mos?|months?", "year": r"y|yrs?|years?",
    "m": r"m|met(?:re|er)s?|yards?", "l": r"l|lit(?:re|er)s?",
}  # fmt: skip

UNIT_PATTERN = "|".join(
    f"(?P<u{number}>(?:{pattern}){'' if unit in ('percent', 'mg/dl', 'g/dl') else r'(?![a-z0-9])'})"
    for number, (unit, pattern) in enumerate(SPELLINGS.items())
)
UNIT_NAMES = tuple(SPELLINGS)

#: What a bare number may have meant when it cannot be in the vocabulary's own unit.
OTHER_USUAL_UNITS = {
    "g/l": ("g/dl",),
    "degc": ("degf",),
    "10^9/l": ("/ul",),
    "percent": ("ratio",),
    "mm": ("cm",),
    "umol/l": ("mg/dl",),
    "mmol/l": ("mg/dl",),
    "nmol/l": ("ng/ml",),
}

#: g/mol, by a part of the finding's id.
MOLAR_MASS_G_PER_MOL = {
    "calc": 40.078,
    "phosph": 30.974,
    "glucose": 180.156,
    "creatinine": 113.12,
    "urate": 168.11,
    "uric": 168.11,
    "lactate": 90.08,
    "vitamin_d": 400.64,
    "bilirubin": 584.67,
}


def symbol(unit: str) -> str:
    """The key of UNITS for a unit of the vocabulary, such as mg/L; its own name if unknown."""
    return re.sub(r"\s", "", unit.lower())


def dimension(unit: str) -> str:
    """What a unit measures; a unit without a factor is a dimension of its own."""
    if unit in ("degc", "degf"):
        return "temperature"
    return UNITS[unit][0] if unit in UNITS else unit


def convert(value: float, unit: str, target: str, finding: str = "") -> float | None:
    """`value` of `unit` in `target`, both symbols; None when they measure different things."""
    if unit in ("", target):
        return value
    if dimension(target) == "temperature":
        return _celsius(value, unit)
    if unit.startswith("of"):
        return _score(value, unit, target)
    if unit in ("mrc", "grade", "plus") and target in ("mrc", "grade", "points"):
        return value
    if unit not in UNITS or target not in UNITS:
        return None
    from_dimension, factor = UNITS[unit]
    to_dimension, target_factor = UNITS[target]
    if from_dimension == to_dimension:
        return value * factor / target_factor
    return _through_moles(value * factor, from_dimension, target, finding)


def _celsius(value: float, unit: str) -> float | None:
    if unit in ("degc", "deg"):
        return value
    return (value - 32.0) / 1.8 if unit == "degf" else None


def _score(value: float, unit: str, target: str) -> float | None:
    """`3 of 5` as MRC strength, a count or a share."""
    whole = float(unit[2:] or 1)
    if target == "mrc":
        return value if whole == 5 else None
    if target in ("percent", "ratio"):
        return value / whole * (100.0 if target == "percent" else 1.0) if whole else None
    return value if dimension(target) == target else None


def _through_moles(base: float, from_dimension: str, target: str, finding: str) -> float | None:
    """mg/L to mmol/L and back, where the substance is known by name."""
    mass = next((m for name, m in MOLAR_MASS_G_PER_MOL.items() if name in finding), None)
    to_dimension, factor = UNITS[target]
    pair = (from_dimension, to_dimension)
    if mass and pair == ("mass_concentration", "molar_concentration"):
        return base / mass / factor
    if mass and pair == ("molar_concentration", "mass_concentration"):
        return base * mass / factor
    return None
