"""Runs `decode ocpp --json` over the collected charging profiles.

    DECODE=target/release/examples/decode python3 .ci/ocpp_schedules.py ../shared

The schedule is the expected one, period by period; a limit that has no end is compared to six digits.
"""

import json
import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path


def read(text):
    """JSON with exact numbers."""
    return json.loads(text, parse_float=Decimal)


def period(entry, with_phases):
    limit = None if entry["limit"] is None else Decimal(entry["limit"])
    return entry["startPeriod"], limit, entry.get("numberPhases") if with_phases else None


def main():
    path = Path(sys.argv[1]) / "vectors/ocpp16/composite_schedule.jsonl"
    lines = [line for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
    command = [os.environ["DECODE"], "ocpp", "--json", "-"]
    run = subprocess.run(command, input="\n".join(lines) + "\n", capture_output=True, encoding="utf-8")
    answers = [read(line) for line in run.stdout.splitlines()]
    if run.returncode != 0 or len(answers) != len(lines):
        sys.exit(f"decode ended with {run.returncode}, {len(answers)} of {len(lines)} lines: {run.stderr}")
    found = 0
    for entry, answer in zip(map(read, lines), answers):
        # Some sources leave the number of phases out.
        with_phases = any("numberPhases" in one for one in entry["expected"])
        expected = [period(one, with_phases) for one in entry["expected"]]
        schedule = [period(one, with_phases) for one in answer["schedule"]]
        if schedule != expected:
            print(f"  {entry['name']}: {schedule}, expected {expected}")
            found += 1
    print(f"  {len(lines)} composite schedules, {found} differences")
    sys.exit(1 if found else 0)


main()
