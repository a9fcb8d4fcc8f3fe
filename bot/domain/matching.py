"""The best way to bring two and two together: a maximum-weight matching, solved by networkx.

As many pairs as can be made; among those ways, first the people who come first, then the weights.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import TypeAlias

Pair: TypeAlias = tuple[int, int]
NEAREST = 30
"""Partners looked at for each person: 300 people in half a second instead of four, and in all
trials the same sum as with every pair. Where it left anybody over, every pair is looked at."""


def best_pairs(weights: Mapping[Pair, int], first: Collection[int] = ()) -> list[Pair]:
    """Pairs out of those weighed, each number in at most one; ``first``: whoever must be in one
    if anybody can be. A pair that is not weighed is never made."""
    if not weights:
        return []
    people = {each for pair in weights for each in pair}
    near = _nearest(weights)
    found = _solved(near, first)
    if len(near) < len(weights) and 2 * len(found) < len(people) - 1:
        found = _solved(weights, first)
    return sorted(found)


def _nearest(weights: Mapping[Pair, int]) -> Mapping[Pair, int]:
    """The pairs that are among the best of either of the two."""
    of_each: dict[int, list[tuple[int, Pair]]] = defaultdict(list)
    for pair, weight in weights.items():
        for each in pair:
            of_each[each].append((weight, pair))
    kept = {
        pair
        for theirs in of_each.values()
        for _weight, pair in sorted(theirs, reverse=True)[:NEAREST]
    }
    return {pair: weight for pair, weight in weights.items() if pair in kept}


def _solved(weights: Mapping[Pair, int], first: Collection[int]) -> list[Pair]:
    import networkx  # noqa: PLC0415 - a hundred modules, only for who matches

    more = 1 + 2 * sum(abs(each) for each in weights.values())
    graph = networkx.Graph()
    for (one, other), weight in weights.items():
        ahead = (one in first) + (other in first)
        graph.add_edge(one, other, weight=weight + ahead * more)
    matched = networkx.max_weight_matching(graph, maxcardinality=True)
    return [(a, b) if (a, b) in weights else (b, a) for a, b in matched]
