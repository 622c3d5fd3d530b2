"""How pages and their files travel: hashed and compressed files, compressed answers, bundles."""
