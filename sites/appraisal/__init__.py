"""Appraisal of proposed positions."""
