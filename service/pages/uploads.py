"""Files between their trial run and the yes or no of the person who chose them."""

from collections import OrderedDict
from secrets import token_urlsafe
from threading import Lock
from time import monotonic

from service.resources.imports.upload import UPLOAD_BYTES, Upload

HELD_BYTES = 2 * UPLOAD_BYTES
"""Memory for files that wait: two of the largest."""

HELD_SECONDS = 30 * 60
"""How long a file waits: reading a long report takes a while."""


class HeldUploads:
    """Uploads held in memory, not in files, which would outlive the person's decision. Safe among threads."""

    def __init__(self) -> None:
        self._held: OrderedDict[str, tuple[float, Upload]] = OrderedDict()
        self._lock = Lock()

    def hold(self, upload: Upload) -> str:
        """Keep ``upload`` and return the token that gives it back. The oldest make room."""
        token = token_urlsafe(16)
        with self._lock:
            self._held[token] = monotonic() + HELD_SECONDS, upload
            while sum(len(held.data) for _, held in self._held.values()) > HELD_BYTES and len(self._held) > 1:
                self._held.popitem(last=False)
        return token

    def take(self, token: str) -> Upload | None:
        """Return the upload and forget it; ``None`` if it is not held, or no longer."""
        with self._lock:
            now = monotonic()
            for stale in [key for key, (until, _) in self._held.items() if until < now]:
                del self._held[stale]
            _, upload = self._held.pop(token, (0.0, None))
        return upload
