"""Scripts as a package, so that their parts can be imported and tested."""
