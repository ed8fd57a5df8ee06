"""Runs `decode --json` over the collected radio telegrams and compares what they have on the wire.

    DECODE=target/release/examples/decode python3 .ci/wmbus.py ../shared

Link and header are worked out here a second time, from the bytes. The values are those of another
project, which names them after what a driver makes of a meter: every one with a unit, and every time
point, has to be the value of some record, as far as the telegram has records at all. What its drivers
calculate, or take from what a manufacturer defines, is listed below.
"""

import json
import os
import re
import subprocess
import sys
from decimal import Decimal
from fnmatch import fnmatch
from pathlib import Path

# Values that stand in no record: entry and member, both with wildcards, and why.
ELSEWHERE = [
    ("bfw240radio_*", "*", "data of the manufacturer without the DIF that says so"),
    ("qheatv2_0[25]", "*", "data of the manufacturer"),
    ("qwaterv2_0[89]", "*", "data of the manufacturer"),
    ("qwaterv2_1[123]", "*", "data of the manufacturer"),
    ("qcaloric_05", "*", "data of the manufacturer"),
    ("hydroclimav2_03", "*", "data of the manufacturer"),
    ("hydrodigit_*", "*_total_m3", "data of the manufacturer"),
    ("hydrodigit_*", "backflow_m3", "data of the manufacturer"),
    ("hydrodigit_*", "voltage_v", "data of the manufacturer"),
    ("c5isf_02", "max_power_last_month_kw", "the VIFE says per month"),
    ("ebzwmbe_01", "current_power_consumption_kw", "a sum"),
    ("em24_0*", "total_*eactive_energy_*", "the exponent is that of another decoder"),
    ("em24_0*", "total_apparent_energy_*", "calculated"),
    ("emerlin868_01", "target_date", "a date without day and month"),
    # Read forwards its last value is that of the due date, 25 on 2020-12-31, as another record says.
    ("fhkvdataiv_01", "consumption_at_set_date_1_hca", "the profile is read from its other end"),
    ("hydrus_04", "media", "a device type of the manufacturer"),
    ("q*", "volume_flow_m3h", "the duration of a lower limit, taken for a flow"),
    ("sharky774_0*", "operating_time_in_error_h", "the record says that its data is wrong"),
]

# Formats of compact frames that no telegram of the collection brings.
UNKNOWN_FORMATS = {"engelmann_faw_02", "kamwater_08", "omnipower_02"}

MEDIA = {
    "water": {7}, "heat": {4, 195}, "heat cost allocation": {8}, "heat cost allocator": {8},
    "electricity": {2}, "warm water": {6, 21}, "room sensor": {27}, "cold water": {22},
    "heat volume at inlet": {12}, "smoke detector": {26}, "heat/cooling load": {13}, "pressure": {24},
    "radio converter (meter side)": {55}, "gas": {3}, "bus/system component": {14},
    "cooling load volume at outlet": {10}, "other": {0},
}

# A member ends in its unit: factors to a unit without prefix.
UNITS = {
    "m3": ("l", 1000), "m3h": ("l/h", 1000), "kwh": ("Wh", 1000), "kw": ("W", 1000), "c": ("degC", 1), "v": ("V", 1),
    "a": ("A", 1), "h": ("s", 3600), "s": ("s", 1), "y": ("s", 31556952), "hca": ("HCA", 1), "rh": ("%", 1),
    "bar": ("Pa", 100000), "hz": ("Hz", 1), "kvarh": ("varh", 1000), "kvah": ("VAh", 1000), "ppm": ("ppm", 1),
}
# Numbers that may have any unit, or that of a manufacturer: a battery at 97 % is one of 97 days by the standard.
COUNTS = {"counter", "m3c", "pct"}
FACTORS = {"m": Decimal("0.001"), "": 1, "k": 1000, "M": 10**6, "G": 10**9}
OURS = {"m3": ("l", 1000), "m3/h": ("l/h", 1000), "min": ("s", 60), "h": ("s", 3600), "d": ("s", 86400),
        "s": ("s", 1), "K": ("degC", 1), "bar": ("Pa", 100000), "mbar": ("Pa", 100), "month": ("s", 2629746), "a": ("s", 31556952)}
