"""Surveys, grades and what a dangerous grade demands."""
