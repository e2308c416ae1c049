"""Addresses below /desk/."""

from django.urls import path

from hipspine.clinic.booking.views.desk import booking, changing, day, waiting, walk_in

app_name = "desk"
urlpatterns = [
    path("day/", day.day, name="day"),
    path("week/", day.week, name="week"),
    path("sheet/", day.sheet, name="sheet"),
    path("book/", booking.book, name="book"),
    path("walk-in/", walk_in.walk_in, name="walk_in"),
    path("visits/<uuid:appointment_id>/", changing.visit, name="visit"),
    path("visits/<uuid:appointment_id>/mark/", changing.mark, name="mark"),
    path("visits/<uuid:appointment_id>/move/", changing.move, name="move"),
    path("visits/<uuid:appointment_id>/cancel/", changing.cancel, name="cancel"),
    path("waiting/", waiting.waiting, name="waiting"),
    path("waiting/new/", waiting.add, name="add_waiting"),
    path("waiting/<uuid:entry_id>/offer/", waiting.offer, name="offer"),
    path("waiting/<uuid:entry_id>/answer/", waiting.answer, name="answer_waiting"),
]
