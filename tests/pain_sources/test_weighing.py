"""Every statement about a patient is weighed once, however often it is told.

What is counted twice is believed too firmly: "weak great toe" and "weakness" are one fact, so
are three positive provocation tests and the cluster of three that sums them up.
"""

import itertools
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hipspine.evidence import evidence
from hipspine.findings.model import Findings, Observation
from hipspine.findings.patient import Patient
from hipspine.pain_sources.differential import differential
from hipspine.pain_sources.network import network
from hipspine.pain_sources.prior import prior_of
from hipspine.pain_sources.weighing import Weighed, weigh

GREAT_TOE, WEAKNESS = "myo_great_toe_ext_l5", "myotome_weakness_any"
SIJ_TESTS = ("distraction_sij", "thigh_thrust", "compression_sij", "gaenslen", "sacral_thrust")


def weighed(*told: Observation) -> tuple[Weighed, ...]:
    return weigh(Findings(told), network())


def names(*told: Observation) -> set[str]:
    """`-` in front of what is absent."""
    return {w.finding if w.present else f"-{w.finding}" for w in weighed(*told)}


def yes(finding: str, side: str | None = None, certainty: str = "definite") -> Observation:
    return Observation(finding, True, side, certainty=certainty)  # type: ignore[arg-type]


def no(finding: str, side: str | None = None) -> Observation:
    return Observation(finding, False, side)  # type: ignore[arg-type]


def test_a_specific_finding_replaces_its_general_one() -> None:
    """A weak great toe is a weakness, and any weakness is a deficit: the great toe speaks."""
    told = (yes(GREAT_TOE, "left"), yes(WEAKNESS, "left"), yes("neuro_deficit_any"))
    assert names(*told) == {GREAT_TOE}
    assert names(*told[1:]) == {WEAKNESS}, "the most specific of what was told"


def test_a_general_denial_replaces_specific_denials() -> None:
    """ "No deficit" already says that strength and reflexes are normal."""
    told = (no("neuro_deficit_any"), no("reflex_achilles"), no(GREAT_TOE))
    assert names(*told) == {"-neuro_deficit_any"}
    assert names(*told[1:]) == {"-reflex_achilles", f"-{GREAT_TOE}"}, "neither implies the other"


def test_a_denied_detail_leaves_the_general_finding_standing() -> None:
    """Weak, but not in the great toe: two facts."""
    assert names(yes(WEAKNESS), no(GREAT_TOE)) == {WEAKNESS, f"-{GREAT_TOE}"}


def test_without_figures_of_its_own_a_finding_speaks_through_a_general_one() -> None:
    """Clonus has no figures: it counts as a sign of the upper motor neurone, and two such once."""
    (clonus,) = weighed(yes("clonus"))
    assert (clonus.finding, clonus.model) == ("clonus", "umn_signs")
    assert len(weighed(yes("clonus"), yes("babinski_positive"))) == 1
    assert weighed(no("clonus")) == (), "without clonus there may be other such signs"


def test_items_that_decide_a_cluster_speak_for_themselves() -> None:
    """Three positive tests make the cluster of three; four negative of six exclude it."""
    positive = [yes(test) for test in SIJ_TESTS[:3]]
    assert names(yes("sij_cluster_3"), *positive) == set(SIJ_TESTS[:3])
    negative = [no(test) for test in SIJ_TESTS[:4]]
    assert names(no("sij_cluster_3"), *negative) == {f"-{test}" for test in SIJ_TESTS[:4]}


def test_a_cluster_speaks_when_its_items_do_not_decide_it() -> None:
    """With two of six known, "cluster positive" says more than they do; the slump test stays."""
    told = (yes("sij_cluster_3"), yes("thigh_thrust"), yes("gaenslen"), yes("slump"))
    assert names(*told) == {"sij_cluster_3", "slump"}


CLUSTERS = evidence().clusters


@pytest.mark.parametrize("name", CLUSTERS)
def test_a_published_cluster_told_alone_is_weighed(name: str) -> None:
    (entry,) = weighed(yes(name))
    assert entry.finding == name


@pytest.mark.parametrize("name", CLUSTERS)
@pytest.mark.parametrize("present", [True, False])
def test_a_cluster_or_its_items_but_never_both(name: str, present: bool) -> None:
    """Every cluster, its items told one after the other: at first the cluster speaks alone,
    from the item that decides it on the items speak alone."""
    cluster = CLUSTERS[name]
    for known in range(1, len(cluster.items) + 1):
        items = [Observation(item, present) for item in cluster.items[:known]]
        counted = {w.finding for w in weighed(Observation(name, True, None), *items)}
        unknown = len(cluster.items) - known
        decided = known >= cluster.minimum if present else unknown < cluster.minimum
        assert (name in counted) is not decided
        assert decided or counted == {name}, "what the cluster sums up is not counted beside it"


@pytest.mark.parametrize("name", CLUSTERS)
def test_a_denied_cluster_is_not_counted_beside_its_items(name: str) -> None:
    first, *_ = CLUSTERS[name].items
    counted = {w.finding for w in weighed(no(name), no(first))}
    assert not {name, first} <= counted


ALTMAN = CLUSTERS["altman_clinical"].items


