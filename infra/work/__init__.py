"""What runs beside the pages: background jobs, history, health."""
