"""Lists that people come back to."""

import pytest

from tracker.errors import NotFound
from tracker.storage import Storage


def test_a_filter_is_kept_by_name_until_it_is_removed(storage: Storage) -> None:
    with storage.transaction() as tx:
        tx.saved_filters.save("Energy", "q=gaz")
        tx.saved_filters.save("Bridges", "q=pod&state=open")
        tx.saved_filters.save("Energy", "q=curent")
        found = tx.saved_filters.all()
        assert [(each.name, each.query) for each in found] == [
            ("Bridges", "q=pod&state=open"),
            ("Energy", "q=curent"),
        ]
        assert tx.saved_filters.get(found[0].id) == found[0]
        tx.saved_filters.remove(found[0].id)
        assert [each.name for each in tx.saved_filters.all()] == ["Energy"]
        with pytest.raises(NotFound):
            tx.saved_filters.remove(found[0].id)
        with pytest.raises(NotFound):
            tx.saved_filters.get(found[0].id)
