"""Rows of the tables of steroids: equivalents, names, and suppression of the adrenal axis."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SteroidEquivalent:
    """One steroid: the dose in mg that equals 5 mg of prednisone (None: unknown, only listed).

    `alternative_mg` is what other tables say; it is shown, never counted. `most_*_mg` is the most
    that is plausible in one day (judgement), by mouth, by vein, or injected anywhere else.
    """

    drug: str
    name: str
    mg_equal_to_5_mg_prednisone: float | None
    alternative_mg: float | None
    alternative_study: str
    most_oral_mg: float
    most_iv_mg: float
    most_injected_mg: float
    basis_of_most: str
    study: str
    verified: bool
    note: str

    @property
    def equivalent_of_1_mg(self) -> float | None:
        """Milligrams of prednisone that equal 1 mg of the drug; None when unknown."""
        mg = self.mg_equal_to_5_mg_prednisone
        return None if mg is None else 5.0 / mg


@dataclass(frozen=True, slots=True)
class SteroidName:
    """A name or brand in plain lower-case words; `form` says the only way a brand is given.

    form: blank (any), oral, inhaled, topical, injection (im, epidural, intra_articular) or
    iv_or_im (any needle).
    """

    name: str
    drug: str
    form: str


@dataclass(frozen=True, slots=True)
class SteroidSuppression:
    """How long one injected dose was seen to suppress the adrenal axis.

    `caution_days` is a judgement from the study; `share_still_suppressed` is 0..1 at `at_day`.
    """

    drug: str
    route: str
    dose_mg: float
    suppressed_days_mean: float | None
    suppressed_days_sd: float | None
    share_still_suppressed: float | None
    at_day: float | None
    caution_days: int
    basis_of_caution: str
    study: str
    verified: bool
    note: str
