"""Illustrative routes and cost rates."""
