"""Routes of the imports."""

from typing import Any

from flask import Response, jsonify, request

from service.exchange.report import ImportReport
from service.http.current import actor, store
from service.http.json_schema import json_schema
from service.http.refusals import loaded
from service.http.smorest import Blueprint
from service.resources.imports.schemas import ImportOptions
from service.resources.imports.upload import ENDINGS, FORM, read_upload

FILE = {"type": "string", "format": "binary"}
FORM_SCHEMA = {
    "type": "object",
    "required": ["file"],
    "properties": {
        "file": FILE,
        "dry_run": {"type": "boolean"},
        "mapping": {"type": "string"},
        "filename": {"type": "string"},
    },
    "additionalProperties": False,
}
BODY = {
    "required": True,
    "description": "The table: as the part file of a form, or as the body itself.",
    "content": {FORM: {"schema": FORM_SCHEMA}} | {media_type: {"schema": FILE} for media_type in ENDINGS},
}


def blueprint() -> Blueprint:
    """Return the routes."""
    imports = Blueprint(
        "imports", __name__, url_prefix="/api/v1/imports", description="Import of 3W/4W tables, or a dry run of it."
    )

    @imports.route("", methods=["POST"])
    @imports.doc(
        summary="Import a 3W or 4W table (CSV, XLSX or ODS)",
        description=(
            "With dry_run nothing changes. The same table twice changes nothing the second time. What was merged, "
            "dropped or not understood is listed with row, column, value, reason and suggestion."
        ),
        operationId="importTable",
        requestBody=BODY,
    )
    @imports.arguments(ImportOptions, location="query")
    @imports.response(200, json_schema(ImportReport))
    def import_table(options: dict[str, Any]) -> Response:
        from service.exchange import run_import  # lazy: the readers of spreadsheets load only for an import

        upload, fields = read_upload(request)
        options = options | _options(fields)
        report = run_import(
            store(),
            actor(),
            upload.data,
            options.get("filename", upload.name),
            mapping=options.get("mapping"),
            dry_run=options["dry_run"],
        )
        return jsonify(report.as_json())

    return imports


def _options(fields: dict[str, str]) -> dict[str, Any]:
    """Return the options among a form's fields; the query gives those that the form lacks."""
    return {name: value for name, value in loaded(ImportOptions(), fields).items() if name in fields}
