"""A page in one file: everything inlined, nothing fetched, no script but our own.

What runs is named by its hash in the content security policy, so no other script in the page can run. Text reaches the
page through the template, which escapes it, or through one block of data, which is no script and is written by
Jinja's ``tojson``: no ``<``, ``>`` or ``&`` in it, so it cannot end its element.
"""

from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256
from importlib.resources import files

from markupsafe import Markup


def static_text(path: str) -> str:
    """Return the text of one of our static files."""
    return files("visualisations").joinpath("static", path).read_text(encoding="utf-8")


def inlined(text: str) -> Markup:
    """Return one of our own static texts unescaped, for a ``<script>`` or ``<style>`` element."""
    return Markup(text)  # noqa: S704 - shipped with us and never holds data


def policy(*, scripts: Iterable[str], styles: Iterable[str]) -> str:
    """Return the content security policy of a page with exactly these inlined scripts and styles.

    A server adds ``frame-ancestors`` in a header: only there browsers obey it.
    """
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {' '.join(map(_hash, scripts))}",
            f"style-src {' '.join(map(_hash, styles))}",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
