"""A case from draft to result: workflow, clock, documents, dossiers."""
