"""Runs `decode --json` over the collected telegrams and compares every record.

    DECODE=target/release/examples/decode python3 .ci/vectors.py ../shared

Expectations that the collection marks as disputed are compared with the standard's value instead.
"""

import json
import os
import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

FUNCTIONS = {
    "Instantaneous value": "instantaneous",
    "Actual value": "instantaneous",
    "Maximum value": "maximum",
    "Minimum value": "minimum",
    "Value during error state": "error",
    "Manufacturer specific": "manufacturer",
    "More records follow": "manufacturer",
    None: "manufacturer",
}

# The collection spells one quantity in several ways; what is missing here has no single counterpart.
QUANTITIES = {
    "": None,
    "actuality duration": "actuality_duration",
    "averaging duration": "averaging_duration",
    "cumulation counter": "cumulation_counter",
    "current": "current",
    "customer location": "customer_location",
    "date": "timestamp",
    "date/time": "timestamp",
    "digital input": "digital_input",
    "digital output": "digital_output",
    "dimensionless": "dimensionless",
    "energy": "energy",
    "enhanced identification": "identification",
    "(enhanced) identification": "identification",
    "error flags": "error_flags",
    "external temperature": "external_temperature",
    "fabrication no": "fabrication_number",
    "fd reserved": "unknown",
    "firmware version": "firmware_version",
    "flow temperature": "flow_temperature",
    "h.c.a.": "hca_units",
    "hardware version": "hardware_version",
    "manufacturer": "manufacturer",
    "manufacturer specific": "vendor_specific_data",
    "medium": "device_type",
    "model / version": "model_version",
    "model/version": "model_version",
    "on time": "on_time",
    "operating time": "operating_time",
    "parameter set id": "parameter_set",
    "parameter set identification": "parameter_set",
    "plain text": "plain_text",
    "power": "power",
    "relative humidity": "relative_humidity",
    "reserved": "unknown",
    "return temperature": "return_temperature",
    "rf level dbm": "rf_level",
    "software version": "software_version",
    "special supplier info": "special_supplier_information",
    "special supplier information": "special_supplier_information",
    "temperature difference": "temperature_difference",
    "time point (date & time)": "timestamp",
    "time point (date)": "timestamp",
    "units for hca": "hca_units",
    "voltage": "voltage",
    "volume": "volume",
    "volume flow": "volume_flow",
}

# One source reads the radio level as 2x - 130, where the standard has it signed.
OTHER_RULES = {"rf_level"}

PREFIXES = {"m": -3, "": 0, "k": 3, "M": 6, "G": 9}
PREFIXED = {"Wh": "Wh", "J": "J", "W": "W", "J/h": "J/h", "V": "V", "A": "A", "g": "g", "cal": "cal", "l": "l"}
SECONDS = {"s": 1, "min": 60, "h": 3600, "d": 86400}
SPELLINGS = {
    "C": "degC", "°C": "degC", "m^3": "m3", "m^3/h": "m3/h", "-": "", "none": "", "?": "", "date": "", "datetime": "",
    "seconds": "s", "Units for H.C.A.": "HCA", "Reserved": "", "bin": "",
}


def in_base_unit(value, unit):
    """The number and the name of its unit without prefix."""
    unit = SPELLINGS.get(unit, unit)
    if unit in SECONDS:
        return value * SECONDS[unit], "s"
    if unit == "m3":
        return value * 1000, "l"
    for prefix, power in PREFIXES.items():
        base = PREFIXED.get(unit[len(prefix):]) if unit.startswith(prefix) else None
        if base:
            return value.scaleb(power), base
    return value, unit


def same_number(record, expected, expected_unit):
    if record["value"] is None:
        return expected == "nan"
    unit = "" if record["quantity"] == "plain_text" else record["unit"]
    expected_unit = "" if record["quantity"] == "plain_text" else expected_unit
    ours, unit = in_base_unit(Decimal(record["value"]), unit)
    expected, expected_unit = in_base_unit(Decimal(expected), expected_unit)
    # Six decimals were printed of a 64-bit float, or of the shortest text of a 32-bit one.
    is_real = record["dif"][1:2] == "5"
    slack = Decimal("1e-6") if unit != "l" else Decimal("1e-3")
    relative = Decimal("1e-7") if is_real else Decimal("1e-12")
    return unit == expected_unit and abs(ours - expected) <= max(slack, abs(expected) * relative)


def same_time(ours, expected):
    expected = expected.rstrip("Z")
    if len(ours) == 16:
        expected = re.sub(r":00$", "", expected)
    return ours == expected


