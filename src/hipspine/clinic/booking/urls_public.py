"""Addresses below /book/. Fixed words come first: no clinic is called held, mine or waiting."""

from django.urls import path

from hipspine.clinic.booking.views.public import choosing, finding, holding, own, waiting, who

app_name = "booking"
urlpatterns = [
    path("", finding.find, name="find"),
    path("held/<uuid:hold_id>/", holding.held, name="held"),
    path("held/<uuid:hold_id>/release/", holding.release, name="release"),
    path("mine/<str:token>/", own.mine, name="mine"),
    path("mine/<str:token>/visit.ics", own.calendar_file, name="calendar_file"),
    path("mine/<str:token>/move/", own.move, name="move"),
    path("mine/<str:token>/cancel/", own.cancel, name="cancel"),
    path("mine/<str:token>/who/", who.who, name="who"),
    path("waiting/<str:token>/", waiting.waiting, name="waiting"),
    path("<slug:location_slug>/", finding.location, name="location"),
    path("<slug:location_slug>/with/<slug:resource_slug>/", finding.clinician, name="clinician"),
    path("<slug:location_slug>/<slug:visit_slug>/", choosing.week, name="week"),
    path(
        "<slug:location_slug>/<slug:visit_slug>/waiting/",
        waiting.join_waiting,
        name="join_waiting",
    ),
]
