"""What every page shares: log, limits, errors, health, form fields; it knows no patient."""
