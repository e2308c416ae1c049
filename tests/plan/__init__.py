"""Tests of the plan of care."""
