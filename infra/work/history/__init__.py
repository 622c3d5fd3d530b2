"""History is the database's: who wrote, why, and through which door."""

from infra.work.history.context import because, written_by

__all__ = ["because", "written_by"]
