"""The app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Users, roles and the rule of every page."""

    name = "hipspine.clinic.accounts"
    label = "accounts"

    def ready(self) -> None:
        from hipspine.clinic.accounts import sign_in_events  # noqa: F401, PLC0415  (signals)
        from hipspine.clinic.web import plain_text  # noqa: PLC0415

        plain_text.install()
