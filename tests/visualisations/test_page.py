import json
from base64 import b64encode
from hashlib import sha256

import pytest

from tests.visualisations.hostile import HOSTILE
from visualisations.page import data_block, policy


@pytest.mark.parametrize("text", HOSTILE)
def test_data_says_the_same_and_cannot_end_its_element(text: str) -> None:
    block = data_block({"name": text, text: 1})
    assert json.loads(block) == {"name": text, text: 1}
    assert not set(block) & set("<>&\u2028\u2029")


def test_numbers_that_json_cannot_say_are_refused() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        data_block([float("nan")])


def test_the_policy_allows_the_named_texts_and_nothing_else() -> None:
    digest = b64encode(sha256(b"let x;").digest()).decode()
    rules = dict(rule.split(" ", 1) for rule in policy(scripts=["let x;"], styles=["p{}"]).split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == f"'sha256-{digest}'"
    assert rules["style-src"].startswith("'sha256-")
    assert "unsafe" not in " ".join(rules.values())
