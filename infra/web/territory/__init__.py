"""Pages of units and constraint layers, with their map."""
