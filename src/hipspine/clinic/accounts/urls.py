"""Addresses of the account and of the auditor."""

from django.urls import path

from hipspine.clinic.accounts import views

app_name = "accounts"
urlpatterns = [
    path("", views.account, name="account"),
    path("again/", views.sign_in_again, name="sign_in_again"),
    path("events/", views.events, name="events"),
    path("events/verification/", views.verification, name="verification"),
]
