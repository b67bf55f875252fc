"""Finds out whether a database answers at an address, and if not, which step fails: name, network, port or TLS."""

import socket
import ssl
from collections.abc import Iterator

from graph.errors import InvalidInput, StakeholderGraphError
from queries.doctor.diagnosis import Diagnosis
from queries.driver.address import checked_address, host_and_port
from queries.driver.opening import CONNECTION_SECONDS

PART = "database"


def why_not_reached(uri: str) -> Diagnosis | None:
    """Return what prevents a TCP connection to the address, or ``None`` if one can be made."""
    try:
        host, port = host_and_port(checked_address(uri))
    except InvalidInput as error:
        return Diagnosis(PART, fine=False, found=error.detail, cure=error.cure)
    at = f"{host}:{port}"
    try:
        socket.create_connection((host, port), CONNECTION_SECONDS).close()
    except socket.gaierror:
        return Diagnosis(
            PART, fine=False, found=f"The name {host} is not known here.", cure="Check NEO4J_URI, and the name service."
        )
    except ConnectionRefusedError:
        return Diagnosis(
            PART, fine=False, found=f"Nothing listens at {at}.", cure="Start that Neo4j, or correct NEO4J_URI."
        )
    except TimeoutError:
        return Diagnosis(
            PART,
            fine=False,
            found=f"{at} does not answer within {CONNECTION_SECONDS:.0f} s.",
            cure="Check that the machine is up, and that no firewall blocks it.",
        )
    except OSError as error:
        return Diagnosis(
            PART, fine=False, found=f"{at} cannot be reached: {error.strerror or error}.", cure="Check the network."
        )
    return None


def why_not_used(uri: str, error: StakeholderGraphError) -> Diagnosis:
    """Return why a server that can be reached cannot be used, by the error of the first statement."""
    causes = list(_causes(error))
    code = next(
        (code for cause in causes if (code := getattr(cause, "code", None)) and str(code).startswith("Neo.")), ""
    )
    if code == "Neo.ClientError.Database.DatabaseNotFound":
        return Diagnosis(
            PART, fine=False, found="The server has no database of that name.", cure="Correct NEO4J_DATABASE."
        )
    if code.startswith("Neo.ClientError.Security.CredentialsExpired"):
        return Diagnosis(
            PART,
            fine=False,
            found="The server wants its first password changed before it does anything.",
            cure="Change it there (ALTER CURRENT USER SET PASSWORD), and set NEO4J_PASSWORD to the new one.",
        )
    if code.startswith("Neo.ClientError.Security."):
        return Diagnosis(PART, fine=False, found=error.detail, cure=error.cure)
    if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in causes):
        return Diagnosis(
            PART,
            fine=False,
            found="The server's certificate is not trusted here.",
            cure="Let this machine trust its issuer (SSL_CERT_FILE), or use an address with +ssc to trust any.",
        )
    if code:
        return Diagnosis(PART, fine=False, found=error.detail, cure=error.cure)
    if any(isinstance(cause, TimeoutError) for cause in causes):
        return Diagnosis(
            PART,
            fine=False,
            found="What listens there takes connections and does not answer as Neo4j does.",
            cure="Name the Bolt port (7687, not 7474) in NEO4J_URI; if it is that, look at the server's log.",
        )
    encrypted = "+s" in uri.partition("://")[0]
    return Diagnosis(
        PART,
        fine=False,
        found=f"Something listens there that does not speak Bolt {'with' if encrypted else 'without'} TLS.",
        cure=f"Name the Bolt port (7687, not 7474) in NEO4J_URI, or try it {'without' if encrypted else 'with'} +s.",
    )


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
