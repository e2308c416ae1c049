"""Posteriors of a whole cohort: approximate, tens of thousands of patients a second.

Patients are encoded once (`encode`) and then answered (`posterior_many`), compiled, in threads.
One patient's answer takes three steps:

1. Messages between findings and sources (loopy belief propagation) say which sources, and on
   which side, may be true. Alone they are off where strong sources compete for the same findings.
2. The most probable of them are enumerated together: every configuration that the messages do
   not make negligible gets its exact weight, the improbable sources standing at their means.
3. Those hear what each of the best configurations leaves unexplained.

Correlated findings are heard as one, at the published figures, as in `units`. The error against
the exact posterior is stated by `python -m benchmarks.batch` and held in tests.
"""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np

from hipspine.errors import HipspineError
from hipspine.findings.patient import Patient
from hipspine.pain_sources.batch_encoding import Encoded, Floats, encode

#: Patients that a thread takes at a time.
_AT_A_TIME = 1000


class Effort(NamedTuple):
    """How hard to look; the defaults are measured in `benchmarks.batch`.

    rounds of messages; at most `atoms` (a source on a side) are enumerated, those with odds by
    messages above `odds`; configurations with at least `least` of the largest weight that the
    odds to the power `temper` would give them, at most `most`; `best` of them hear what the
    other sources would add.
    """

    rounds: int = 1
    atoms: int = 14
    odds: float = 0.001
    least: float = 1e-3
    temper: float = 0.7
    most: int = 1500
    best: int = 16


def _compiled() -> Callable[..., None]:
    """The compiled part, imported only when it is needed."""
    try:
        from hipspine.pain_sources.batch_kernel import posteriors  # noqa: PLC0415
    except ModuleNotFoundError as missing:
        if missing.name != "numba":
            raise
        raise HipspineError(
            "posteriors of a cohort need numba, which is not installed; "
            "accepted: pip install 'hipspine[cohort]'"
        ) from None
    return posteriors


def posterior_many(
    patients: Iterable[Patient] | Encoded, effort: Effort | None = None, threads: int = 2
) -> Floats:
    """P(source true on any side), approximately, (N, leaves) in the order of `Network.leaves`.

    Needs numba (the extra `cohort`); the first call compiles for half a minute, then it is kept.
    """
    posteriors = _compiled()

    encoded = patients if isinstance(patients, Encoded) else encode(patients)
    count = len(encoded)
    found = np.empty((count, len(encoded.leaves)))

    def answer(first: int) -> None:
        rows = (first, min(first + _AT_A_TIME, count))
        posteriors(encoded.catalogue, encoded.told, rows, encoded.extent, effort or Effort(), found)

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(answer, range(0, count, _AT_A_TIME)))
    return found
