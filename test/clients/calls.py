"""Sends requests with the generated Python client, and reports how client and service understood them.

Standard input is {"url": ..., "requests": [{"path": ..., "body": ..., "dryRun": ...}]}; standard output is a list of
reports in the same order. The package `connector_client` is what openapi-python-client made of the OpenAPI document.
"""

import json
import sys
from importlib import import_module
from typing import get_type_hints

import attrs
from connector_client import AuthenticatedClient


def operation_of(path):
    """The module of an operation, such as api.operations.update_delta for /v1/update-delta."""
    *version, name = path.strip("/").split("/")
    tag = "operations" if version else "service"
    name = name.removesuffix(".json").replace("-", "_")
    return import_module(f"connector_client.api.{tag}.{name}")


def as_json(value):
    return value.to_dict() if hasattr(value, "to_dict") else value


def untyped(value):
    """Objects for which the client has no class, although the document describes them."""
    if isinstance(value, dict):
        return [value]
    if isinstance(value, list):
        return [found for item in value for found in untyped(item)]
    if not attrs.has(type(value)):
        return []
    named = [getattr(value, field.name) for field in attrs.fields(type(value)) if field.name != "additional_properties"]
    return [found for member in named for found in untyped(member)]


def send(client, request):
    operation = operation_of(request["path"])
    options = {"dry_run": True} if request.get("dryRun") else {}
    report = {"sent": request.get("body"), "untyped": []}
    if "body" in request:
        body_type = get_type_hints(operation.sync_detailed)["body"]
        has_class = hasattr(body_type, "from_dict")
        options["body"] = body_type.from_dict(request["body"]) if has_class else request["body"]
        report["sent"] = as_json(options["body"])
        if has_class:
            report["untyped"] = untyped(options["body"])
    answer = operation.sync_detailed(client=client, **options)
    is_json = "json" in answer.headers.get("content-type", "")
    return report | {
        "class": type(answer.parsed).__name__,
        "parsed": as_json(answer.parsed),
        "received": json.loads(answer.content) if is_json else answer.content.decode(),
    }


def main():
    task = json.load(sys.stdin)
    with AuthenticatedClient(base_url=task["url"], token="any", raise_on_unexpected_status=True) as client:
        json.dump([send(client, request) for request in task["requests"]], sys.stdout)


main()
