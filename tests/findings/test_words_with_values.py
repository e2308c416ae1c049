"""The reader's arguments beside the words: present, value, side, stage; and odd input."""

import datetime
import subprocess
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hipspine.errors import InvalidFinding, InvalidInput
from hipspine.findings.words import PhraseReader, reader
from tests.findings.reading_table import expected, said
from tests.findings.small_vocabulary import SMALL_VOCABULARY

READER = PhraseReader(SMALL_VOCABULARY)


class TestPresent:
    def test_absent_turns_what_the_words_say(self) -> None:
        assert said(READER.read("groin pain", present=False)) == {"-pain_groin"}
        assert said(READER.read("normal reflexes", present=False)) == {"+reflex_impaired_any"}
        assert said(READER.read("fever or chills", present=False)) == {"-fever", "-chills"}

    def test_unknown_is_no_observation(self) -> None:
        reading = READER.read("groin pain", present=None)
        assert reading.observations == ()
        assert reading.ignored == "not told whether present or absent"

    def test_unknown_is_answered_by_words_or_value(self) -> None:
        assert said(READER.read("positive SLR", present=None)) == {"+slr"}
        assert said(READER.read("fever", present=None, value=37.0)) == {"-fever=37"}
        assert said(READER.read("CRP", present=None, value=80)) == {"+crp_raised=80"}


class TestIds:
    def test_an_id_is_its_finding(self) -> None:
        reading = READER.read("hip_ir_reduced", value="10 deg", side="left")
        assert said(reading) == {"+hip_ir_reduced(left)=10"}

    def test_an_unknown_id_names_its_neighbours(self) -> None:
        reading = READER.read("worse_siting")
        assert not reading.matched
        assert reading.suggestions[0] == "worse_sitting"

    def test_context_is_ignored_with_its_reason(self) -> None:
        assert READER.read("hypertension").ignored == "without bearing on the source"

    def test_an_id_stated_present_refuses_a_clearly_normal_value(self) -> None:
        with pytest.raises(InvalidFinding, match="crp_raised"):
            READER.read("crp_raised", value=3)


class TestValue:
    def test_number_in_the_units_of_the_vocabulary(self) -> None:
        assert said(READER.read("CRP", value="16.5 mg/dL")) == {"+crp_raised=165"}
        assert said(READER.read("CRP", value="16,5 mg/l")) == {"+crp_raised=16.5"}
        assert said(READER.read("hip internal rotation", value="30-40 degrees")) == {
            "-hip_ir_reduced=35"
        }

    def test_the_unit_of_a_bare_number_is_guessed_only_when_it_must_be(self) -> None:
        guessed = READER.read("haemoglobin", value=8.2)
        assert said(guessed) == {"+anaemia=82"}
        assert guessed.assumptions == ("anaemia: 8.2 read as g/dl",)
        assert READER.read("haemoglobin", value=82).assumptions == ()

    @pytest.mark.parametrize(
        ("phrase", "value", "message"),
        [
            ("CRP", "16.5 kg", "0 to 600 mg/L"),
            ("straight leg raise", 250, "0 to 120 deg"),
            ("temperature", "380 C", "33 to 43 degC"),
            ("groin pain", float("nan"), "a finite number"),
        ],
    )
    def test_impossible_value_is_refused_with_the_accepted_range(
        self, phrase: str, value: str | float, message: str
    ) -> None:
        with pytest.raises(InvalidInput, match=message):
            READER.read(phrase, value=value)

    def test_an_asserted_finding_refuses_a_clearly_contrary_value(self) -> None:
        with pytest.raises(InvalidFinding, match="fever: stated present"):
            READER.read("fever", value=36.5)
        with pytest.raises(InvalidFinding, match="crp_raised: stated present"):
            READER.read("raised CRP", value=3)
        with pytest.raises(InvalidFinding, match="fever: stated absent"):
            READER.read("fever", present=False, value=39.5)

    def test_a_value_near_the_threshold_stays_as_stated(self) -> None:
        assert said(READER.read("fever", value=37.6)) == {"+fever=37.6"}
        assert said(READER.read("fever", present=False, value=37.2)) == {"-fever=37.2"}
        assert said(READER.read("raised ESR", value=18)) == {
            "+esr_over_20=18",
            "-esr_over_50=18",
        }

    def test_a_provocation_test_is_as_stated_at_any_angle(self) -> None:
        assert said(READER.read("SLR", value=85)) == {"+slr=85"}
        assert said(READER.read("SLR", present=False, value=45)) == {"-slr=45"}

    @pytest.mark.parametrize(
        ("phrase", "value", "answer"),
        [
            ("ankle reflex", "absent", "+reflex_achilles"),
            ("ankle reflex", "normal", "-reflex_achilles"),
            ("ankle reflexes", "left absent, right normal", "+reflex_achilles(left), -reflex_achilles(right)"),
            ("weakness", "none", "-myotome_weakness_any"),
            ("FABER", "right", "+faber(right)"),
            ("SLR", "positive at 40 degrees", "+slr=40"),
            ("SLR", "equivocal", "+?slr"),
            ("SLR", "negative", "-slr"),
            ("sensation", "reduced L5", "+sens_foot_dorsum_l5"),
            ("lumbar MRI", "disc protrusion L4-5", "+mri_disc_herniation"),
            ("groin pain", "severe", "+pain_groin"),
            ("GT tenderness", "left more than right", "+gt_palpation(bilateral)"),
        ],
    )  # fmt: skip
    def test_plain_words_as_value(self, phrase: str, value: str, answer: str) -> None:
        assert said(READER.read(phrase, value=value)) == expected(answer)

    def test_an_absent_finding_is_not_denied_twice(self) -> None:
        assert said(READER.read("SLR", present=False, value="negative")) == {"-slr"}
        with pytest.raises(InvalidFinding, match="stated absent"):
            READER.read("SLR", present=False, value="positive")


