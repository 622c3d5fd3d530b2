"""Importing registers of masts and lists of sectors."""
