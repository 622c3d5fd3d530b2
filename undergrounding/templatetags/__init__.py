"""Template tags of undergrounding."""
