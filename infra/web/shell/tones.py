"""The one colour scale of states: a word first, a tone second."""

# State value → tone of the chip; what is not named here is neutral.
TONES = {
    "draft": "neutral",
    "submitted": "active",
    "appraising": "active",
    "with_head": "active",
    "with_leader": "active",
    "with_committee": "active",
    "in_works": "active",
    "running": "active",
    "for_signature": "active",
    "proposed": "active",
    "queued": "neutral",
    "supplement_requested": "waiting",
    "withdrawal_requested": "waiting",
    "signed": "good",
    "issued": "good",
    "returned": "good",
    "approved": "good",
    "accepted": "good",
    "agreed": "good",
    "agreed_with_conditions": "good",
    "done": "good",
    "on_air": "good",
    "adjust": "waiting",
    "share": "waiting",
    "refused_at_intake": "bad",
    "not_agreed": "bad",
    "not_approved": "bad",
    "rejected": "bad",
    "failed": "bad",
    "abandoned": "bad",
    "withdrawn": "neutral",
    "replaced": "neutral",
    "cancelled": "neutral",
}


def tone_of(state: object) -> str:
    """neutral, active, waiting, good or bad."""
    return TONES.get(str(state), "neutral")
