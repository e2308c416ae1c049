"""The index of the vocabulary, kept between runs: making it costs half a second.

It is a JSON file in the user's cache folder (XDG_CACHE_HOME, else ~/.cache), named after a hash
of the tables and of the code that reads words, so that a change of either makes a new one. It
holds words of the vocabulary only, nothing of patients. Where it cannot be read or written,
the index is made anew.
"""

import hashlib
import json
import os
from collections.abc import Mapping
from contextlib import suppress
from importlib.resources import files
from pathlib import Path
from typing import Any

from hipspine.evidence import FindingDefinition, evidence
from hipspine.findings.vocabulary_index import Entry, VocabularyIndex, build_index


def index_of_evidence() -> VocabularyIndex:
    """The index of hipspine's own vocabulary, from the cache if it is there."""
    vocabulary = evidence().findings
    path = cache_folder() / f"words-{_key()}.json"
    with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
        return from_data(json.loads(path.read_text(encoding="utf-8")), vocabulary)
    index = build_index(vocabulary)
    with suppress(OSError):
        _write(path, json.dumps(to_data(index), separators=(",", ":")))
    return index


def cache_folder() -> Path:
    """Where the index is kept."""
    root = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return Path(root) / "hipspine"


def _key() -> str:
    digest = hashlib.sha256(evidence().version.encode())
    for path in sorted(files("hipspine.findings").iterdir(), key=lambda path: path.name):
        if path.name.endswith(".py"):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _write(path: Path, text: str) -> None:
    """Whole or not at all, also when two runs write at once; older ones go."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}")
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)
    for other in path.parent.glob("words-*.json"):
        if other != path:
            other.unlink(missing_ok=True)


def to_data(index: VocabularyIndex) -> dict[str, Any]:
    """The index as plain lists and texts."""
    return {
        "known": sorted(index.known),
        "bags": {name: sorted(bag) for name, bag in index.bags.items()},
        "by_word": {
            word: [
                [
                    entry.definition.id,
                    sorted(entry.required),
                    sorted(entry.optional),
                    sorted(entry.modality),
                    entry.absent,
                    entry.neutral,
                    sorted(entry.removed),
                ]
                for entry in entries
            ]
            for word, entries in index.by_word.items()
        },
    }


def from_data(
    data: Mapping[str, Any], vocabulary: Mapping[str, FindingDefinition]
) -> VocabularyIndex:
    """The index that `to_data` was made of."""
    return VocabularyIndex(
        by_word={
            word: [
                Entry(
                    vocabulary[name],
                    frozenset(required),
                    frozenset(optional),
                    frozenset(modality),
                    absent,
                    neutral,
                    frozenset(removed),
                )
                for name, required, optional, modality, absent, neutral, removed in entries
            ]
            for word, entries in data["by_word"].items()
        },
        bags={name: frozenset(bag) for name, bag in data["bags"].items()},
        known=frozenset(data["known"]),
    )