def differences(ours, expected, reference):
    """What is wrong with one record, in words."""
    if "function" not in expected:
        # A unit test of another project: a value and its unit, or nothing known.
        known = expected["value"] is not None and ours["quantity"] not in OTHER_RULES
        if known and not same_number(ours, repr(expected["value"]), expected["unit"]):
            yield f"value {ours['value']} {ours['unit']}, expected {expected['value']} {expected['unit']}"
        return
    kind = expected.get("value_kind")
    is_block = FUNCTIONS[expected["function"]] == "manufacturer"
    if ours.get("error"):
        yield f"error: {ours['error']}"
        return
    if ours["function"] != FUNCTIONS[expected["function"]]:
        yield f"function {ours['function']}"
    if not is_block:
        for member in ("storage", "tariff", "subunit"):
            if ours[member] != expected[member]:
                yield f"{member} {ours[member]}"
    if "raw_hex" in expected and ours["data"] != expected["raw_hex"]:
        yield f"data {ours['data']}"
    plain = ours["quantity"] == "plain_text"
    quantity = QUANTITIES.get(expected["quantity"].lower().strip(), "plain_text")
    if quantity and not is_block and ours["quantity"] != quantity:
        yield f"quantity {ours['quantity']}, expected {expected['quantity']}"
    if reference and plain and ours["unit"] != reference["plain_text"]:
        yield f"plain text {ours['unit']}"
    value = ours["value"]
    if "disputed" in expected:
        if value != expected["en13757_value"]:
            yield f"value {value}, disputed, by the standard {expected['en13757_value']}"
        return
    if "invalid" in expected.get("note", "") and value is None:
        return
    if value is None:
        yield f"no value ({ours.get('absent')}), expected {expected['value']}"
    elif kind == "number" or kind is None and not is_block:
        if not same_number(ours, expected["value"], expected["unit"]):
            yield f"value {value} {ours['unit']}, expected {expected['value']} {expected['unit']}"
        if reference and isinstance(reference.get("raw"), int) and reference["raw"]:
            digits = value.replace(".", "").strip("-0")
            if digits != str(abs(reference["raw"])).strip("0"):
                yield f"digits of {value}, raw is {reference['raw']}"
    elif kind in ("date", "datetime"):
        if not same_time(value, expected["value"]):
            yield f"time {value}, expected {expected['value']}"
    elif kind == "text":
        if value != expected["value"]:
            yield f"text {value}, expected {expected['value']}"
    elif kind == "bytes_wire_order":
        if value != expected["value"].replace(" ", ""):
            yield f"bytes {value}, expected {expected['value']}"


# Frames that are meant to fail, and how.
FAILURES = {
    "premature_end_of_data1": "truncated",
    "premature_end_of_dif2": "truncated",
    "premature_end_of_vif1": "truncated",
    "premature_end_of_dif1": "truncated",
    "premature_end_of_data2": "truncated",
    "premature_end_of_vif2": "truncated",
    "invalid_length": "length_too_small",
    "invalid_length2": "fixed_length",
}


def check(entry, answer):
    """Differences of one telegram, and the number of records compared."""
    name = entry["name"]
    if name in FAILURES:
        if answer["ok"] or answer["kind"] != FAILURES[name]:
            return [f"{name}: expected {FAILURES[name]}, got {answer}"], 0
        return [], 0
    if not answer["ok"]:
        return [f"{name}: {answer['error']}"], 0
    if entry.get("error") is not None and not answer.get("application_error"):
        return [f"{name}: no application error"], 0
    found = []
    meter = answer.get("meter") or {}
    for member, ours in (("id", meter.get("id")), ("manufacturer", meter.get("manufacturer"))):
        theirs = entry.get(member)
        if theirs is not None and theirs != "@@@" and str(ours or "").lstrip("0") != str(theirs).lstrip("0"):
            found.append(f"{name}: {member} {ours}, expected {theirs}")
    expected = entry.get("records") or []
    reference = entry.get("ref_records") or []
    ours = answer["records"]
    for listed in (expected, reference):
        if listed and len(listed) != len(ours):
            return [f"{name}: {len(ours)} records, expected {len(listed)}"], 0
    for index, record in enumerate(ours):
        ref = reference[index] if reference else None
        if expected:
            for text in differences(record, expected[index], ref):
                found.append(f"{name} record {index}: {text}")
        if ref and (record["dif"], record["data"]) != (ref["dib"], ref["data"]):
            found.append(f"{name} record {index}: bytes {record['dif']} {record['data']}")
        if ref and ref.get("type") == "num" and ref.get("scaled") is not None and not expected:
            scaled = repr(ref["scaled"]).strip("'").lower()
            if not same_number(record, scaled, ref["unit"]):
                found.append(f"{name} record {index}: {record['value']} {record['unit']}, reference {ref['scaled']} {ref['unit']}")
    return found, len(ours)


def main():
    shared = Path(sys.argv[1])
    entries = [json.loads(line) for line in (shared / "vectors/mbus/expected.jsonl").read_text().splitlines()]
    lines = "".join(entry["hex"] + "\n" for entry in entries)
    run = subprocess.run([os.environ["DECODE"], "mbus", "--json", "-"], input=lines, capture_output=True, text=True)
    if run.returncode not in (0, 1):
        sys.exit(f"decode ended with {run.returncode}: {run.stderr}")
    answers = [json.loads(line) for line in run.stdout.splitlines()]
    if len(answers) != len(entries):
        sys.exit(f"{len(entries)} lines in, {len(answers)} lines out")
    found, records = [], 0
    for entry, answer in zip(entries, answers):
        differing, count = check(entry, answer)
        found += differing
        records += count
    for text in found:
        print(f"  {text}")
    print(f"  {len(entries)} telegrams, {records} records, {len(found)} differences")
    sys.exit(1 if found else 0)


main()
