"""The search is measured against the shared directory and its scored queries, where they are."""

from pathlib import Path

import pytest

from tests.search_quality import DATA, directory, ours, plain, rows_of, score

pytestmark = pytest.mark.skipif(
    not DATA.is_dir(), reason="the shared directory of 20,000 alumni is not beside the project"
)


def test_search_beats_plain_full_text_search_on_every_kind_of_query(tmp_path: Path) -> None:
    """The aim is 0.82 / 0.95; the floor leaves room for a change of taste, not for a break."""
    rows = rows_of(DATA / "alumni.csv")
    with directory(rows, tmp_path) as store:
        snowball = score(ours(store), tmp_path)
    with plain(rows) as ask:
        full_text = score(ask, tmp_path)
    for kind, figures in snowball.items():
        assert figures["ndcg10"] > full_text[kind]["ndcg10"], kind
    assert snowball["ALL"]["ndcg10"] >= 0.82
    assert snowball["ALL"]["success5"] >= 0.95
    assert snowball["ALL"]["adjacency10"] >= 0.9
