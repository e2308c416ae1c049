"""The kinds of row in the evidence tables, one frozen class per table.

Probabilities are fractions (0..1), odds ratios and likelihood ratios are plain ratios,
ages are years. `None` in a number means that the study does not state it.
"""

from dataclasses import dataclass

NOT_STATED = "not_stated"
EXPERT_JUDGEMENT = "expert_judgement"


def needs_checking(study: str, verified: bool) -> bool:
    """Whether a figure of a study was read by nobody yet; a judgement has nothing to read up."""
    return not verified and study != EXPERT_JUDGEMENT


@dataclass(frozen=True, slots=True)
class Study:
    """A publication that a figure was read in."""

    key: str
    citation: str
    year: str
    doi_or_pmid: str
    url: str
    design: str
    setting: str
    n: str


@dataclass(frozen=True, slots=True)
class Condition:
    """A source of pain (a leaf) or a group of sources (a parent, which carries no prior)."""

    id: str
    name: str
    plain_name: str
    category: str
    parents: tuple[str, ...]
    is_group: bool
    lateral: bool
    bilateral_fraction: float | None
    bilateral_study: str
    icd10cm: str
    snomed_ct: str
    seriousness: str
    note: str


@dataclass(frozen=True, slots=True)
class FindingDefinition:
    """An entry of the vocabulary: what it is called, how it is measured, what it implies."""

    id: str
    name: str
    kind: str
    stage: str
    sided: bool
    unit: str
    plausible_low: float | None
    plausible_high: float | None
    present_if: str
    implies: tuple[str, ...]
    absent_implies: tuple[str, ...]
    synonyms: tuple[str, ...]
    absent_synonyms: tuple[str, ...]
    how_elicited: str
    ignored_because: str
    note: str


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How a finding divides people with a source from people with such pain without it."""

    row_id: str
    finding_id: str
    condition_id: str
    sensitivity: float | None
    sens_low: float | None
    sens_high: float | None
    specificity: float | None
    spec_low: float | None
    spec_high: float | None
    lr_pos: float | None
    lr_pos_low: float | None
    lr_pos_high: float | None
    lr_neg: float | None
    lr_neg_low: float | None
    lr_neg_high: float | None
    n: str
    basis: str
    use: bool
    not_used_because: str
    comparison_group: str
    reference_standard: str
    study: str
    verified: bool
    note: str


@dataclass(frozen=True, slots=True)
class Referral:
    """The fraction of patients with a source who feel it in a region."""

    row_id: str
    condition_id: str
    finding_id: str
    fraction: float | None
    low: float | None
    high: float | None
    n: str
    basis: str
    use: bool
    study: str
    verified: bool
    note: str


@dataclass(frozen=True, slots=True)
class BaseRate:
    """How often a finding is there in people in whom no source explains it."""

    row_id: str
    finding_id: str
    population: str
    age_low: float | None
    age_high: float | None
    base_rate: float | None
    low: float | None
    high: float | None
    n: str
    basis: str
    use: bool
    study: str
    verified: bool
    note: str


@dataclass(frozen=True, slots=True)
class Grade:
    """How far a value goes: the share of patients whose value lies beyond a rung of a ladder.

    `rung` is a threshold in the unit of the finding, such as <=30. For a rung stricter than the
    finding's own threshold the share is of those who have the finding; for a milder one, of
    those who do not have it. `condition_id` is the source that explains it, a group of sources,
    or blank: none of those listed.
    """

    row_id: str
    finding_id: str
    rung: str
    condition_id: str
    share: float | None
    low: float | None
    high: float | None
    n: str
    basis: str
    use: bool
    study: str
    verified: bool
    note: str


@dataclass(frozen=True, slots=True)
class RootState:
    """How often a finding is there when a painful root is pressed, and when it is inflamed only.

    A blank `finding_id` holds the share of painful roots that are pressed, in `pressed`.
    `about` names what the finding tells; of several that tell the same, the strongest counts.
    """

    row_id: str
    finding_id: str
    condition_id: str
    about: str
    pressed: float
    pressed_n: str
    inflamed: float | None
    inflamed_n: str
    basis: str
    use: bool
    study: str
    verified: bool
    note: str


@dataclass(frozen=True, slots=True)
class Prior:
    """Share of patients of a setting in whom a source is true, and how age and sex move it.

    `age_curve` holds (age in years, log-odds added) knots; `sex_log_odds_f` is the log odds
    ratio of women to men; `gate` is an exposure without which the source cannot be.
    """

    condition_id: str
    primary: float
    primary_low: float | None
    primary_high: float | None
    clinic: float
    clinic_low: float | None
    clinic_high: float | None
    age_curve: tuple[tuple[float, float], ...]
    sex_log_odds_f: float | None
    only_sex: str
    gate: str
    basis: str
    how_derived: str
    study: str
    verified: bool
    note: str


@dataclass(frozen=True, slots=True)
class Exposure:
    """How a patient factor moves the prior odds of a source."""

    row_id: str
    exposure_id: str
    condition_id: str
    odds_ratio: float | None
    low: float | None
    high: float | None
    exposure_prevalence: float | None
    measure: str
    population: str
    basis: str
    use: bool
    not_used_because: str
    study: str
    verified: bool
    note: str


@dataclass(frozen=True, slots=True)
class RedFlagRow:
    """A rule that comes first: when it fires, how urgent it is, what to do."""

    rule: str
    condition_id: str
    level: str
    when: str
    action: str
    because: str
    imaging: str
    study: str
    verified: bool
    note: str


@dataclass(frozen=True, slots=True)
class RedFlagCondition:
    """Something a rule warns of that is not itself ranked as a source of pain."""

    id: str
    name: str
    plain_name: str
    icd10cm: str
    note: str


@dataclass(frozen=True, slots=True)
class Cluster:
    """A published combination of findings: present when at least `minimum` items are."""

    id: str
    items: tuple[str, ...]
    minimum: float
    note: str


@dataclass(frozen=True, slots=True)
class CorrelatedFinding:
    """A finding of a group that is positive together beyond what the source explains.

    `rho` is the latent (tetrachoric) correlation of any two findings of the group, 0 (independent
    given the sources) to below 1, the same in all its rows: that of the pair or set which the
    note names, taken over by likeness for the others. A finding stands in one group at most.
    """

    group_id: str
    finding_id: str
    rho: float
    rho_low: float
    rho_high: float
    basis: str
    study: str
    verified: bool
    note: str


@dataclass(frozen=True, slots=True)
class MechanismCriterion:
    """A clinical criterion of the pain mechanisms and how often each has it (fractions, 0..1).

    `cluster` is the mechanism whose published cluster holds it, `consensus` those for which the
    experts list it. A finding of `shown_by` shows it; it is absent when all of one alternative of
    `denied_by` (`a&b`) are. `said_by`: the words of a sentence that states it, see
    `findings/criterion_sentences.py`.
    """

    finding_id: str
    cluster: str
    consensus: tuple[str, ...]
    nociceptive: float
    neuropathic: float
    nociplastic: float
    shown_by: tuple[str, ...]
    denied_by: tuple[str, ...]
    said_by: tuple[str, ...]
    basis: str
    studies: tuple[str, ...]
    verified: bool
    note: str


@dataclass(frozen=True, slots=True)
class MechanismCluster:
    """A mechanism: its share of patients and how well its published cluster tells it apart.

    `kappa` is the agreement of two examiners on the mechanism, the reference standard.
    """

    mechanism: str
    share: float
    share_study: str
    share_verified: bool
    sensitivity: float
    sens_low: float
    sens_high: float
    specificity: float
    spec_low: float
    spec_high: float
    study: str
    verified: bool
    kappa: float
    kappa_study: str
    note: str


@dataclass(frozen=True, slots=True)
class Medicine:
    """A medicine's name, its class, and the finding that taking it states (blank: none)."""

    name: str
    drug_class: str
    finding_id: str
