"""Every attribution model, once more and plainly: lists, dictionaries and a dense matrix.

A journey is a list of contacts in order of time. Credits are shares of one conversion, one for each
of its contacts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations, groupby, pairwise
from math import factorial

import numpy as np

HALF_LIFE_DAYS = 7
SHARES = {
    "first_touch": (1.0, 0.0, 0.0, 0.0),
    "last_touch": (0.0, 0.0, 1.0, 0.0),
    "position_based": (0.4, 0.0, 0.4, 0.2),
    "w_shaped": (0.3, 0.3, 0.3, 0.1),
}  # first, lead, last, all others together


@dataclass(frozen=True)
class Journey:
    """Contacts that ended in a conversion, or did not.

    ages    days from each contact to the end
    lead    which contact made the customer a lead
    """

    channels: tuple[str, ...]
    ages: tuple[float, ...]
    is_converted: bool
    lead: int | None = None


def credited(
    journey: Journey, journeys: Sequence[Journey], direct: str
) -> dict[str, tuple[float, ...]]:
    """The credits of a converted journey under each model, seen among all `journeys`."""
    removal = removal_effects(journeys)
    weights = {
        **{model: _by_position(journey, *shares) for model, shares in SHARES.items()},
        "last_non_direct": _last_non_direct(journey, direct),
        "linear": [1.0] * len(journey.channels),
        "time_decay": [0.5 ** (age / HALF_LIFE_DAYS) for age in journey.ages],
        "markov": [removal[channel] for channel in journey.channels],
        "shapley": [1 / Counter(journey.channels)[channel] for channel in journey.channels],
        "fractribution": _left_out(journey, journeys),
    }
    return {model: _normalised(given) for model, given in weights.items()}


def _normalised(weights: Sequence[float]) -> tuple[float, ...]:
    total = sum(weights)
    if total == 0:
        return (0.0,) * (len(weights) - 1) + (1.0,)
    return tuple(weight / total for weight in weights)


def _by_position(
    journey: Journey, first: float, lead: float, last: float, others: float
) -> list[float]:
    count = len(journey.channels)
    weights = [0.0] * count
    named = {0: first, count - 1: last}
    weights[0] += first
    weights[-1] += last
    if journey.lead is not None and lead > 0:
        weights[journey.lead] += lead
        named[journey.lead] = lead
    rest = [n for n in range(count) if n not in named]
    for n in rest:
        weights[n] = others / len(rest)
    return weights


def _last_non_direct(journey: Journey, direct: str) -> list[float]:
    candidates = [n for n, channel in enumerate(journey.channels) if channel != direct]
    chosen = candidates[-1] if candidates else len(journey.channels) - 1
    return [float(n == chosen) for n in range(len(journey.channels))]


def _left_out(journey: Journey, journeys: Sequence[Journey]) -> list[float]:
    """What the path loses without each of its channels, repeats of a channel being one."""
    runs = [(channel, len(list(run))) for channel, run in groupby(journey.channels)]
    path = tuple(channel for channel, _ in runs)
    whole = _rate(path, journeys)
    weights = []
    for n, (_, length) in enumerate(runs):
        without = path[:n] + path[n + 1 :]
        gain = whole - (_rate(without, journeys) if without else 0.0)
        weights += [max(gain, 0.0) / length] * length
    return weights


def _rate(path: tuple[str, ...], journeys: Sequence[Journey]) -> float:
    same = [
        j.is_converted
        for j in journeys
        if tuple(channel for channel, _ in groupby(j.channels)) == path
    ]
    return sum(same) / len(same) if same else 0.0


def removal_effects(journeys: Sequence[Journey]) -> dict[str, float]:
    """1 - P(conversion without the channel) / P(conversion), by a linear solve for each removal."""
    states = ["(start)", *sorted({channel for j in journeys for channel in j.channels})]
    index = {state: n for n, state in enumerate(states)}
    counts = np.zeros((len(states), len(states) + 2))
    for journey in journeys:
        steps = [index["(start)"], *(index[channel] for channel in journey.channels)]
        steps.append(len(states) + (0 if journey.is_converted else 1))
        for one, other in pairwise(steps):
            counts[one, other] += 1
    probabilities = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    whole = _conversion_probability(probabilities, removed=None)
    return {
        state: 1 - _conversion_probability(probabilities, removed=n) / whole if whole else 0.0
        for n, state in enumerate(states)
        if n > 0
    }


def _conversion_probability(probabilities: np.ndarray, removed: int | None) -> float:
    count = probabilities.shape[0]
    steps, ends = probabilities[:, :count].copy(), probabilities[:, count].copy()
    if removed is not None:
        steps[:, removed] = 0
        steps[removed, :] = 0
        ends[removed] = 0
    return float(np.linalg.solve(np.eye(count) - steps, ends)[0])


def shapley_values(journeys: Sequence[Journey]) -> dict[str, float]:
    """Shapley (1953) over all coalitions; a coalition is worth the conversions it suffices for."""
    converted = [frozenset(j.channels) for j in journeys if j.is_converted]
    players = sorted({channel for channels in converted for channel in channels})

    def worth(coalition: frozenset[str]) -> int:
        return sum(channels <= coalition for channels in converted)

    return {player: _shapley(player, players, worth) for player in players}


def _shapley(player: str, players: Sequence[str], worth: Callable[[frozenset[str]], int]) -> float:
    others = [other for other in players if other != player]
    count = len(players)
    return sum(
        factorial(size)
        * factorial(count - size - 1)
        / factorial(count)
        * (worth(frozenset(chosen) | {player}) - worth(frozenset(chosen)))
        for size in range(count)
        for chosen in combinations(others, size)
    )
