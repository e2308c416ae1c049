"""Migrations; made by Django, read from top to bottom."""
