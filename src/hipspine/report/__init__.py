"""How an assessment is shown: JSON and terminal text; knows no database."""
