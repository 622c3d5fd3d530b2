"""A mail server for tests: what it took is in `django.core.mail.outbox`."""

from django.core.mail.backends.locmem import EmailBackend


class OutboxBackend(EmailBackend):
    """Counts as a real way of sending, which Django's own locmem does not."""