PREFIXED = {"l", "l/h", "Wh", "W", "V", "A", "J", "varh", "VAh", "Hz", "J/h"}
JOULES = Decimal(3600)


def in_base_unit(value, unit):
    """All forms of a number that the other side may mean."""
    if unit in OURS:
        base, factor = OURS[unit]
        yield value * factor, base
        return
    for prefix, factor in FACTORS.items():
        base = unit[len(prefix):]
        if unit.startswith(prefix) and base in PREFIXED:
            if base == "J":
                yield value * factor / JOULES, "Wh"
            elif base == "J/h":
                yield value * factor / JOULES, "W"
            else:
                yield value * factor, base
            return
    yield value, unit
    if unit == "":
        yield value, "HCA"
        yield value, "ppm"


def numbers(records):
    for record in records:
        if record.get("value") is None or "error" in record:
            continue
        if re.fullmatch(r"-?\d+(\.\d+)?", record["value"]):
            unit = record["unit"] if record["quantity"] != "plain_text" else ""
            yield from in_base_unit(Decimal(record["value"]), unit)


def has_number(records, expected, unit):
    base, factor = UNITS[unit]
    expected = Decimal(repr(expected))
    # Six decimals are printed.
    slack = Decimal("1e-6") * factor
    for value, ours in numbers(records):
        if ours == base and abs(value - expected * factor) <= max(slack, abs(value) * Decimal("1e-9")):
            return True
    return False


def has_count(records, expected):
    values = [record["value"] for record in records if record.get("value") and "error" not in record]
    slack = Decimal("1e-6")
    return any(re.fullmatch(r"-?\d+(\.\d+)?", value) and abs(Decimal(value) - Decimal(repr(expected))) <= slack
               for value in values)


def has_time(records, expected):
    expected = expected.replace(" ", "T")
    texts = [text for record in records for text in (record.get("value"), record.get("time")) if text]
    return any(text.startswith(expected) for text in texts)


class Frame:
    """Link and header, from the bytes alone."""

    def __init__(self, text):
        data = bytes.fromhex(text)
        self.control = data[1]
        self.address(data[2:4], data[4:8], data[8], data[9])
        self.mode = self.access = self.status = None
        self.is_encrypted = False
        rest = data[10:]
        lengths = {0x8C: 3, 0x8D: 9, 0x8E: 11, 0x8F: 17}
        while rest[0] in lengths or rest[0] == 0x90:
            length = rest[1] + 2 if rest[0] == 0x90 else lengths[rest[0]]
            if rest[0] in lengths:
                self.access = rest[2]
            rest = rest[length:]
        self.ci = rest[0]
        if self.ci in (0x72, 0x73):
            self.address(rest[5:7], rest[1:5], rest[7], rest[8])
            rest = rest[8:]
        elif self.ci not in (0x7A, 0x7B):
            return
        self.access, self.status, field, data = rest[1], rest[2], rest[3] | rest[4] << 8, rest[5:]
        self.mode = field >> 8 & 31
        if self.mode == 7:
            data = data[1:]
        self.is_encrypted = self.mode != 0 and data[:2] != b"\x2f\x2f"

    def address(self, manufacturer, identification, version, medium):
        self.id = identification[::-1].hex().upper()
        code = manufacturer[0] | manufacturer[1] << 8
        letters = [code >> shift & 31 for shift in (10, 5, 0)]
        is_word = code < 0x8000 and all(1 <= letter <= 26 for letter in letters)
        self.manufacturer = "".join(chr(64 + letter) for letter in letters) if is_word else f"{code:04X}"
        self.version, self.medium = version, medium


def elsewhere(name, member):
    return any(fnmatch(name, entry) and fnmatch(member, members) for entry, members, _ in ELSEWHERE)


