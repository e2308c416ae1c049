"""The app."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Lowest of the clinic's apps: it knows no user and no patient, only pseudonyms."""

    name = "hipspine.clinic.audit"
    label = "audit"
