"""Addresses below /smart-scheduling/: free times for machines."""

from django.urls import path

from hipspine.clinic.booking.views import feeds

app_name = "scheduling"
urlpatterns = [
    path("$bulk-publish", feeds.manifest, name="manifest"),
    path("locations.ndjson", feeds.locations, name="locations"),
    path("schedules.ndjson", feeds.schedules, name="schedules"),
    path("slots/<slug:location_slug>.ndjson", feeds.slots, name="slots"),
]
