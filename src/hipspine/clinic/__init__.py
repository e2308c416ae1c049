"""The clinic: a Django project, the only floor of the house with a database."""
