"""The front desk's day."""
