"""The frame around every page: shell, API root, template tags, styles."""
