"""Illustrative masts, stations, surveys and dossiers."""
