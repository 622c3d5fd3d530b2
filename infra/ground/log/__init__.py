"""What the application writes down about itself: one JSON object a line, never a secret."""

from infra.ground.log.context import bound, new_id, request_id

__all__ = ["bound", "new_id", "request_id"]
