"""Tables are imported over HTTP by the same function as on the command line, with or without a dry run."""

import io
import json
import re
from typing import Any

import pytest

from tests.service.conformance import CheckedClient

TABLE = """Organisation,Implementing partner,Donor,Sector,Activity,Admin 1
#org,#org+impl,#org+funder,#sector,#activity,#adm1
Clearwater,Mains Vertes,Harbour Fund,WASH,Wells,North
Clearwater,Médecine,Harbour Fund,Health,Clinic,South
"""
CSV = TABLE.encode()


def counts(client: CheckedClient) -> dict[str, int]:
    return {
        name: len(client.get(f"/api/v1/{name}?limit=500").json["items"])
        for name in ("stakeholders", "sources", "tie-reports", "areas", "sectors", "activities")
    }


def sent(client: CheckedClient, **fields: str) -> Any:
    return client.post("/api/v1/imports", data={"file": (io.BytesIO(CSV), "3w.csv"), **fields})


def test_a_dry_run_changes_nothing_and_the_import_does_what_it_reported(client: CheckedClient) -> None:
    before = counts(client)
    trial = sent(client, dry_run="true")
    assert trial.status_code == 200, trial.json
    assert trial.json["dry_run"]
    assert counts(client) == before
    done = sent(client)
    assert done.json == trial.json | {"dry_run": False}
    created = {name.replace("_", "-"): found["created"] for name, found in done.json["records"].items()}
    assert created == counts(client)
    assert created["stakeholders"] == 4


def test_the_same_table_twice_changes_nothing(client: CheckedClient) -> None:
    sent(client)
    again = sent(client).json
    assert {(kind["created"], kind["updated"]) for kind in again["records"].values()} == {(0, 0)}


def test_a_table_can_be_the_whole_body(client: CheckedClient) -> None:
    whole = client.post("/api/v1/imports?dry_run=true&filename=august.csv", data=CSV, content_type="text/csv")
    assert whole.status_code == 200, whole.json
    assert whole.json["records"] == sent(client, dry_run="true").json["records"]


def test_columns_can_be_named(client: CheckedClient) -> None:
    table = CSV.replace(b"Organisation", b"Who").replace(b"#org,", b",")
    form = {"file": (io.BytesIO(table), "3w.csv"), "dry_run": "true"}
    named = client.post("/api/v1/imports", data=form | {"mapping": json.dumps({"organisation": "Who"})})
    assert named.status_code == 200, named.json
    assert named.json["mapping"]["organisation"] == "Who"


@pytest.mark.parametrize("mapping", ["[]", "{", '{"organisation": 1}', '{"a":1,"a":2}', "[" * 5000])
def test_an_invalid_mapping_is_refused(client: CheckedClient, mapping: str) -> None:
    response = sent(client, mapping=mapping)
    assert (response.status_code, response.json["errors"][0]["pointer"]) == (422, "/mapping")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00" * 100,
        b"PK\x03\x04 no workbook",
        b"nothing,here\n1,2\n",
        b"\xff\xfe\xfa",
        b"<!DOCTYPE x [<!ENTITY a 'b'>]>",
    ],
)
@pytest.mark.parametrize("ending", ["csv", "xlsx", "ods", "exe"])
def test_a_file_that_is_not_a_table_is_refused_and_changes_nothing(
    client: CheckedClient, data: bytes, ending: str
) -> None:
    before = counts(client)
    response = client.post("/api/v1/imports", data={"file": (io.BytesIO(data), f"table.{ending}")})
    assert response.status_code == 422, response.json
    assert counts(client) == before


def test_a_form_without_a_file_and_a_body_that_is_no_form_are_refused(client: CheckedClient) -> None:
    empty = client.post("/api/v1/imports", data={"dry_run": "true"}, content_type="multipart/form-data")
    assert (empty.status_code, empty.json["errors"][0]["pointer"]) == (422, "/file")
    for media_type in ("application/json", "text/html", "application/zip", None):
        response = client.post("/api/v1/imports", data=CSV, content_type=media_type)
        assert (response.status_code, "text/csv" in response.headers["Accept-Post"]) == (415, True)
    unknown = sent(client, overwrite="true")
    assert (unknown.status_code, unknown.json["errors"][0]["pointer"]) == (422, "/overwrite")


def test_on_the_page_a_table_is_tried_and_then_imported_once(client: CheckedClient) -> None:
    trial = client.post("/import", data={"file": (io.BytesIO(CSV), "3w <b>.csv")})
    assert trial.status_code == 200
    assert "What would happen" in trial.text
    assert "3w <b>" not in trial.text
    assert counts(client)["stakeholders"] == 0
    (token,) = re.findall(r'name="token" value="([^"]+)"', trial.text)
    done = client.post("/import/confirm", data={"token": token})
    assert "Imported" in done.text
    assert counts(client)["stakeholders"] == 4
    again = client.post("/import/confirm", data={"token": token})
    assert "has expired" in again.text


def test_the_page_refuses_what_the_api_refuses(client: CheckedClient) -> None:
    response = client.post("/import", data={"file": (io.BytesIO(b""), "empty.csv")}, headers={"Accept": "text/html"})
    assert (response.status_code, response.mimetype) == (422, "text/html")
