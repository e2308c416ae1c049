"""The app."""

from django.apps import AppConfig


class BookingConfig(AppConfig):
    """Appointments, and what they take."""

    name = "hipspine.clinic.booking"
    label = "booking"

    def ready(self) -> None:
        """Give the rooms below what they leave open: words, letters, who treats whom, erasure..."""
        from hipspine.clinic.booking import event_words  # noqa: F401, PLC0415
        from hipspine.clinic.booking.actions.corrected import write_again  # noqa: PLC0415
        from hipspine.clinic.booking.actions.forgetting import forget_bookings  # noqa: PLC0415
        from hipspine.clinic.booking.demonstration import make_bookings  # noqa: PLC0415
        from hipspine.clinic.booking.export import bookings_of, wishes_of  # noqa: PLC0415
        from hipspine.clinic.booking.selectors import (  # noqa: PLC0415
            has_appointment_with,
            zones_of_clinics,
        )
        from hipspine.clinic.chart import access, export, today  # noqa: PLC0415
        from hipspine.clinic.chart.actions import erasure, identity  # noqa: PLC0415
        from hipspine.clinic.operations.demonstration import PARTS  # noqa: PLC0415

        PARTS.append(make_bookings)
        access.TREATS.append(has_appointment_with)
        today.ZONES.append(zones_of_clinics)
        erasure.FORGET.append(forget_bookings)
        identity.EMAIL_CORRECTED.append(write_again)
        export.PARTS |= {"appointments": bookings_of, "waiting_list": wishes_of}
