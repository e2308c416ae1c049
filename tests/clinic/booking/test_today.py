"""An evening at the clinic is not yet tomorrow, whatever the clock of the server says."""

from datetime import UTC, datetime

import pytest

from hipspine.clinic.chart.forms import FindingForm
from hipspine.clinic.chart.today import today
from tests.clinic.booking.clinic_for_tests import make_clinic, the_time_is

pytestmark = pytest.mark.django_db
NINE_IN_THE_EVENING = datetime(2027, 1, 13, 3, 0, tzinfo=UTC)  # of the 12th, in Chicago


def test_today_is_the_day_of_the_clinic():
    with the_time_is(NINE_IN_THE_EVENING):
        assert str(today()) == "2027-01-13"  # no clinic yet: UTC
        make_clinic()
        assert str(today()) == "2027-01-12"
        make_clinic("Asia/Tokyo", "far")
        assert str(today()) == "2027-01-12"


def test_nothing_is_observed_tomorrow():
    make_clinic()
    with the_time_is(NINE_IN_THE_EVENING):
        form = FindingForm({"finding": "slr", "present": "yes", "observed_on": "2027-01-13"})
        assert "observed_on" in form.errors
        assert str(FindingForm().get_initial_for_field(FindingForm.base_fields["observed_on"],
                                                       "observed_on")) == "2027-01-12"  # fmt: skip
