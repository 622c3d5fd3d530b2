"""What the engine says no with; statuses stand in `infra.ground.errors`."""

from infra.ground.errors import Conflict, Forbidden, NotThere, Refused


class UnknownTransition(NotThere):
    """The workflow has no transition or target of this name."""

    code = "unknown_transition"


class StaleVersion(Conflict):
    """Somebody changed the target after this person opened it; the sentence names who and when."""

    code = "stale_version"


class TransitionForbidden(Forbidden):
    """The person sees the target, but this step is not theirs."""

    code = "transition_forbidden"


class TransitionRefused(Refused):
    """The step is the person's, but something hinders it."""

    code = "transition_refused"