def check(entry, answer):
    """Differences of one entry, and the numbers of values compared and listed as elsewhere."""
    name, expected = entry["name"], entry["expected"]
    frame = Frame(entry["telegrams"][0])
    found, compared, skipped = [], 0, 0
    if not answer["ok"] and "link" not in answer:
        return [f"{name}: {answer['error']}"], 0, 0
    meter = answer["meter"]
    pairs = [("link", answer["link"], "wireless"), ("control", answer["control"], frame.control),
             ("ci", answer["ci"], frame.ci), ("id", meter["id"], frame.id),
             ("manufacturer", meter["manufacturer"], frame.manufacturer), ("version", meter["version"], frame.version),
             ("medium", meter["medium_code"], frame.medium), ("access", meter["access"], frame.access),
             ("status", meter["status"], frame.status), ("mode", meter["security_mode"], frame.mode)]
    found += [f"{name}: {what} {ours}, expected {theirs}" for what, ours, theirs in pairs if ours != theirs]
    # 16 digits are a key of DES.
    has_key = len(entry["key"] or "") in (16, 32)
    if answer.get("encrypted", False) != (frame.is_encrypted and not has_key and frame.mode != 29):
        found.append(f"{name}: encrypted is {answer.get('encrypted', False)}")
    records = [record for record in answer["records"] if record.get("quantity") != "vendor_specific_data"]
    if bool(answer.get("missing_format")) != (name in UNKNOWN_FORMATS):
        found.append(f"{name}: missing format {answer.get('missing_format')}")
    if not records:
        return found, compared, skipped
    media = MEDIA.get(expected.get("media"))
    if media and frame.medium not in media and not elsewhere(name, "media"):
        found.append(f"{name}: medium {frame.medium}, expected {expected['media']}")
    for member, value in expected.items():
        unit = member.rsplit("_", 1)[-1]
        is_count = isinstance(value, (int, float)) and unit in COUNTS
        is_number = isinstance(value, (int, float)) and unit in UNITS
        is_time = isinstance(value, str) and re.fullmatch(r"20\d\d-\d\d-\d\d( \d\d:\d\d(:\d\d)?)?", value)
        if not is_number and not is_time and not is_count:
            continue
        if is_count:
            is_there = has_count(answer["records"], value)
        else:
            is_there = has_number(records, value, unit) if is_number else has_time(records, value)
        if is_there:
            compared += 1
        elif elsewhere(name, member):
            skipped += 1
        else:
            found.append(f"{name}: no record has {member} {value}")
    return found, compared, skipped


def decode(lines):
    text = "".join(json.dumps(line) + "\n" for line in lines)
    command = [os.environ["DECODE"], "mbus", "--json", "--lenient", "-"]
    run = subprocess.run(command, input=text, capture_output=True, text=True)
    if run.returncode not in (0, 1):
        sys.exit(f"decode ended with {run.returncode}: {run.stderr}")
    answers = [json.loads(line) for line in run.stdout.splitlines()]
    if len(answers) != len(lines):
        sys.exit(f"{len(lines)} lines in, {len(answers)} lines out")
    return answers


def check_keys(entries):
    """Without its key a telegram is encrypted, and with another one an error."""
    found = []
    entries = [entry for entry in entries if entry["key"] and Frame(entry["telegrams"][0]).is_encrypted]
    lines = [{"telegrams": entry["telegrams"]} for entry in entries]
    for entry, answer in zip(entries, decode(lines)):
        if not answer["ok"] or not answer.get("encrypted") or answer["records"]:
            found.append(f"{entry['name']}: without its key, {answer}")
    wrong = "0F0E0D0C0B0A09080706050403020100"
    for entry, answer in zip(entries, decode([{**line, "key": wrong} for line in lines])):
        is_named = Frame(entry["telegrams"][0]).mode not in (5, 7)
        if not is_named and (answer["ok"] or answer["kind"] != "key" or answer.get("records")):
            found.append(f"{entry['name']}: with a wrong key, {answer}")
    return found, len(entries)


def main():
    path = Path(sys.argv[1]) / "vectors/mbus/wmbus.jsonl"
    entries = [json.loads(line) for line in path.read_text().splitlines()]
    lines = [{"telegrams": entry["telegrams"], "key": entry["key"]} for entry in entries]
    found, compared, skipped = [], 0, 0
    for entry, answer in zip(entries, decode(lines)):
        differing, count, left = check(entry, answer)
        found += differing
        compared += count
        skipped += left
    wrong, keys = check_keys(entries)
    for text in found + wrong:
        print(f"  {text}")
    print(f"  {len(entries)} radio telegrams, {keys} of them with keys, {compared} values, "
          f"{skipped} that stand in no record, {len(found + wrong)} differences")
    sys.exit(1 if found or wrong else 0)


main()
