"""Uploaded files between their dry run and the user's decision."""

from collections import OrderedDict
from secrets import token_urlsafe
from threading import Lock
from time import monotonic

from service.resources.imports.upload import UPLOAD_BYTES, Upload

WAITING_BYTES = 2 * UPLOAD_BYTES
"""Memory for waiting files: two of the largest."""

WAITING_SECONDS = 30 * 60
"""How long a file waits: reading a long report takes a while."""


class WaitingUploads:
    """Uploads in memory, not in files, which would outlive the user's decision. Thread-safe."""

    def __init__(self) -> None:
        self._waiting: OrderedDict[str, tuple[float, Upload]] = OrderedDict()
        self._lock = Lock()

    def add(self, upload: Upload) -> str:
        """Keep ``upload`` and return its token. The oldest are dropped to make room."""
        token = token_urlsafe(16)
        with self._lock:
            self._waiting[token] = monotonic() + WAITING_SECONDS, upload
            while (
                sum(len(waiting.data) for _, waiting in self._waiting.values()) > WAITING_BYTES
                and len(self._waiting) > 1
            ):
                self._waiting.popitem(last=False)
        return token

    def take(self, token: str) -> Upload | None:
        """Return the upload and forget it; ``None`` for an unknown or expired token."""
        with self._lock:
            now = monotonic()
            for stale in [key for key, (until, _) in self._waiting.items() if until < now]:
                del self._waiting[stale]
            _, upload = self._waiting.pop(token, (0.0, None))
        return upload

    def _bytes(self) -> int:
        return sum(len(upload.data) for _, upload in self._waiting.values())
