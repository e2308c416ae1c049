"""The tables of treatments: whole, cited, readable, and refused where they are wrong."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from hipspine.errors import InvalidEvidence
from hipspine.evidence import evidence
from hipspine.evidence.checks_of_plan import problems
from hipspine.plan import rules

#: What the brief of the plan names: each must be something that can be offered or refused.
NAMED = (
    "posture_training", "exercise_pt", "prp", "stem_cell", "ia_hip_steroid", "trochanteric_inj",
    "tendon_inj", "tpi", "esi_tf", "esi_il", "esi_caudal", "sij_inj", "mbb", "rfa_facet", "rfa_sij",
    "rfa_hip", "scs", "bvna", "watchful_waiting", "education", "weight_loss", "nsaid",
    "steroid_taper", "cane", "shoe_lift", "ref_hip_surgery", "ref_spine_surgery",
)  # fmt: skip


@pytest.mark.parametrize("treatment", NAMED)
def test_each_treatment_has_an_effect_or_says_that_none_is_known(treatment: str) -> None:
    plan = evidence().plan
    effects = [e for e in plan.effects.values() if treatment in e.treatments]
    assert effects or plan.treatments[treatment].no_effect_known


def test_every_rule_can_be_read() -> None:
    rules.check_rules()


def test_a_treatment_with_a_needle_has_gates_or_says_why_not() -> None:
    plan = evidence().plan
    gated = {t for gate in plan.gates.values() for t in gate.treatments}
    invasive = {t.id for t in plan.treatments.values() if t.invasiveness >= 2}
    # Hyaluronic acid in the hip is advised against altogether, so that no gate opens it.
    assert invasive - gated == {"ia_hip_ha"}


def test_stem_cells_say_that_they_are_not_approved() -> None:
    assert "Not approved by the FDA" in evidence().plan.treatments["stem_cell"].regulatory


def test_null_trials_are_shown_beside_the_others() -> None:
    """Saline did as well as platelet-rich plasma in the hip (60 people, 2024)."""
    words = [e.words for e in evidence().plan.effects.values() if "prp" in e.treatments]
    assert "no advantage over saline" in words


def test_every_conflict_names_both_sides_and_both_studies() -> None:
    for conflict in evidence().plan.conflicts.values():
        assert conflict.stricter != conflict.looser
        assert conflict.stricter_study and conflict.looser_study


def test_a_conflict_that_refuses_nothing_has_gates_or_limits_or_only_informs() -> None:
    plan = evidence().plan
    used = {g.conflict for g in plan.gates.values()} | {r.conflict for r in plan.limits.values()}
    silent = {c.id for c in plan.conflicts.values() if not c.stricter_refuses} - used
    # Read by the code of blood thinners, or shown without a consequence.
    assert silent == {"needle_bleeding_class", "doac_pause", "weight_loss_hip"}


def test_two_sides_of_a_conflict_have_one_gate_each() -> None:
    gates = evidence().plan.gates.values()
    for conflict in ("facet_blocks", "sij_rf_block", "lift_threshold"):
        assert {g.holds_for for g in gates if g.conflict == conflict} == {"stricter", "looser"}


Spoil = Callable[[Any], Any]


@pytest.mark.parametrize(
    ("table", "row", "spoil", "said"),
    [
        ("gates", "esi_imaging", lambda r: replace(r, study="nobody_1900"), "is not in studies"),
        ("gates", "esi_imaging", lambda r: replace(r, treatments=("esi",)), "not in treatments"),
        ("gates", "mbb_conservative", lambda r: replace(r, conflict="x"), "needs its conflict"),
        ("treatments", "cane", lambda r: replace(r, needle=True), "bleeding risk"),
        ("treatments", "cane", lambda r: replace(r, no_effect_known=""), "neither an effect"),
        ("treatments", "cane", lambda r: replace(r, targets=("hip",)), "not a source of pain"),
        ("treatments", "sij_inj", lambda r: replace(r, ledger_joints=()), "place in the ledger"),
        ("effects", "f001", lambda r: replace(r, low=-1.0), "is outside"),
        ("effects", "f001", lambda r: replace(r, value=None), "value or words"),
        ("contraindications", "scs_diathermy", lambda r: replace(r, kind="maybe"), "not one of"),
        ("limits", "hip_per_year", lambda r: replace(r, applies_to=("hips",)), "no treatment"),
    ],
)
def test_what_is_wrong_is_refused_by_name(table: str, row: str, spoil: Spoil, said: str) -> None:
    whole = evidence()
    rows = dict(getattr(whole.plan, table))
    rows[row] = spoil(rows[row])
    found = list(problems(replace(whole, plan=replace(whole.plan, **{table: rows}))))
    assert any(row in problem and said in problem for problem in found), found


def test_a_rule_outside_the_language_is_refused() -> None:
    with pytest.raises(InvalidEvidence, match="is not a finding"):
        rules.rule("value(steroid_moon) >= 3")
