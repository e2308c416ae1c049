"""What to do for this patient: treatments, gates, contraindications, the plan of care."""
