"""Reads the simulated bus of `scan_mbus --serve` with pyMeterBus, a master of other people.

    python3 .ci/pymbus.py target/release/examples/scan_mbus

It pings, selects, reads all telegrams and scans, and compares with what the simulated meters were given.
"""

import datetime
import subprocess
import sys
from decimal import Decimal

import meterbus
import serial

# As in examples/bus/simulated.rs.
WATER = [f"123400{10 + number:02}24400107" for number in range(12)]
HEAT = "6601234524400204"
ELECTRICITY = "50001234A8150102"
MILLIONTH = Decimal("0.000001")
PRIMARY = [*range(1, 13), 40, 50]

HEAT_VALUES = [
    *(Decimal(value) for value in ("21837000", "712.345", "5120", "11000", "71.3", "41.2")),
    *(Decimal(21000 - 801 * month) * 1000 for month in range(24)),
]
ELECTRICITY_VALUES = [Decimal(value) for value in (8123456, 4061728, 2707818, 1234)]


def water_values(number):
    litres = 12565 + 1111 * number
    return [Decimal(litres) / 1000, Decimal(litres - 512) / 1000, "2026-09-30"]


def main(program):
    server = subprocess.Popen([program, "--serve", "127.0.0.1:0"], stdout=subprocess.PIPE, text=True)
    try:
        address = server.stdout.readline().strip()
        with serial.serial_for_url(f"socket://{address}", timeout=0.1) as port:
            check(port)
    finally:
        server.kill()
        server.wait()


def check(port):
    found = [address for address in range(61) if ping(port, address)]
    equal("addresses that answer a ping", found, PRIMARY)

    for number in range(12):
        values = request(port, 1 + number)
        equal(f"water meter at {1 + number}", values, water_values(number))
    equal("electricity meter at 50", request(port, 50), ELECTRICITY_VALUES)

    for address, expected in [(HEAT, HEAT_VALUES), (WATER[3], water_values(3))]:
        select(port, address)
        if not isinstance(answer(port), meterbus.TelegramACK):
            sys.exit(f"{address} does not acknowledge its selection")
        equal(f"all telegrams of {address}", request_all(port), expected)
    equal("telegrams at 40", request_all(port, 40), HEAT_VALUES)

    found = sorted(scan(port, "F" * 16, 0))
    equal("scan", found, sorted([*WATER, HEAT, ELECTRICITY]))


def ping(port, address):
    meterbus.send_ping_frame(port, address)
    return isinstance(answer(port), meterbus.TelegramACK)


def select(port, address):
    meterbus.send_select_frame(port, address)


def request(port, address):
    meterbus.send_request_frame(port, address)
    return values(answer(port))


def request_all(port, address=253):
    """The values of all telegrams, with the frame count as pyMeterBus toggles it."""
    frame = meterbus.send_request_frame_multi(port, address)
    telegram = answer(port)
    found = values(telegram)
    while telegram.more_records_follow:
        frame.header.cField.parts[0] ^= meterbus.CONTROL_MASK_FCB
        meterbus.send_request_frame_multi(port, req=frame)
        telegram = answer(port)
        found += values(telegram)
    return found


def scan(port, mask, position):
    """The plain search: a selection for each digit, a request where it is acknowledged."""
    found = []
    for digit in range(10):
        narrowed = mask[:position] + str(digit) + mask[position + 1 :]
        select(port, narrowed)
        frame = answer(port)
        if frame is None:
            continue
        if isinstance(frame, meterbus.TelegramACK):
            meterbus.send_request_frame(port, 253)
            frame = answer(port)
        if isinstance(frame, meterbus.TelegramLong):
            found.append(frame.secondary_address)
        elif position < 7:
            found += scan(port, narrowed, position + 1)
        else:
            sys.exit(f"{narrowed} cannot be told apart")
    return found


def answer(port):
    """A telegram; None after silence, False where it is damaged."""
    data = meterbus.recv_frame(port, 1)
    if not data:
        # What is left of a damaged telegram.
        port.read(300)
        return data
    return meterbus.load(data)


def values(telegram):
    """What pyMeterBus prints, without the mark that more follows."""
    if not isinstance(telegram, meterbus.TelegramLong):
        sys.exit(f"no telegram but {telegram}")
    found = []
    for record in telegram.records:
        interpreted = record.interpreted
        if interpreted["function"] == "FunctionType.SPECIAL_FUNCTION" or record.more_records_follow:
            continue
        value = interpreted["value"]
        if isinstance(value, datetime.date):
            value = value.isoformat()
        elif not isinstance(value, str):
            # It scales by floats, so its last digits are not those of the meter.
            value = Decimal(str(value)).quantize(MILLIONTH)
        found.append(value)
    return found


def equal(what, found, expected):
    expected = [value.quantize(MILLIONTH) if isinstance(value, Decimal) else value for value in expected]
    if found != expected:
        sys.exit(f"{what}:\n  found    {found}\n  expected {expected}")
    print(f"  {what}: {len(found)} as expected")


main(sys.argv[1])
