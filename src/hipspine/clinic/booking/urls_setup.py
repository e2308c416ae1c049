"""Addresses below /setup/, for the administrator of the clinic."""

from django.urls import path

from hipspine.clinic.booking.views.setup import people, places, visit_types

app_name = "setup"
CLINIC = "clinics/<int:location_id>/"
HOLIDAY = f"{CLINIC}holidays/<int:row_id>/"
RESOURCE = "resources/<int:resource_id>/"
HOURS = f"{RESOURCE}hours/<int:row_id>/"
EXCEPTION = f"{RESOURCE}exceptions/<int:row_id>/"
VISIT_TYPE = "visits/<int:visit_type_id>/"
NEED = f"{VISIT_TYPE}needs/<int:row_id>/"
urlpatterns = [
    path("", places.home, name="home"),
    path("clinics/new/", places.add_location, name="add_location"),
    path(CLINIC, places.location, name="location"),
    path(f"{CLINIC}profile/", places.change_location, name="change_location"),
    path(f"{CLINIC}remove/", places.remove_location, name="remove_location"),
    path(f"{CLINIC}holidays/", places.holidays, name="holidays"),
    path(f"{CLINIC}holidays/new/", places.add_holiday, name="add_holiday"),
    path(HOLIDAY, places.change_holiday, name="change_holiday"),
    path(f"{HOLIDAY}remove/", places.remove_holiday, name="remove_holiday"),
    path(f"{CLINIC}resources/new/", people.add_resource, name="add_resource"),
    path(RESOURCE, people.resource, name="resource"),
    path(f"{RESOURCE}profile/", people.change_resource, name="change_resource"),
    path(f"{RESOURCE}remove/", people.remove_resource, name="remove_resource"),
    path(f"{RESOURCE}hours/new/", people.add_hours, name="add_hours"),
    path(HOURS, people.change_hours, name="change_hours"),
    path(f"{HOURS}remove/", people.remove_hours, name="remove_hours"),
    path(f"{RESOURCE}exceptions/new/", people.add_exception, name="add_exception"),
    path(EXCEPTION, people.change_exception, name="change_exception"),
    path(f"{EXCEPTION}remove/", people.remove_exception, name="remove_exception"),
    path(f"{CLINIC}visits/new/", visit_types.add_visit_type, name="add_visit_type"),
    path(VISIT_TYPE, visit_types.visit_type, name="visit_type"),
    path(f"{VISIT_TYPE}profile/", visit_types.change_visit_type, name="change_visit_type"),
    path(f"{VISIT_TYPE}remove/", visit_types.remove_visit_type, name="remove_visit_type"),
    path(f"{VISIT_TYPE}needs/new/", visit_types.add_need, name="add_need"),
    path(NEED, visit_types.change_need, name="change_need"),
    path(f"{NEED}remove/", visit_types.remove_need, name="remove_need"),
]
