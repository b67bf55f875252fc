"""Settings come from the environment, and every one of them is explained."""

from pathlib import Path

import pytest

from graph.errors import InvalidInput
from service.config import SETTINGS, Config, read_config

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")


def test_without_settings_the_local_neo4j_in_the_users_directory_is_used() -> None:
    config = read_config({})
    assert config.neo4j_uri == ""
    assert config.home.name == "stakeholder-graph"
    assert config.host == "127.0.0.1"


def test_every_setting_is_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("s3cret\n", encoding="utf-8")
    environment = {
        "STAKEHOLDER_GRAPH_HOME": str(tmp_path),
        "STAKEHOLDER_GRAPH_IDLE_SECONDS": "0",
        "STAKEHOLDER_GRAPH_HOST": "0.0.0.0",  # noqa: S104 - what a container sets
        "NEO4J_URI": "bolt://db:7687",
        "NEO4J_USERNAME": "u",
        "NEO4J_PASSWORD": "overruled by the file",
        "NEO4J_PASSWORD_FILE": str(secret),
        "NEO4J_DATABASE": "d",
    }
    assert set(environment) == set(SETTINGS)
    assert read_config(environment) == Config(
        home=tmp_path,
        neo4j_uri="bolt://db:7687",
        neo4j_username="u",
        neo4j_password="s3cret",
        neo4j_database="d",
        idle_seconds=0,
        host="0.0.0.0",  # noqa: S104 - what a container sets
    )


def test_a_printed_configuration_shows_no_password() -> None:
    assert "s3cret" not in repr(read_config({"NEO4J_PASSWORD": "s3cret", "NEO4J_URI": "bolt://u:s3cret@db"}))


def test_a_secret_file_that_is_not_text_is_refused_without_quoting_it(tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"s3cret\xff")
    with pytest.raises(InvalidInput, match="NEO4J_PASSWORD_FILE") as raised:
        read_config({"NEO4J_PASSWORD_FILE": str(tmp_path / "secret")})
    assert raised.value.__suppress_context__


@pytest.mark.parametrize("seconds", ["-1", "soon", "nan", "inf", "1e9"])
def test_an_invalid_idle_time_is_refused_by_name(seconds: str) -> None:
    with pytest.raises(InvalidInput, match="STAKEHOLDER_GRAPH_IDLE_SECONDS"):
        read_config({"STAKEHOLDER_GRAPH_IDLE_SECONDS": seconds})


def test_the_error_for_an_unreadable_secret_file_names_the_setting(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="NEO4J_PASSWORD_FILE"):
        read_config({"NEO4J_PASSWORD_FILE": str(tmp_path / "absent")})


def test_the_readme_explains_every_setting() -> None:
    assert [name for name in SETTINGS if f"`{name}`" not in README] == []
