"""Routes for probes, at the root as orchestrators expect them; without details, as anybody may call them."""

from flask.views import MethodView

from service.http.current import store
from service.http.smorest import Blueprint
from service.resources.health.schemas import HealthSchema


def blueprint() -> Blueprint:
    """Return the routes."""
    health = Blueprint("health", __name__, description="For probes.")

    @health.route("/livez")
    class Livez(MethodView):
        """Is the process alive?"""

        @health.doc(summary="Is the process alive", operationId="livez")
        @health.response(200, HealthSchema)
        def get(self) -> dict[str, str]:
            return {"status": "alive"}

    @health.route("/readyz")
    class Readyz(MethodView):
        """Does the database answer?"""

        @health.doc(summary="Does the database answer", operationId="readyz")
        @health.response(200, HealthSchema)
        def get(self) -> dict[str, str]:
            store().ping()
            return {"status": "ready"}

    return health
