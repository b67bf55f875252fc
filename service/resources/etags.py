"""Conditional requests (RFC 9110, section 13): the one place where entity tags are made and compared.

A tag is strong and identifies what one viewer sees: the version, then a digest of the representation. What a viewer may
not see is in neither, so a hidden change alters no tag.
"""

import json
import re
from collections.abc import Mapping
from hashlib import sha256
from http import HTTPStatus
from typing import Any

from flask import Response, jsonify, request

from graph.errors import VersionMismatch
from service.http.errors import InvalidHeader, PreconditionRequired

KEY_LENGTH = 255
"""Longest idempotency key, in characters: a UUID has 36, and clients add prefixes."""


def etag_of(document: Mapping[str, Any]) -> str:
    """Return the tag of a representation, without its quotes."""
    digest = sha256(json.dumps(document, sort_keys=True).encode()).hexdigest()[:16]
    return f"{document['version']}-{digest}" if "version" in document else digest


def represented(document: Mapping[str, Any], status: int = 200) -> Response:
    """Return the document with its tag, or 304 where ``If-None-Match`` names that tag."""
    response = jsonify(document)
    response.status_code = status
    response.set_etag(etag_of(document))
    if status == HTTPStatus.OK:
        response.make_conditional(request)  # in place
    return response


def check_if_match(document: Mapping[str, Any]) -> None:
    """Compare ``If-Match`` with the tag of the stored record.

    Raises ``PreconditionRequired`` where it is missing, ``VersionMismatch`` where it differs. The write compares the
    version again in its transaction, as another change may come first.
    """
    if "If-Match" not in request.headers:
        raise PreconditionRequired("The request names no version to change.")
    if etag_of(document) not in request.if_match:
        raise VersionMismatch("The record is no longer what If-Match names.")


def idempotency_key() -> str | None:
    """Return the request's ``Idempotency-Key`` (quoted as the draft standard has it, or bare), if it has one.

    Raises ``InvalidHeader`` for one that is empty, too long or not visible ASCII.
    """
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return None
    bare = key[1:-1] if len(key) > 1 and key[0] == key[-1] == '"' else key
    if not re.fullmatch(rf"[\x21-\x7e]{{1,{KEY_LENGTH}}}", bare):
        raise InvalidHeader(
            "The Idempotency-Key cannot be used.",
            cure=f"Give 1 to {KEY_LENGTH} visible ASCII characters, such as a UUID.",
        )
    return bare


def fingerprint() -> str:
    """Return a digest of the request, which shows whether a repeated key belongs to the same request."""
    digest = sha256(f"{request.method} {request.full_path}\n".encode())
    digest.update(request.get_data(cache=True))
    return digest.hexdigest()
