"""What somebody who installs the wheel gets: built once, from the tracked files alone, without a network."""

import shutil
import subprocess
import sys
import zipfile
from email.message import Message
from email.parser import Parser
from pathlib import Path

import pytest

PACKAGES = ("graph", "queries", "visualisations", "service")


@pytest.fixture(scope="module")
def wheel(root: Path, tracked: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    source = tmp_path_factory.mktemp("source")
    for file in tracked:
        (source / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(root / file, source / file)
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(source / "dist"), str(source)]
    done = subprocess.run(build, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = (source / "dist").glob("*.whl")
    return built


@pytest.fixture(scope="module")
def content(wheel: Path) -> set[str]:
    return set(zipfile.ZipFile(wheel).namelist())


@pytest.fixture(scope="module")
def metadata(wheel: Path, content: set[str]) -> Message:
    (name,) = (name for name in content if name.endswith(".dist-info/METADATA"))
    return Parser().parsestr(zipfile.ZipFile(wheel).read(name).decode())


def test_every_tracked_file_of_the_packages_is_in_the_wheel(tracked: list[Path], content: set[str]) -> None:
    ours = {file.as_posix() for file in tracked if file.parts[0] in PACKAGES}
    assert ours
    assert ours - content == set()


def test_nothing_but_the_packages_is_in_the_wheel(content: set[str]) -> None:
    tops = {name.split("/")[0] for name in content if ".dist-info/" not in name}
    assert tops == set(PACKAGES)
    assert not [name for name in content if "__pycache__" in name]


def test_the_wheel_cannot_be_uploaded_to_a_public_index(metadata: Message) -> None:
    assert "Private :: Do Not Upload" in metadata.get_all("Classifier", [])


def test_the_wheel_states_its_licence(metadata: Message, content: set[str]) -> None:
    assert metadata["License-Expression"] == "Apache-2.0"
    assert any(name.endswith("licenses/LICENSE") for name in content)


def test_the_installed_wheel_answers_on_the_command_line(wheel: Path, tmp_path: Path) -> None:
    """Run from the unpacked wheel, outside the checkout: nothing may be read from the sources by chance."""
    zipfile.ZipFile(wheel).extractall(tmp_path)
    code = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); import service; print(service.__file__)"
    found = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert Path(found.stdout.strip()).is_relative_to(tmp_path)
    helped = subprocess.run(
        [
            sys.executable,
            "-c",
            code.replace("import service; print(service.__file__)", "import service.cli; service.cli.main(['--help'])"),
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert helped.returncode == 0, helped.stderr
    assert "intermediaries" in helped.stdout
