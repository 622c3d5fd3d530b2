"""Coordinates, measuring, and the territory on any day."""
