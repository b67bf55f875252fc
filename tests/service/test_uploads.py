import pytest

from service.pages import uploads
from service.pages.uploads import WaitingUploads
from service.resources.imports.upload import Upload


def test_an_upload_is_returned_once() -> None:
    waiting = WaitingUploads()
    token = waiting.add(Upload("3w.csv", b"a,b"))
    assert waiting.take(token) == Upload("3w.csv", b"a,b")
    assert waiting.take(token) is None
    assert waiting.take("anything") is None


def test_the_oldest_uploads_are_dropped_for_the_newest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "WAITING_BYTES", 10)
    waiting = WaitingUploads()
    tokens = [waiting.add(Upload(f"{n}.csv", b"x" * 4)) for n in range(3)]
    assert [waiting.take(token) is not None for token in tokens] == [False, True, True]
    largest = waiting.add(Upload("largest.csv", b"x" * 100))
    assert waiting.take(largest) is not None


def test_an_upload_expires(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [1000.0]
    monkeypatch.setattr(uploads, "monotonic", lambda: clock[0])
    waiting = WaitingUploads()
    token = waiting.add(Upload("3w.csv", b""))
    clock[0] += uploads.WAITING_SECONDS + 1
    assert waiting.take(token) is None
