"""Declared transition tables and the one engine that fires them.

Import names from here only after Django's models are loaded (services, views, `ready()`).
"""
