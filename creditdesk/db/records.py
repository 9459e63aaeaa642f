"""Digests that tell whether a kept record is as it was kept."""

import hashlib
import json
from collections.abc import Mapping


def kept_digest(inputs: Mapping[str, object], result: Mapping[str, object]) -> str:
    """SHA-256 of a kept calculation's inputs and result, whatever the order of their keys."""
    text = json.dumps([inputs, result], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
