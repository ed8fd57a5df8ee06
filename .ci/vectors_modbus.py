"""Runs `decode modbus --json` over the collected frames, registers and plans, and compares every line.

    DECODE=target/release/examples/decode python3 .ci/vectors_modbus.py ../shared

Only what the collection calls normative has to agree: a malformed frame is refused with its class, but
for some classes only the refusal counts, or not even that.
"""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

# Classes whose name is not normative, and those that a lenient decoder may accept.
OTHER_CLASS = {"crc-or-length", "resync", "case", "exception-code"}
MAY_ACCEPT = {"exception-code"}


def decode(lines):
    command = [os.environ["DECODE"], "modbus", "--json", "-"]
    run = subprocess.run(command, input="\n".join(lines) + "\n", capture_output=True, encoding="utf-8")
    if run.returncode not in (0, 1):
        sys.exit(f"decode ended with {run.returncode}: {run.stderr}")
    answers = [json.loads(line) for line in run.stdout.splitlines()]
    if len(answers) != len(lines):
        sys.exit(f"{len(lines)} lines in, {len(answers)} lines out")
    return answers


def differing(expected, found, names):
    for name in names:
        if expected[name] != found.get(name):
            yield f"{name} is {found.get(name)}, expected {expected[name]}"


def bits_differ(expected, found):
    """Answers may hold more bits than were asked for."""
    bits = found.get("bits", "")[: expected.get("bits_requested", expected.get("count"))]
    if expected.get("bits_sha"):
        return hashlib.sha256(bits.encode()).hexdigest() != expected["bits_sha"]
    return expected["bits"] is not None and bits != expected["bits"]


def sound(entry, answer):
    if answer.get("result") != "ok":
        yield f"refused: {answer}"
        return
    yield from differing(entry, answer, [n for n in ("function", "unit", "pdu", "transaction") if n in entry])
    expected, found = entry["fields"], answer["fields"]
    yield from differing(expected, found, [n for n in expected if n not in ("bits", "bits_requested", "bits_sha")])
    if "bits" in expected and bits_differ(expected, found):
        yield f"bits are {found.get('bits')}"


def malformed(entry, answer):
    error = entry["error"]
    if answer.get("result") == "ok":
        if error not in MAY_ACCEPT:
            yield f"taken: {answer}, expected {error}"
    elif answer.get("result") not in ("error", "incomplete") or "error" not in answer:
        yield f"no answer: {answer}"
    elif error not in OTHER_CLASS and answer["error"] != error:
        yield f"refused for {answer}, expected {error}"


def length(entry, answer):
    # Device identification has to be walked, which takes more than a prefix.
    is_walked = entry["prefix"][2:6] == "2b0e" and entry["kind"] == "response"
    if answer.get("length", 0) != entry["length"] and not (is_walked and answer.get("length", 0) is None):
        yield f"length is {answer}, expected {entry['length']}"


def pair(entry, answer):
    # Some requests are there to be refused.
    names = ["response"] if "exception" in entry else ["request", "response"]
    for name in names:
        if answer[name].get("result") != "ok":
            yield f"{name} refused: {answer[name]}"
            return
        yield from differing({"pdu": entry[f"{name}_pdu"]}, answer[name], ["pdu"])
    fields = answer["response"]["fields"]
    yield from differing(entry, fields, [n for n in ("registers", "exception") if n in entry])
    if "bits" in entry and not fields["bits"].startswith(entry["bits"]):
        yield f"bits are {fields['bits']}"


def value(entry, answer):
    yield from differing(entry, answer, ["status"])
    expected = entry["expected"] if entry["status"] == "ok" else None
    if answer.get("value") != expected or type(answer.get("value")) is not type(expected):
        yield f"value is {answer.get('value')!r}, expected {expected!r}"
    for name in ("half_even", "half_away"):
        if f"expected_{name}" in entry and answer.get(name) != entry[f"expected_{name}"]:
            yield f"{name} is {answer.get(name)!r}, expected {entry[f'expected_{name}']!r}"


def plan(entry, answer):
    requests = answer.get("requests")
    if requests is None or len(requests) != entry["min_requests"]:
        yield f"planned {answer}, expected {entry['requests']}"
        return
    for address, count in entry["items"]:
        if not any(start <= address and address + count <= start + size for start, size in requests):
            yield f"{address}+{count} is in no request of {requests}"
    items = {cell for address, count in entry["items"] for cell in range(address, address + count)}
    for start, size in requests:
        hole = 0
        for cell in range(start, start + size):
            hole = 0 if cell in items else hole + 1
            if hole > entry["max_gap"] or cell in entry.get("forbidden", []):
                yield f"{start}+{size} reads {cell}"
        if size > entry["max_count"]:
            yield f"{start}+{size} is too long"


def checksum(entry, answer):
    yield from differing(entry, answer, ["crc16", "crc_wire"])
    # The frame that shows the LRC holds so many bytes.
    if len(entry["data"]) // 2 in range(2, 255):
        yield from differing(entry, answer, ["lrc"])


CHECKS = {
    "pdu_adu": sound,
    "malformed": malformed,
    "rtu_length": length,
    "server_pairs": pair,
    "decode": value,
    "plan": plan,
    "checksum": checksum,
}


def main():
    folder = Path(sys.argv[1]) / "vectors/modbus"
    found, counts = [], []
    for name, check in CHECKS.items():
        lines = [line for line in (folder / f"{name}.jsonl").read_text(encoding="utf-8").split("\n") if line.strip()]
        for line, answer in zip(lines, decode(lines)):
            entry = json.loads(line)
            differences = list(check(entry, answer))
            if answer.get("id") != entry["id"]:
                differences.append(f"id is {answer.get('id')}")
            found += [f"{entry['id']}: {text}"[:400] for text in differences]
        counts.append(f"{len(lines)} {name}")
    for text in found:
        print(f"  {text}")
    print(f"  {', '.join(counts)}: {len(found)} differences")
    sys.exit(1 if found else 0)


main()
