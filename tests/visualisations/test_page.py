from base64 import b64encode
from hashlib import sha256

from visualisations.page import policy


def test_the_policy_allows_the_named_texts_and_nothing_else() -> None:
    digest = b64encode(sha256(b"let x;").digest()).decode()
    rules = dict(rule.split(" ", 1) for rule in policy(scripts=["let x;"], styles=["p{}"]).split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == f"'sha256-{digest}'"
    assert rules["style-src"].startswith("'sha256-")
    assert "unsafe" not in " ".join(rules.values())
