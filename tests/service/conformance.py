"""A test client that holds every answer of the API against the published document, whatever the test is about."""

from typing import TYPE_CHECKING, Any, cast

from flask import Flask
from flask.testing import FlaskClient
from flask_smorest.spec.plugins import FlaskPlugin
from openapi_schema_validator import OAS31Validator
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

PROBLEM = "application/problem+json"
DOCUMENT = "checked document"


def checked_client(app: Flask) -> "CheckedClient":
    """Return a client that checks what ``app`` answers."""
    app.test_client_class = CheckedClient
    return cast("CheckedClient", app.test_client())


class CheckedClient(FlaskClient):
    """Fails the test where a status, media type, header or body is not as documented."""

    if TYPE_CHECKING:
        # ruff: noqa: D102 - what comes back is checked when the test runs; its JSON can be anything
        def get(self, *args: Any, **kwargs: Any) -> Any: ...
        def post(self, *args: Any, **kwargs: Any) -> Any: ...
        def patch(self, *args: Any, **kwargs: Any) -> Any: ...
        def delete(self, *args: Any, **kwargs: Any) -> Any: ...
        def put(self, *args: Any, **kwargs: Any) -> Any: ...
        def options(self, *args: Any, **kwargs: Any) -> Any: ...

    @property
    def document(self) -> dict[str, Any]:
        """What the application publishes about itself, asked for once."""
        kept: dict[str, Any] = self.application.extensions
        if DOCUMENT not in kept:
            kept[DOCUMENT] = dict(super().open("/api/v1/openapi.json").json or {})
        return dict(kept[DOCUMENT])

    def open(self, *args: Any, **kwargs: Any) -> Any:
        """Send a request as Flask's client does, and check what comes back."""
        response: TestResponse = super().open(*args, **kwargs)
        if response.status_code >= 400 and response.mimetype != "text/html":
            self._check_problem(response)
        operation = self._operation(response)
        if operation is not None and response.request.method != "HEAD":
            self._check_documented(response, operation)
        return response

    def _check_problem(self, response: TestResponse) -> None:
        assert response.mimetype == PROBLEM, (response.status, response.mimetype)
        body = response.json or {}
        self._check_body(body, {"$ref": "#/components/schemas/Problem"})
        assert set(body) == {"type", "title", "status", "detail", "code", "instance", "errors", "trace_id"}
        assert body["status"] == response.status_code
        assert body["errors"], "no place and no cure"
        assert all(error["cure"] and error["detail"] for error in body["errors"])
        assert all(error["pointer"] == "" or error["pointer"].startswith("/") for error in body["errors"])

    def _check_documented(self, response: TestResponse, operation: dict[str, Any]) -> None:
        answers = operation["responses"]
        assert str(response.status_code) in answers, f"{response.status} is not documented: {sorted(answers)}"
        answer = self._resolved(answers[str(response.status_code)])
        content = answer.get("content", {})
        if not content:
            assert not response.data
            return
        assert response.mimetype in content, (response.mimetype, sorted(content))
        if response.is_json:
            self._check_body(response.json, content[response.mimetype].get("schema", {}))
        for name, header in answer.get("headers", {}).items():
            assert name in response.headers or name in ("Link", "Graph-Bookmark"), (name, self._resolved(header))

    def _check_body(self, body: Any, schema: dict[str, Any]) -> None:
        whole = {**schema, "components": self.document["components"]}
        OAS31Validator(whole).validate(body)

    def _operation(self, response: TestResponse) -> dict[str, Any] | None:
        adapter = self.application.url_map.bind_to_environ(response.request.environ)
        try:
            rule, _ = adapter.match(return_rule=True)
        except HTTPException:
            return None
        path = FlaskPlugin.flaskpath2openapi(rule.rule)
        method = response.request.method.lower()
        operation: dict[str, Any] | None = self.document["paths"].get(path, {}).get(method)
        return operation

    def _resolved(self, part: dict[str, Any]) -> dict[str, Any]:
        if "$ref" not in part:
            return part
        found: Any = self.document
        for key in part["$ref"].removeprefix("#/").split("/"):
            found = found[key]
        return dict(found)
