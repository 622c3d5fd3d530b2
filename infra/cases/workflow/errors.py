"""What the engine says no with; statuses stand in `infra.ground.errors`."""

from infra.ground.errors import Forbidden, NotThere, Refused
from infra.ground.versions import StaleVersion

__all__ = ["StaleVersion", "TransitionForbidden", "TransitionRefused", "UnknownTransition"]


class UnknownTransition(NotThere):
    """The workflow has no transition or target of this name."""

    code = "unknown_transition"


class TransitionForbidden(Forbidden):
    """The person sees the target, but this step is not theirs."""

    code = "transition_forbidden"


class TransitionRefused(Refused):
    """The step is the person's, but something hinders it."""

    code = "transition_refused"
