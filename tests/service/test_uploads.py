import pytest

from service.pages import uploads
from service.pages.uploads import HeldUploads
from service.resources.imports.upload import Upload


def test_an_upload_is_given_back_once() -> None:
    held = HeldUploads()
    token = held.hold(Upload("3w.csv", b"a,b"))
    assert held.take(token) == Upload("3w.csv", b"a,b")
    assert held.take(token) is None
    assert held.take("anything") is None


def test_the_oldest_make_room_for_the_newest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "HELD_BYTES", 10)
    held = HeldUploads()
    tokens = [held.hold(Upload(f"{n}.csv", b"x" * 4)) for n in range(3)]
    assert [held.take(token) is not None for token in tokens] == [False, True, True]
    largest = held.hold(Upload("largest.csv", b"x" * 100))
    assert held.take(largest) is not None


def test_an_upload_does_not_wait_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [1000.0]
    monkeypatch.setattr(uploads, "monotonic", lambda: clock[0])
    held = HeldUploads()
    token = held.hold(Upload("3w.csv", b""))
    clock[0] += uploads.HELD_SECONDS + 1
    assert held.take(token) is None
