"""Import a table: choose a file, see what would happen, confirm."""

from flask import Blueprint, render_template, request

from service.exchange.report import ImportReport
from service.http.current import actor, store
from service.pages.uploads import WaitingUploads
from service.resources.imports.upload import UPLOAD_BYTES, Upload, read_upload


def add_routes(blueprint: Blueprint) -> None:
    """Add the routes of this module."""
    waiting = WaitingUploads()

    @blueprint.get("/import")
    def import_form() -> str:
        return render_template("import.html", megabytes=UPLOAD_BYTES // 2**20)

    @blueprint.post("/import")
    def try_import() -> str:
        upload, _ = read_upload(request)
        report = _import(upload, dry_run=True)
        return render_template("import_report.html", report=report, filename=upload.name, token=waiting.add(upload))

    @blueprint.post("/import/confirm")
    def confirm_import() -> str:
        upload = waiting.take(request.form.get("token", ""))
        if upload is None:
            return render_template("import.html", megabytes=UPLOAD_BYTES // 2**20, forgotten=True)
        report = _import(upload, dry_run=False)
        return render_template("import_report.html", report=report, filename=upload.name, token=None)


def _import(upload: Upload, *, dry_run: bool) -> ImportReport:
    from service.exchange import run_import  # lazy: the readers of spreadsheets load only for an import

    return run_import(store(), actor(), upload.data, upload.name, dry_run=dry_run)
