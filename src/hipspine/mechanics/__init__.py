"""Posture to forces: what each hip and the lumbar spine carry."""
