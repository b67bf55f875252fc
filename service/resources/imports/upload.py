"""The file uploaded with a request, read up to a size limit."""

from dataclasses import dataclass
from typing import Any

from flask import Request

from graph.errors import Finding, InvalidInput
from service.http.errors import UnsupportedMediaType

UPLOAD_BYTES = 32 * 1024 * 1024
"""Largest file: the largest of the sample 3W tables has 3 MB, a year of a large country ten times that."""

ENDINGS = {
    "text/csv": ".csv",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.oasis.opendocument.spreadsheet": ".ods",
}
"""Media types of the files that can be read, with the file name ending of each."""

FORM = "multipart/form-data"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was sent."""

    name: str
    data: bytes


def read_upload(request: Request) -> tuple[Upload, dict[str, Any]]:
    """Return the file of a request, and the form fields that came with it.

    The file is the part ``file`` of a form, or the whole body. Raises ``UnsupportedMediaType`` for anything else,
    ``InvalidInput`` where the form has no file; a body over the limit gives 413 before it is read.
    """
    request.max_content_length = UPLOAD_BYTES
    if request.mimetype in ENDINGS:
        return Upload(f"upload{ENDINGS[request.mimetype]}", request.get_data()), {}
    if request.mimetype != FORM:
        kinds = ", ".join((FORM, *ENDINGS))
        raise UnsupportedMediaType(
            f"This route reads {kinds}, not {request.mimetype[:80] or 'a body without media type'}.",
            cure="Send a form with the part file, or the table itself under its media type.",
            headers={"Accept-Post": kinds},
        )
    file = request.files.get("file")
    if file is None or not file.filename:
        cure = "Choose a CSV, XLSX or ODS table."
        raise InvalidInput("The form holds no file.", cure=cure, findings=[Finding("/file", "is missing", cure)])
    return Upload(file.filename, file.read()), request.form.to_dict()