@pytest.mark.parametrize("known", list(itertools.product((True, False, None), repeat=4)))
def test_items_decide_a_cluster_when_nothing_unknown_can_change_it(
    known: tuple[bool | None, ...],
) -> None:
    """Two of Altman's items: complete what is unknown in every way; if the answer can still be
    yes and no, the items do not decide."""
    ways = itertools.product(*((k,) if k is not None else (True, False) for k in known))
    decided = len({sum(way) >= 2 for way in ways}) == 1
    items = [Observation(i, k) for i, k in zip(ALTMAN, known, strict=True) if k is not None]
    counted = {w.finding for w in weighed(yes("altman_clinical"), *items)}
    assert counted == ({item.finding for item in items} if decided else {"altman_clinical"})


def test_an_item_shown_by_a_more_specific_finding_is_an_item() -> None:
    """FABER that hurts at the back is a FABER, P4 is a thigh thrust, a shopping-cart sign is
    relief on bending: beside the cluster they are not counted."""
    assert names(yes("sij_cluster_3"), yes("faber_posterior_pain"), yes("p4_test")) == {
        "sij_cluster_3"
    }
    assert names(yes("neurogenic_claudication"), yes("shopping_cart_sign")) == {
        "neurogenic_claudication"
    }


def test_p4_and_thigh_thrust_are_one_test() -> None:
    assert names(yes("p4_test"), yes("thigh_thrust")) == {"p4_test"}


def test_a_normal_hip_sums_up_the_negative_tests_of_its_own_side() -> None:
    told = (yes("hip_exam_normal", "left"), no("log_roll", "left"), yes("fadir", "right"))
    assert names(*told) == {"hip_exam_normal", "fadir"}


def test_a_criterion_denied_denies_the_stricter_one() -> None:
    """Not two of the Berlin items, so not three: one fact."""
    assert names(no("berlin_ibp_2of4"), no("berlin_ibp_3of4")) == {"-berlin_ibp_2of4"}
    assert names(no("sutlive_3of5"), no("sutlive_5of5")) == {"-sutlive_3of5"}


def test_equivocal_is_not_weighed() -> None:
    """... and does not decide a cluster or replace a general finding either."""
    assert weighed(yes("slump", certainty="equivocal")) == ()
    assert names(yes(GREAT_TOE, certainty="equivocal"), yes(WEAKNESS)) == {WEAKNESS}
    unsure = [yes(test, certainty="equivocal") for test in SIJ_TESTS[:3]]
    assert names(yes("sij_cluster_3"), *unsure) == {"sij_cluster_3"}


def test_possible_counts_for_three_quarters() -> None:
    (entry,) = weighed(yes("slump", certainty="possible"))
    assert entry.sure == 0.75
    assert weighed(yes("slump"))[0].sure == 1.0


def test_possible_moves_less_than_definite() -> None:
    """Sure with s, the odds rise by (s p + (1-s)(1-p)) / (s q + (1-s)(1-q)): less than by p / q."""

    def s1(*told: Observation) -> float:
        net = network()
        found = differential(net, prior_of(Patient("x"))[None, :], weighed(*told))
        return float(found.probability[0][net.leaves.index("radiculopathy_s1")])

    ankle_jerk = "reflex_achilles"
    assert s1() < s1(yes(ankle_jerk, certainty="possible")) < s1(yes(ankle_jerk))


def test_left_and_right_become_both() -> None:
    """One fact about both sides, whether told as two or as bilateral."""
    for told in ((yes("slump", "left"), yes("slump", "right")), (yes("slump", "bilateral"),)):
        (entry,) = weighed(*told)
        assert (entry.finding, entry.where) == ("slump", "both")


def test_each_side_keeps_its_own_answer() -> None:
    entries = weighed(yes("slump", "left"), no("slump", "right"))
    assert {(w.where, w.present) for w in entries} == {("left", True), ("right", False)}


def test_a_finding_without_sides_has_none() -> None:
    """Fever on the left is a slip of the pen."""
    assert [w.where for w in weighed(yes("fever", "left"))] == ["unknown"]
    assert [w.where for w in weighed(yes("slump"))] == ["unknown"]


STATEMENTS = st.builds(
    Observation,
    st.sampled_from(
        [*SIJ_TESTS, "faber", "sij_cluster_3", GREAT_TOE, WEAKNESS, "neuro_deficit_any", "slump"]
    ),
    st.booleans(),
    st.sampled_from([None, "left", "right", "bilateral"]),
    certainty=st.sampled_from(["definite", "possible", "equivocal"]),
)


@settings(deadline=None)
@given(st.lists(STATEMENTS, max_size=8), st.data())
def test_the_order_of_telling_changes_nothing(told: list[Observation], data: st.DataObject) -> None:
    """Repeats included; only nobody contradicts himself about one finding."""
    answers = {o.finding: o.present for o in told}
    agreed = [replace(o, present=answers[o.finding]) for o in told]
    assert weighed(*agreed) == weighed(*data.draw(st.permutations(agreed)))


def test_an_item_that_implies_its_own_cluster_is_not_dropped_with_it() -> None:
    """Urinary retention is a sign of cauda equina compression: the sign speaks, not the list."""
    findings = Findings([Observation("urinary_retention", True)])
    assert {entry.finding for entry in weigh(findings, network())} == {"urinary_retention"}
