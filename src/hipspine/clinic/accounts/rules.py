"""The rules of pages that are not ours: allauth's and Django's, by URL name."""

from hipspine.clinic.accounts.access import PUBLIC, Access
from hipspine.clinic.accounts.roles import PEOPLE

_EVERYONE = Access(frozenset({PUBLIC}))
_PEOPLE = Access(frozenset(map(str, PEOPLE)))

RULES: dict[str, Access] = dict.fromkeys(
    (
        "set_language",
        "account_login",
        "account_logout",
        "account_inactive",
        "account_signup",
        "account_email_verification_sent",
        "account_reset_password",
        "account_confirm_login_code",
        "account_request_login_code",
        "account_confirm_password_reset_code",
        "account_complete_password_reset",
        "account_password_reset_completed",
        "mfa_authenticate",
        "mfa_login_webauthn",
    ),
    _EVERYONE,
) | dict.fromkeys(
    (
        "account_reauthenticate",
        "account_email",
        "account_change_password",
        "account_set_password",
        "mfa_index",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "mfa_activate_totp",
        "mfa_deactivate_totp",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_download_recovery_codes",
        "mfa_list_webauthn",
        "mfa_add_webauthn",
        "mfa_remove_webauthn",  # allauth shows a user only their own keys
        "mfa_edit_webauthn",
    ),
    _PEOPLE,
)

#: What staff may open before they have a second factor: the pages on which they set it up.
BEFORE_SECOND_FACTOR = frozenset(
    name
    for name in RULES
    if name.startswith(("mfa_", "account_reauth", "account_log", "set_lang", "account_email"))
)
