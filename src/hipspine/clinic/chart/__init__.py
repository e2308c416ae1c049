"""The patients: who they are, what they agreed to, what was found."""
