"""All tables as one frozen, validated whole with a version made from their content."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from hipspine.errors import InvalidEvidence
from hipspine.evidence import checks
from hipspine.evidence.parse import TABLES, read_table
from hipspine.evidence.rows import (
    Accuracy,
    BaseRate,
    Cluster,
    Condition,
    CorrelatedFinding,
    Exposure,
    FindingDefinition,
    Grade,
    MechanismCluster,
    MechanismCriterion,
    Medicine,
    Prior,
    RedFlagCondition,
    RedFlagRow,
    Referral,
    RootState,
    Study,
)
from hipspine.evidence.rows_of_care import CareTables
from hipspine.evidence.rows_of_hip_oa import HipOaFactor, HipOaIncidence, HipOaStatement
from hipspine.evidence.rows_of_osteonecrosis import (
    OsteonecrosisBand,
    OsteonecrosisFactor,
    OsteonecrosisGroup,
)
from hipspine.evidence.rows_of_plan import PlanTables
from hipspine.evidence.rows_of_steroids import SteroidEquivalent, SteroidName, SteroidSuppression
from hipspine.evidence.rows_of_tests import (
    FindingTest,
    IndexTest,
    TestContraindication,
    TreatmentCover,
    TreatmentDecision,
    TreatmentFamily,
)

Row = TypeVar("Row")


@dataclass(frozen=True)
class Evidence:
    """What the literature says, by id; `version` changes whenever any cell does."""

    studies: dict[str, Study]
    conditions: dict[str, Condition]
    findings: dict[str, FindingDefinition]
    accuracy: tuple[Accuracy, ...]
    referral: tuple[Referral, ...]
    base_rates: tuple[BaseRate, ...]
    grades: tuple[Grade, ...]
    root_states: tuple[RootState, ...]
    priors: dict[str, Prior]
    exposures: tuple[Exposure, ...]
    clusters: dict[str, Cluster]
    correlated: dict[str, CorrelatedFinding]
    medicines: dict[str, Medicine]
    mechanism_criteria: dict[str, MechanismCriterion]
    mechanism_clusters: dict[str, MechanismCluster]
    red_flags: tuple[RedFlagRow, ...]
    red_flag_conditions: dict[str, RedFlagCondition]
    index_tests: dict[str, IndexTest]
    finding_tests: dict[str, FindingTest]
    test_contraindications: tuple[TestContraindication, ...]
    treatment_families: dict[str, TreatmentFamily]
    treatment_decisions: dict[str, TreatmentDecision]
    treatment_covers: tuple[TreatmentCover, ...]
    steroid_equivalents: dict[str, SteroidEquivalent]
    steroid_names: dict[str, SteroidName]
    steroid_hpa: tuple[SteroidSuppression, ...]
    osteonecrosis_bands: dict[str, OsteonecrosisBand]
    osteonecrosis_factors: dict[str, OsteonecrosisFactor]
    osteonecrosis_groups: tuple[OsteonecrosisGroup, ...]
    hip_oa_incidence: dict[str, HipOaIncidence]
    hip_oa_factors: dict[str, HipOaFactor]
    hip_oa_statements: dict[str, HipOaStatement]
    care: CareTables
    plan: PlanTables
    version: str

    @property
    def leaves(self) -> tuple[Condition, ...]:
        """The sources of pain that carry a prior, in table order."""
        return tuple(c for c in self.conditions.values() if not c.is_group)

    def members(self, group: str) -> tuple[str, ...]:
        """Ids of the leaves below a group; a leaf is its own only member."""
        if not self.conditions[group].is_group:
            return (group,)
        return tuple(c.id for c in self.leaves if group in c.parents)

    @property
    def correlation_groups(self) -> dict[str, tuple[CorrelatedFinding, ...]]:
        """The rows of each group of correlated findings, in table order."""
        groups: dict[str, tuple[CorrelatedFinding, ...]] = {}
        for row in self.correlated.values():
            groups[row.group_id] = (*groups.get(row.group_id, ()), row)
        return groups


@cache
def evidence() -> Evidence:
    """The tables of this package, read and checked once; raises InvalidEvidence."""
    loaded = Evidence(
        studies=_by("key", "studies", _parts("studies", Study)),
        conditions=_by("id", "conditions", read_table("conditions", Condition)),
        findings=_by("id", "findings", _parts("findings", FindingDefinition)),
        accuracy=tuple(_parts("accuracy", Accuracy)),
        referral=tuple(read_table("referral", Referral)),
        base_rates=tuple(_parts("base_rates", BaseRate)),
        grades=tuple(_parts("grades", Grade)),
        root_states=tuple(read_table("root_states", RootState)),
        priors=_by("condition_id", "priors", read_table("priors", Prior)),
        exposures=tuple(read_table("exposures", Exposure)),
        clusters=_by("id", "clusters", read_table("clusters", Cluster)),
        correlated=_by(
            "finding_id",
            "correlated_findings",
            read_table("correlated_findings", CorrelatedFinding),
        ),
        medicines=_by("name", "medicines", read_table("medicines", Medicine)),
        mechanism_criteria=_by(
            "finding_id", "mechanism", read_table("mechanism", MechanismCriterion)
        ),
        mechanism_clusters=_by(
            "mechanism", "mechanism_clusters", read_table("mechanism_clusters", MechanismCluster)
        ),
        red_flags=tuple(read_table("red_flags", RedFlagRow)),
        red_flag_conditions=_by(
            "id", "red_flag_conditions", read_table("red_flag_conditions", RedFlagCondition)
        ),
        index_tests=_by("id", "index_tests", read_table("index_tests", IndexTest)),
        finding_tests=_by("finding_id", "finding_tests", read_table("finding_tests", FindingTest)),
        test_contraindications=tuple(read_table("test_contraindications", TestContraindication)),
        treatment_families=_by(
            "id", "treatment_families", read_table("treatment_families", TreatmentFamily)
        ),
        treatment_decisions=_by(
            "condition_id",
            "treatment_decisions",
            read_table("treatment_decisions", TreatmentDecision),
        ),
        treatment_covers=tuple(read_table("treatment_covers", TreatmentCover)),
        steroid_equivalents=_by(
            "drug", "steroid_equivalents", read_table("steroid_equivalents", SteroidEquivalent)
        ),
        steroid_names=_by("name", "steroid_names", read_table("steroid_names", SteroidName)),
        steroid_hpa=tuple(read_table("steroid_hpa", SteroidSuppression)),
        osteonecrosis_bands=_by(
            "band", "osteonecrosis_bands", read_table("osteonecrosis_bands", OsteonecrosisBand)
        ),
        osteonecrosis_factors=_by(
            "finding_id",
            "osteonecrosis_factors",
            read_table("osteonecrosis_factors", OsteonecrosisFactor),
        ),
        osteonecrosis_groups=tuple(read_table("osteonecrosis_groups", OsteonecrosisGroup)),
        hip_oa_incidence=_by(
            "row_id", "hip_oa_incidence", read_table("hip_oa_incidence", HipOaIncidence)
        ),
        hip_oa_factors=_by("factor", "hip_oa_factors", read_table("hip_oa_factors", HipOaFactor)),
        hip_oa_statements=_by(
            "id", "hip_oa_statements", read_table("hip_oa_statements", HipOaStatement)
        ),
        plan=PlanTables.read(),
        care=CareTables.read(),
        version=content_version(),
    )
    problems = checks.problems(loaded)
    if problems:
        raise InvalidEvidence(f"{len(problems)} problem(s) in the tables; first: {problems[0]}")
    return loaded


def content_version() -> str:
    """First 12 hex digits of the SHA-256 over the tables, file names included."""
    digest = hashlib.sha256()
    for path in sorted(TABLES.iterdir(), key=lambda path: path.name):
        if path.name.endswith(".csv"):
            digest.update(path.name.encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _parts(name: str, row_type: type[Row]) -> list[Row]:
    """A table kept in several files of one shape: `accuracy.csv`, `accuracy_imaging.csv`..."""
    stems = sorted(path.name.removesuffix(".csv") for path in TABLES.iterdir())
    parts = [stem for stem in stems if stem == name or stem.startswith(f"{name}_")]
    return [row for part in parts for row in read_table(part, row_type)]


def _by(key: str, table: str, rows: Iterable[Row]) -> dict[str, Row]:
    found: dict[str, Row] = {}
    for row in rows:
        value: str = getattr(row, key)
        if value in found:
            raise InvalidEvidence(f"{table}: {value!r} stands twice")
        found[value] = row
    return found
