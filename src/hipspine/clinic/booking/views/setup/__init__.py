"""The clinic administrator sets up places, people, hours and kinds of visit."""
