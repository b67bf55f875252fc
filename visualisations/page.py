"""A page that is one file: everything inlined, nothing fetched, no script but ours.

What runs is named by its hash in the content security policy, so nothing that slips into the page can run. Text reaches
the page through the template, which escapes it, or through one block of data, which is no script and is written by
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
    """Return one of our own static texts as it is, to stand inside a ``<script>`` or ``<style>`` element."""
    return Markup(text)  # noqa: S704 - shipped with us and never holds data


def policy(*, scripts: Iterable[str], styles: Iterable[str]) -> str:
    """Return the content security policy of a page that runs and wears exactly these inlined texts.

    A server adds ``frame-ancestors`` to it in a header, where alone that word counts.
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
