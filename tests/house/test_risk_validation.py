"""docs/risk-validation.md says what the models of risk say today."""

from docs.build_risk_validation import OUT, page


def test_the_page_is_up_to_date() -> None:
    assert OUT.read_text(encoding="utf-8") == page(), "run python -m docs.build_risk_validation"