class TestArguments:
    def test_stage_breaks_ties_and_stands_for_an_unsaid_modality(self) -> None:
        phrase = "femoral head osteonecrosis"
        assert said(READER.read(phrase, stage="imaging")) == {"+mri_avn"}
        assert not READER.read(phrase, stage="history").matched

    def test_the_side_argument_wins_over_the_words(self) -> None:
        assert said(READER.read("left groin pain", side="right")) == {"+pain_groin(right)"}

    def test_the_other_side_is_flagged(self) -> None:
        assert READER.read("hip replacement on the other side").other_side
        assert not READER.read("hip replacement").other_side

    def test_observations_keep_stage_date_and_words(self) -> None:
        day = datetime.date(2024, 5, 31)
        (observation,) = READER.read("groin pain", stage="history", date=day).observations
        assert (observation.stage, observation.date, observation.phrase) == (
            "history",
            day,
            "groin pain",
        )


class TestOddInput:
    @pytest.mark.parametrize("phrase", ["", " ", "🦴", "мри", "none", "???", "#0#", "_", "left"])
    def test_unintelligible_is_not_understood(self, phrase: str) -> None:
        assert not READER.read(phrase).matched

    @pytest.mark.parametrize("phrase", ["groin pain and " * 800, "x" * 10_000, "a, " * 4_000])
    def test_ten_thousand_characters_are_read_quickly(self, phrase: str) -> None:
        start = time.perf_counter()
        READER.read(phrase)
        assert time.perf_counter() - start < 0.5

    @settings(max_examples=300, deadline=None)
    @given(
        st.one_of(
            st.text(max_size=60),
            st.lists(
                st.sampled_from(
                    "no not left groin pain L4-5 3/5 and or , ( ) ? hip MRI 40° reflex absent "
                    "normal worse with sitting # _ > < + - % 10^9/L IV previous without".split()
                ),
                max_size=12,
            ).map(" ".join),
        ),
        st.sampled_from([True, False, None]),
        st.sampled_from([None, "", "absent", "3/5", "x", "left"]),
    )
    def test_no_text_raises_anything_but_invalid_input(
        self, phrase: str, present: bool | None, value: str | None
    ) -> None:
        try:
            READER.read(phrase, present=present, value=value)
        except InvalidInput as error:
            assert "\n" not in str(error)


def test_import_is_light() -> None:
    code = "import sys, hipspine.findings.words; print('numpy' in sys.modules, 'rapidfuzz' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]


class TestGradedValues:
    """With hipspine's own vocabulary: what a number says is kept with its bound."""

    @pytest.mark.parametrize(
        ("words", "value", "bound"),
        [
            ("CRP 80 mg/L", 80, ""),
            ("CRP > 100 mg/L", 100, ">"),
            ("CRP of at least 100 mg/L", 100, ">"),
            ("straight leg raise positive below 40 degrees", 40, "<"),
            ("great toe extension 4/5", 4, ""),
        ],
    )
    def test_a_bound_is_kept(self, words: str, value: float, bound: str) -> None:
        (observation,) = reader().read(words).observations
        assert (observation.value, observation.bound) == (value, bound)

    def test_full_strength_is_no_weakness(self) -> None:
        (toe,) = reader().read("great toe extension 5/5").observations
        assert not toe.present
        with pytest.raises(InvalidFinding, match="stated present, but its value is '5/5'"):
            reader().read("myo_great_toe_ext_l5", value="5/5")
        with pytest.raises(InvalidFinding, match="stated absent, but its value is '3/5'"):
            reader().read("myo_great_toe_ext_l5", present=False, value="3/5")

    @pytest.mark.parametrize(("relief", "value"), [("30 %", 30), ("less than 50 percent", 50)])
    def test_little_relief_is_a_negative_block(self, relief: str, value: float) -> None:
        (block,) = reader().read("block_hip_ia", present=True, value=relief).observations
        assert not block.present and block.value == value

    def test_a_negative_block_says_so(self) -> None:
        reading = reader().read("block_sij_75", present=True, value="60 %")
        assert reading.assumptions == (
            "block_sij_75: 60 percent relief counts as a negative block",
        )
