"""The app."""

from django.apps import AppConfig


class BookingConfig(AppConfig):
    """Appointments, and what they take."""

    name = "hipspine.clinic.booking"
    label = "booking"

    def ready(self) -> None:
        """Give the rooms below what they leave open: words, who treats whom."""
        from hipspine.clinic.booking import event_words  # noqa: F401, PLC0415
        from hipspine.clinic.booking.selectors import has_appointment_with  # noqa: PLC0415
        from hipspine.clinic.chart.access import TREATS  # noqa: PLC0415

        TREATS.append(has_appointment_with)
