"""Who may write which table, what is final, and the chain that shows whether it stayed so."""

from infra.work.seals.grants import Grant, register_grants

__all__ = ["Grant", "register_grants"]
