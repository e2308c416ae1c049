"""Running a clinic: serving, backup, restore; the commands behind `hipspine clinic`."""

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    """No tables of its own."""

    name = "hipspine.clinic.operations"
    label = "operations"
