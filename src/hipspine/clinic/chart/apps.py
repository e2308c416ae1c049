"""The app."""

from django.apps import AppConfig


class ChartConfig(AppConfig):
    """Patients and what is known about them."""

    name = "hipspine.clinic.chart"
    label = "chart"
