"""Addresses of the chart; ids are random, no address names anyone."""

from django.urls import path

from hipspine.clinic.chart.views import desk, own, staff

app_name = "chart"
urlpatterns = [
    path("", staff.search, name="search"),
    path("new/", staff.add, name="add"),
    path("arrivals/", desk.arrivals, name="arrivals"),
    path("arrivals/<uuid:person_id>/", desk.arrival, name="arrival"),
    path("erasures/", desk.erasures, name="erasures"),
    path("erasures/<int:request_id>/", desk.decide_erasure, name="decide_erasure"),
    path("merges/<int:merge_id>/undo/", desk.undo_merge, name="undo_merge"),
    path("<uuid:patient_id>/", staff.patient, name="patient"),
    path("<uuid:patient_id>/change/", staff.change, name="change"),
    path("<uuid:patient_id>/reason/", staff.break_glass, name="break_glass"),
    path("<uuid:patient_id>/consent/", desk.consent, name="consent"),
    path("<uuid:patient_id>/account/", desk.link_account, name="link_account"),
    path("<uuid:patient_id>/merge/<uuid:duplicate_id>/", desk.merge, name="merge"),
    path("<uuid:patient_id>/findings/new/", staff.add_finding, name="add_finding"),
    path(
        "<uuid:patient_id>/findings/<int:finding_id>/withdraw/",
        staff.withdraw_finding,
        name="withdraw_finding",
    ),
    path("<uuid:patient_id>/mine/", own.my_data, name="my_data"),
    path("<uuid:patient_id>/mine/consent/", own.my_consent, name="my_consent"),
    path("<uuid:patient_id>/mine/who-looked/", own.who_looked, name="who_looked"),
    path("<uuid:patient_id>/mine/export/", own.export, name="export"),
    path("<uuid:patient_id>/mine/erasure/", own.ask_erasure, name="ask_erasure"),
]
