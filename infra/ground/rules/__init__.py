"""What every rule speaks in: findings, citations and limits. Pure: no Django."""

from infra.ground.rules.citation import OWN_PROVINCES, Citation, Limit
from infra.ground.rules.finding import Finding, Severity

__all__ = ["OWN_PROVINCES", "Citation", "Finding", "Limit", "Severity"]
