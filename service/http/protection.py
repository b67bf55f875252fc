"""Protection of the data from other web sites, and from hostile text that reaches our own pages.

There is no login yet: any client that can send a request can see and change everything. The service listens on
loopback, which keeps other machines out but not the browser on this one, so a request must name this service as its
host (else a site could point its own name here: DNS rebinding), and a change must not come from another site's page.
"""

from urllib.parse import urlsplit

from flask import Flask, Response, request

from service.http.errors import CrossSiteRequest, UntrustedHost

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
ANY_ADDRESS = frozenset({"0.0.0.0", "::", ""})  # noqa: S104 - only compared with, never bound to

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
"""Content-Security-Policy of data: even if shown as a page it loads, runs and sends nothing."""

OWN_PAGES = (
    "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
    "script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'"
)
"""Policy of our pages: own files only, nothing inline. ``data:`` is for the icons inside Swagger UI's style sheet."""

SELF_CONTAINED = "frame-ancestors 'none'; sandbox allow-scripts allow-downloads allow-modals"
"""Policy of a map, on top of the one the page carries itself, which names its own scripts by hash: the page is cut off
from this service as if another site had sent it, and may still save a picture and print."""

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}


def protect(app: Flask, host: str) -> None:
    """Check every request to ``app``, which listens on ``host``, and set the headers of every response."""
    trusted = LOOPBACK if host in ANY_ADDRESS else LOOPBACK | {host.strip("[]").lower()}

    @app.before_request
    def check() -> None:
        _check_host(trusted)
        if request.method not in SAFE_METHODS:
            _check_site()

    @app.after_request
    def set_headers(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault(
            "Content-Security-Policy", OWN_PAGES if response.mimetype == "text/html" else NOTHING
        )
        return response


def allow(response: Response, policy: str) -> Response:
    """Return ``response`` with a Content-Security-Policy of its own."""
    response.headers["Content-Security-Policy"] = policy
    return response


def _check_host(trusted: frozenset[str]) -> None:
    try:
        name = urlsplit(f"//{request.host}").hostname
    except ValueError:
        name = None
    if name not in trusted:
        raise UntrustedHost("The request names a host that is not this service.")


def _check_site() -> None:
    """Refuse a change that a page of another origin sent; programs other than browsers send neither header.

    ``same-site`` is not enough: for a browser, every port of this machine is the same site. ``Origin`` counts only for
    browsers too old to say where a request comes from: our pages, without a referrer, make it ``null`` for a form.
    """
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    own = site in ("same-origin", "none") if site else origin in (None, request.host_url.rstrip("/"))
    if not own:
        raise CrossSiteRequest("Another site's page sent this change.")
