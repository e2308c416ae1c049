"""Every address of the clinic."""

from allauth.account import urls as account_urls
from allauth.mfa import urls as mfa_urls
from django.urls import include, path
from django.views.i18n import set_language

from hipspine.clinic.booking import api
from hipspine.clinic.chart.views.home import home
from hipspine.clinic.web import errors, health

urlpatterns = [
    path("", home, name="home"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("language/", set_language, name="set_language"),
    path("account/", include(account_urls)),
    path("account/2fa/", include(mfa_urls)),
    path("me/", include("hipspine.clinic.accounts.urls")),
    path("patients/", include("hipspine.clinic.chart.urls")),
    path("book/", include("hipspine.clinic.booking.urls_public")),
    path("desk/", include("hipspine.clinic.booking.urls_desk")),
    path("setup/", include("hipspine.clinic.booking.urls_setup")),
    path("smart-scheduling/", include("hipspine.clinic.booking.urls_feeds")),
    path("api/", api.urls()),
]
handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler429 = errors.too_many  # allauth's limits ask for it
handler500 = errors.server_error
