"""The register of masts and stations."""
