"""Runs `decode ocpp --json` over the collected frames, strictly and leniently.

    DECODE=target/release/examples/decode python3 .ci/ocpp_vectors.py ../shared

Strictly, the verdict is that of the official schemas, the error code is the one that fits, and what is
written again is what was read. Leniently, what is marked is taken and says what was bent, what is marked
as too much is refused, and a valid frame reads as it does strictly.
"""

import json
import os
import subprocess
import sys
from collections import Counter
from decimal import Decimal
from pathlib import Path


def read(text):
    """JSON with exact numbers."""
    return json.loads(text, parse_float=Decimal)


def decode(lines, *options):
    command = [os.environ["DECODE"], "ocpp", "--json", *options, "-"]
    run = subprocess.run(command, input="\n".join(lines) + "\n", capture_output=True, encoding="utf-8")
    if run.returncode not in (0, 1):
        sys.exit(f"decode ended with {run.returncode}: {run.stderr}")
    answers = [read(line) for line in run.stdout.splitlines()]
    if len(answers) != len(lines):
        sys.exit(f"{len(lines)} lines in, {len(answers)} lines out")
    return answers


def payload(entry):
    """The payload that was sent; null stands for an empty object."""
    frame = read(entry["raw"]) if "raw" in entry else entry["frame"]
    return (frame[3] if frame[0] == 2 else frame[2]) or {}


def strict_differences(entry, answer):
    if answer["ok"] != entry["valid"]:
        yield f"ok is {answer['ok']}, the schemas say {entry['valid']} ({entry['why']})"
        return
    if not answer["ok"]:
        expected = entry.get("suggested_error")
        if expected and answer["error"] != expected:
            yield f"{answer['error']}, expected {expected} ({entry['why']})"
        return
    if answer["deviations"]:
        yield f"bent {answer['deviations']}"
    if entry["kind"] == "callerror":
        frame = entry["frame"]
        if [answer["id"], answer["code"], answer["description"], answer["details"]] != frame[1:]:
            yield f"written as {answer}"
    elif answer["payload"] != payload(entry):
        yield f"written as {answer['payload']}, was {payload(entry)}"


def lenient_differences(entry, answer, strict):
    if entry["valid"]:
        if answer != strict:
            yield f"leniently {answer}"
    elif entry.get("lenient") and not (answer["ok"] and answer["deviations"]):
        yield f"not taken: {answer}"
    elif entry.get("lenient") is False and answer["ok"]:
        yield f"taken: {answer}"
    elif answer["ok"] and not answer["deviations"]:
        yield "taken, and nothing was bent"


def main():
    path = Path(sys.argv[1]) / "vectors/ocpp16/messages.jsonl"
    lines = path.read_text(encoding="utf-8").split("\n")
    lines = [line for line in lines if line.strip()]
    entries = [read(line) for line in lines]
    strict, lenient = decode(lines), decode(lines, "--lenient")
    found, counts = [], Counter()
    for entry, answer, bent in zip(entries, strict, lenient):
        differing = [*strict_differences(entry, answer), *lenient_differences(entry, bent, answer)]
        found += [f"{entry['name']}: {text}" for text in differing]
        counts["valid" if entry["valid"] else "invalid"] += 1
        counts["tolerated"] += bool(entry.get("lenient") and not entry["valid"])
    for text in found:
        print(f"  {text}")
    listed = ", ".join(f"{count} {name}" for name, count in counts.items())
    print(f"  {len(entries)} frames ({listed}), {len(found)} differences")
    sys.exit(1 if found else 0)


main()
