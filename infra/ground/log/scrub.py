"""What must never stand in a log, taken out of whatever is about to be written there.

Nothing of ours writes such things on purpose; libraries, tracebacks and PostgreSQL's own words do.
"""

import re
from collections.abc import Sequence

GONE = "[…]"
_HIDDEN_NAMES = (
    r"\w*passw(?:or)?d\w*|\w*secret\w*|\w*token\w*|\w*api_?key\w*|mfa_encryption_key"
    r"|sessionid|csrftoken|otp|mat_khau"
)
_PATTERNS: Sequence[tuple[re.Pattern[str], str]] = (
    # The page that sets a new password: its address is the key.
    (re.compile(r"(/mat-khau/quen/)[^/\s\"']+-[^/\s\"']+"), rf"\1{GONE}"),
    (re.compile(r"(?i)((?:set-)?cookie[\"']?\s*[:=]\s*)[^\n]+"), rf"\1{GONE}"),
    (re.compile(r"(?i)\b(bearer|basic)\s+[\w.~+/=-]{6,}"), rf"\1 {GONE}"),
    (re.compile(r"(?i)(authorization[\"']?\s*[:=]\s*)[^\n]+"), rf"\1{GONE}"),
    (re.compile(r"(\w+://[^/\s:@]*:)[^/\s@]+@"), rf"\1{GONE}@"),
    (
        re.compile(
            rf"(?i)([\"']?\b(?:{_HIDDEN_NAMES})[\"']?\s*[=:]\s*)(?:\"[^\"]*\"|'[^']*'|[^\s,;&}}]+)"
        ),
        rf"\1{GONE}",
    ),
    # psycopg2 puts values into the statement, and PostgreSQL quotes it back.
    (re.compile(r"(\bLINE \d+: )[^\n]*"), rf"\1{GONE}"),
    (re.compile(r"(\bKey \([^)\n]*\)=)\([^\n]*\)"), rf"\1{GONE}"),
    (re.compile(r"(\bFailing row contains )\([^\n]*"), rf"\1{GONE}"),
    # Who it was is told by number.
    (re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), GONE),
)
SHORTEST_SECRET = 6  # a shorter one would be found in ordinary words


def scrub(text: str, secrets: Sequence[str] = ()) -> str:
    """The text without passwords, tokens, cookies, reset links, addresses and row values."""
    for secret in secrets:
        if len(secret) >= SHORTEST_SECRET:
            text = text.replace(secret, GONE)
    for pattern, instead in _PATTERNS:
        text = pattern.sub(instead, text)
    return text
