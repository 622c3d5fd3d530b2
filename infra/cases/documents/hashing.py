"""The content hash: SHA-256 of the canonical JSON of frozen context and template version."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from infra.cases.documents.catalogue import form_of


def content_hash(template: str, context: Mapping[str, Any], subject: str) -> str:
    """64 hexadecimal digits, the same for the same words whatever the order of keys."""
    content = {
        "template": template,
        "version": form_of(template).version,
        "subject": subject,
        "context": context,
    }
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()
