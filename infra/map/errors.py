"""What a map request may be refused for; each message is a sentence for a person."""


class MapRefusedError(ValueError):
    """A map request that cannot be answered as asked (400)."""
