"""Tries `read_modbus` against pymodbus, the client and server of other people.

    READ_MODBUS=target/release/examples/read_modbus python3 -I .ci/pymodbus.py

`-I`, since this file would hide the package of its name.

Values that pymodbus encodes and serves have to be read exactly, over TCP and over a pair of pseudo terminals, by map
files, points and SunSpec models; and values that `read_modbus --serve` is given have to be read, and written, by the
clients of pymodbus.
"""

import asyncio
import contextlib
import json
import logging
import os
import re
import signal
import struct
import subprocess
import sys
import tempfile
import threading
import tty
from pathlib import Path

from pymodbus import FramerType
from pymodbus.client import ModbusSerialClient, ModbusTcpClient
from pymodbus.client.mixin import ModbusClientMixin
from pymodbus.server import ModbusSerialServer, ModbusTcpServer
from pymodbus.simulator import DataType, SimData, SimDevice

UNIT = 17
KIND = ModbusClientMixin.DATATYPE
FRAMERS = {"tcp": FramerType.SOCKET, "rtu": FramerType.RTU, "ascii": FramerType.ASCII}

DEVICE = """\
device.name = "Test meter"
device.vendor = "Example"
device.default_serial = "38400 8N1"
device.max_gap = 60
"""


def big(value, kind):
    return ModbusClientMixin.convert_to_registers(value, kind, word_order="big")


def little(value, kind):
    return ModbusClientMixin.convert_to_registers(value, kind, word_order="little")


def text_in(text, count):
    data = text.encode().ljust(2 * count, b"\0")
    return list(struct.unpack(f">{count}H", data))


def swapped(registers):
    """With the bytes of each register exchanged."""
    return [(register & 0xFF) << 8 | register >> 8 for register in registers]


# Function, address, registers or bits, lines of the map, value; more members of the answer.
# Between some addresses there is nothing, and a request for that is refused.
CASES = {
    "u16": (3, 0, big(65535, KIND.UINT16), 'type = "u16"', "65535"),
    "i16": (3, 1, big(-1234, KIND.INT16), 'type = "i16", scale = "0.1", unit = "Cel"', "-123.4"),
    "u32": (3, 2, big(4000000000, KIND.UINT32), 'type = "u32"', "4000000000"),
    "u32_little": (
        3,
        4,
        little(305419896, KIND.UINT32),
        'type = "u32", word_order = "little", scale = "0.001", quantity = "energy_active_import", unit = "kWh"',
        "305419.896",
    ),
    "i32": (3, 6, big(-123456, KIND.INT32), 'type = "i32"', "-123456"),
    "i32_little": (3, 8, little(-2147483648, KIND.INT32), 'type = "i32", order = "CDAB"', "-2147483648"),
    "u64": (3, 20, big(2**64 - 1, KIND.UINT64), 'type = "u64"', "18446744073709551615"),
    "u64_little": (
        3,
        24,
        little(1234567890123456789, KIND.UINT64),
        'type = "u64", word_order = "little", scale = "0.01", unit = "Wh"',
        "12345678901234567.89",
    ),
    "i64": (3, 28, big(-(2**63), KIND.INT64), 'type = "i64"', "-9223372036854775808"),
    "f32": (3, 40, big(230.1, KIND.FLOAT32), 'type = "f32", quantity = "voltage", phase = "L1", unit = "V"', "230.1"),
    "f32_little": (3, 42, little(49.98, KIND.FLOAT32), 'type = "f32", word_order = "little", unit = "Hz"', "49.98"),
    "f32_bytes": (3, 44, swapped(big(-0.15625, KIND.FLOAT32)), 'type = "f32", order = "BADC"', "-0.15625"),
    "f32_all": (3, 46, swapped(little(1e-7, KIND.FLOAT32)), 'type = "f32", order = "DCBA"', "0.0000001"),
    "f64": (3, 48, big(27184.423046875, KIND.FLOAT64), 'type = "f64"', "27184.423046875"),
    "f64_little": (3, 52, little(0.1, KIND.FLOAT64), 'type = "f64", word_order = "little"', "0.1"),
    "f64_all": (3, 56, swapped(little(-1234567.125, KIND.FLOAT64)), 'type = "f64", order = "HGFEDCBA"', "-1234567.125"),
    "nan": (3, 60, big(float("nan"), KIND.FLOAT32), 'type = "f32", quantity = "frequency", unit = "Hz"', None),
    "marked": (3, 62, [0x8000], 'type = "i16", not_available = "0x8000", scale = "0.1", unit = "V"', None),
    "bcd": (3, 63, [0x1234, 0x5678], 'type = "bcd32", scale = "0.01", unit = "m3"', "123456.78"),
    "modulo": (3, 65, [12, 3456], 'type = "m10k", count = 2', "123456"),
    "text": (3, 67, big("Meter 42", KIND.STRING) + [0, 0], 'type = "str", count = 6', "Meter 42"),
    "exponent": (3, 73, [0xFFFD], 'type = "sunssf"', "-3"),
    "scaled": (3, 74, big(-12345, KIND.INT16), 'type = "i16", scale_register = 73, unit = "A"', "-12.345"),
    "state": (3, 75, [2], 'type = "enum16", enum = { 1 = "off", 2 = "on" }', "2", {"label": "on"}),
    "flags": (3, 76, [0b101], 'type = "bitfield16"', "5"),
    "time": (3, 77, big(1558535852, KIND.UINT32), 'type = "unix32"', "2019-05-22T14:37:32Z"),
    "last": (3, 65534, big(-1.5, KIND.FLOAT32), 'type = "f32"', "-1.5"),
    "input": (4, 0, [0, 12565], 'type = "u32", scale = "0.001", quantity = "volume", unit = "m3"', "12.565"),
    "coil": (1, 3, [True], 'type = "bit"', "1"),
    "coil_off": (1, 4, [False], 'type = "bit"', "0"),
    "discrete": (2, 9, [True], 'type = "bit"', "1"),
}

# Every width in every order of its bytes: type, scale, what is on the wire, value.
GRID = [
    ("u16", "0.1", (2301).to_bytes(2, "big"), "230.1"),
    ("i16", "0.01", (-4050).to_bytes(2, "big", signed=True), "-40.50"),
    ("f16", "1", struct.pack(">e", -1.5), "-1.5"),
    ("u32", "0.001", (4294967294).to_bytes(4, "big"), "4294967.294"),
    ("i32", "10", (-2147483647).to_bytes(4, "big", signed=True), "-21474836470"),
    ("f32", "0.001", struct.pack(">f", -98.4), "-0.0984"),
    ("bcd32", "0.01", bytes.fromhex("12345678"), "123456.78"),
    ("u48", "1", (281474976710654).to_bytes(6, "big"), "281474976710654"),
    ("i48", "1", (-140737488355327).to_bytes(6, "big", signed=True), "-140737488355327"),
    ("u64", "0.01", (2**64 - 2).to_bytes(8, "big"), "184467440737095516.14"),
    ("i64", "1", (1 - 2**63).to_bytes(8, "big", signed=True), "-9223372036854775807"),
    ("f64", "1", struct.pack(">d", 27184.420000000002), "27184.420000000002"),
]
ORDERS = {
    2: ("AB", "BA"),
    4: ("ABCD", "CDAB", "BADC", "DCBA"),
    6: ("ABCDEF", "EFCDAB", "BADCFE", "FEDCBA"),
    8: ("ABCDEFGH", "GHEFCDAB", "BADCFEHG", "HGFEDCBA", "EFGHABCD", "CDABGHEF"),
}


def grid():
    address = 1000
    for kind, scale, wire, value in GRID:
        for order in ORDERS[len(wire)]:
            data = bytes(wire["ABCDEFGH".index(letter)] for letter in order)
            registers = list(struct.unpack(f">{len(data) // 2}H", data))
            rest = f'type = "{kind}", order = "{order}", scale = "{scale}"'
            yield f"{kind}_{order}", (3, address, registers, rest, value)
            # A hole behind each.
            address += len(registers) + 1


CASES |= dict(grid())

# What the map's words become: quantity, unit and members that not all have.
WORDS = {
    "i16": ("none", "degC", {}),
    "u32_little": ("energy", "kWh", {"direction": "import"}),
    "u64_little": ("none", "Wh", {}),
    "f32": ("voltage", "V", {"phase": "l1"}),
    "f32_little": ("none", "Hz", {}),
    "nan": ("frequency", "Hz", {"absent": "not_available"}),
    "marked": ("none", "V", {"absent": "not_available"}),
    "bcd": ("none", "m3", {}),
    "scaled": ("none", "A", {}),
    "input": ("volume", "m3", {}),
}


def map_file(folder, cases):
    lines = [
        f'  {{ name = "{name}", function = {function}, address = {address}, {rest} }},'
        for name, (function, address, _, rest, *_) in cases.items()
    ]
    path = Path(folder, f"map-{len(os.listdir(folder))}.toml")
    path.write_text("\n".join([DEVICE + "register = [", *lines, "]\n"]))
    return str(path)


def expected():
    rows = []
    for name, (_, _, _, _, value, *more) in CASES.items():
        quantity, unit, members = WORDS.get(name, ("none", "", {}))
        row = {"name": name, "quantity": quantity, "unit": unit, "value": value, **members}
        rows.append(row | (more[0] if more else {}))
    return rows


def device(cases=CASES):
    """Four tables that are separate."""
    blocks = []
    for function in (1, 2, 3, 4):
        datatype = DataType.BITS if function < 3 else DataType.REGISTERS
        cells = [(case[1], case[2]) for case in cases.values() if case[0] == function]
        blocks.append([SimData(address, values=values, datatype=datatype) for address, values in sorted(cells)])
    return SimDevice(UNIT, simdata=tuple(blocks))


class Loop:
    """Runs the servers of pymodbus beside this thread."""

    def __init__(self):
        self.loop = asyncio.new_event_loop()
        threading.Thread(target=self.loop.run_forever, daemon=True).start()

    def run(self, coroutine):
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result(timeout=20)

    @contextlib.contextmanager
    def serving(self, make):
        async def start():
            server = make()
            await server.serve_forever(background=True)
            return server

        server = self.run(start())
        try:
            yield server
        finally:
            self.run(server.shutdown())


@contextlib.contextmanager
def line():
    """The two ends of a serial line."""
    ends = [os.openpty() for _ in range(2)]
    for _, slave in ends:
        tty.setraw(slave)

    def carry(source, sink):
        with contextlib.suppress(OSError):
            while data := os.read(source, 1024):
                os.write(sink, data)

    (one, _), (other, _) = ends
    for pair in ((one, other), (other, one)):
        threading.Thread(target=carry, args=pair, daemon=True).start()
    try:
        yield [os.ttyname(slave) for _, slave in ends]
    finally:
        for end in ends:
            for descriptor in end:
                os.close(descriptor)


def read(program, *arguments):
    """The exit status and the rows of a run."""
    run = subprocess.run(
        [program, *arguments, "--json"], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60
    )
    if run.stderr:
        print(run.stderr, file=sys.stderr, end="")
    return run.returncode, [json.loads(text) for text in run.stdout.splitlines()]


def equal(what, found, wanted):
    if found == wanted:
        print(f"  {what}: as put in")
        return
    pairs = [(found, wanted)]
    if isinstance(found, list) and len(found) == len(wanted):
        pairs = [pair for pair in zip(found, wanted) if pair[0] != pair[1]]
    for one, other in pairs:
        print(f"  found  {one}\n  wanted {other}", file=sys.stderr)
    sys.exit(f"  {what}: {len(pairs)} differ")


def check_reading(program, loop, folder):
    """Our client against their server."""
    meter = ["--map", map_file(folder, CASES), "--all", "--unit", str(UNIT)]
    for framing in ("tcp", "rtu", "ascii"):

        def make():
            return ModbusTcpServer(device(), framer=FRAMERS[framing], address=("127.0.0.1", 0))

        with loop.serving(make) as server:
            host, port = server.transport.sockets[0].getsockname()
            # One at a time: of several requests in a packet, this server answers the last.
            status, rows = read(program, f"{host}:{port}", *meter, "--framing", framing)
            equal(f"read over a socket, {framing}", rows, expected())
            equal("its exit status", status, 0)
            if framing == "tcp":
                check_points(program, f"{host}:{port}/{UNIT}")
                check_writing(program, folder, f"{host}:{port}/{UNIT}")
                check_written(host, port)
    for framing in ("rtu", "ascii"):
        with line() as (theirs, ours):

            def make():
                return ModbusSerialServer(device(), framer=FRAMERS[framing], port=theirs, baudrate=38400)

            with loop.serving(make):
                status, rows = read(program, ours, *meter, "--framing", framing)
                equal(f"read over a line, {framing}", rows, expected())
                equal("its exit status", status, 0)
                if framing == "rtu":
                    check_points(program, ours, "--unit", str(UNIT), "--framing", framing)
                    check_writing(program, folder, ours, "--unit", str(UNIT), "--framing", framing)

    def make():
        return ModbusTcpServer(device(), address=("127.0.0.1", 0))

    missing = {"here": CASES["u16"], "missing": (3, 15, [], 'type = "u16"', None)}
    with loop.serving(make) as server:
        host, port = server.transport.sockets[0].getsockname()
        status, rows = read(program, f"{host}:{port}/{UNIT}", "--map", map_file(folder, missing))
        error = "refused: illegal data address (exception 2)"
        wanted = [
            {"name": "here", "quantity": "none", "unit": "", "value": "65535"},
            {"name": "missing", "quantity": "none", "unit": "", "value": None, "absent": "not_sent", "error": error},
        ]
        equal("read beside a register that is not there", rows, wanted)
        equal("its exit status", status, 1)


FLOW = ("vol_flow_m3_h", "volume_flow", "m3/h", "12.56")
# The registers of some cases as points of gateways: text, name, quantity, unit, value.
POINTS = [
    ("reg=1 unit=flow_temp type=i16 factor=0.1", "flow_temp", "flow_temperature", "degC", "-123.4"),
    ("reg=4 unit=en_im type=u32 factor=0.001 round=3 swap_words=1", "en_im", "energy", "kWh", "305419.896"),
    # Half to even, after the factor.
    ("reg=4 unit=en_ex type=u32 factor=0.001 swap_words=1", "en_ex", "energy", "kWh", "305419.90"),
    ("reg=8 unit=power_kw type=i32 swap_words=1 round=-3", "power_kw", "power", "kW", "-2147484000"),
    ("reg=40 unit=L1_v size=2 round=1", "L1_v", "voltage", "V", "230.1"),
    ("reg=42 unit=diff_temp size=2 function_code=3 swap_words=1", "diff_temp", "temperature_difference", "K", "49.98"),
    ("reg=24 unit=vol_m3 type=u64 factor=0.01 swap_words=1 pause=0", "vol_m3", "volume", "m3", "12345678901234567.89"),
    ('{"reg": 400000, "unit": "vol_flow_m3_h", "type": "u32", "factor": 0.001}', *FLOW),
    ('{"reg": 20, "unit": "cold_energy_kwh", "size": 4, "round": 0}', "cold_energy_kwh", "energy", "kWh", "-1"),
]


def check_points(program, *place):
    """One-line forms of registers in place of a map."""
    texts = [f"--point={text}" for text, *_ in POINTS]
    status, rows = read(program, *place, *texts)
    found = [(row["name"], row["quantity"], row["unit"], row["value"]) for row in rows]
    equal("points", found, [point[1:] for point in POINTS])
    equal("their exit status", status, 0)


def sunspec(mark_end=True):
    """Marker, common model, inverter, one of a vendor, two MPP trackers, end: by the model definitions of SunSpec."""
    common = text_in("Maker", 16) + text_in("Model", 16) + text_in("", 8) + text_in("1.0", 8) + text_in("S42", 16)
    common += [7, 0x8000]
    inverter = [1234, 410, 0xFFFF, 414, 0xFFFE]  # A and its scale 10^-2
    inverter += [3981, 0xFFFF, 0xFFFF, 2301, 2294, 2317, 0xFFFF]  # V, 10^-1
    inverter += [0xFFFF & -28, 2]  # W, 10^2
    inverter += [4998, 0xFFFE, 0x8000, 0, 0x8000, 0, 0x8000, 0]  # Hz; no VA, VAr and PF
    inverter += [*big(3456789, KIND.UINT32), 1]  # WH, 10^1
    inverter += [0xFFFF, 0, 0xFFFF, 0, 0x8000, 0, 412, 0x8000, 0x8000, 0x8000, 0xFFFF, 4, 0xFFFF, *[0] * 12]
    vendor = [1, 2, 3]
    trackers = [0xFFFF, 0xFFFF, 0, 0x8000, 0, 0, 2, 0xFFFF]
    for number, current, voltage, power, energy in ((1, 81, 6204, 5025, 123456), (2, 79, 6187, 4888, 0)):
        trackers += [number, *text_in(f"String {number}", 8), current, voltage, power, *big(energy, KIND.UINT32)]
        trackers += [0xFFFF, 0xFFFF, 0x8000, 4, 0, 0]
    chain = []
    for number, registers in ((1, common), (103, inverter), (64001, vendor), (160, trackers)):
        chain += [number, len(registers), *registers]
    return [0x5375, 0x6E53, *chain, *([0xFFFF, 0] if mark_end else [])]


# Model, group, name, value.
SUNSPEC = [
    (1, None, "SN", "S42"),
    (103, None, "A", "12.34"),
    (103, None, "AphA", "4.10"),
    (103, None, "AphB", None),
    (103, None, "PhVphA", "230.1"),
    (103, None, "W", "-2800"),
    (103, None, "Hz", "49.98"),
    (103, None, "VA", None),
    (103, None, "WH", "34567890"),
    (103, None, "St", "4"),
    (160, 1, "module_IDStr", "String 1"),
    (160, 1, "module_DCA", "8.1"),
    (160, 1, "module_DCV", "620.4"),
    (160, 1, "module_DCW", "5025"),
    (160, 2, "module_IDStr", "String 2"),
    (160, 2, "module_DCA", "7.9"),
    (160, 2, "module_DCV", "618.7"),
    (160, 2, "module_DCW", "4888"),
]


def check_sunspec(program, loop):
    """Models that are found by their chain, wherever it begins and however it ends."""
    names = ",".join(dict.fromkeys(name for _, _, name, _ in SUNSPEC))
    wanted = [(f"sunspec-model-{model}", group, name, value) for model, group, name, value in SUNSPEC]
    for start, mark_end in ((40000, True), (50000, True), (0, True), (40000, False)):
        registers = [SimData(start, values=sunspec(mark_end), datatype=DataType.REGISTERS)]
        other = [SimData(0, values=[0], datatype=DataType.REGISTERS)]
        bits = [SimData(0, values=[False] * 8, datatype=DataType.BITS)]

        def make():
            return ModbusTcpServer(SimDevice(UNIT, simdata=(bits, bits, registers, other)), address=("127.0.0.1", 0))

        with loop.serving(make) as server:
            host, port = server.transport.sockets[0].getsockname()
            device = f"{host}:{port}/{UNIT}"
            status, rows = read(program, device, "--model", "sunspec", "--select", names)
            found = [(row["model"], row.get("group"), row["name"], row["value"]) for row in rows]
            equal(f"SunSpec at {start}, {'with' if mark_end else 'without'} an end", found, wanted)
            equal("its exit status", status, 0)
            status, rows = read(program, device, "--model", "sunspec-model-103", "--select", "W,WH")
            equal("one model of it", [row["value"] for row in rows], ["-2800", "34567890"])


# What is written to some cases, and the registers that it is.
WRITTEN = {
    "u32_little": ("1.234", little(1234, KIND.UINT32)),
    "i16": ("-0.1", [0xFFFF]),
    "f64_all": ("0.1", swapped(little(0.1, KIND.FLOAT64))),
    "text": ("Zähler", text_in("Zähler", 6)),
    "coil_off": ("1", [True]),
}


def check_writing(program, folder, *place):
    """What we write arrives there, by our own words."""
    cases = {name: (*CASES[name][:3], CASES[name][3] + ', access = "rw"') for name in WRITTEN}
    writes = [f"--write={name}={value}" for name, (value, _) in WRITTEN.items()]
    status, rows = read(program, *place, "--map", map_file(folder, cases), "--all", *writes)
    values = {name: value for name, (value, _) in WRITTEN.items()}
    equal("written and read again", {row["name"]: row["value"] for row in rows}, values)
    equal("its exit status", status, 0)


def check_written(host, port):
    """The same by the words of pymodbus."""
    client = ModbusTcpClient(host, port=port)
    client.connect()
    with contextlib.closing(client):
        for name, (_, cells) in WRITTEN.items():
            function, address, *_ = CASES[name]
            if function == 1:
                found = client.read_coils(address, count=1, device_id=UNIT).bits[:1]
            else:
                found = client.read_holding_registers(address, count=len(cells), device_id=UNIT).registers
            equal(f"{name} as pymodbus has it", found, cells)


def check_again(program, loop, folder):
    """A server that goes away and comes back, and the end by Ctrl-C."""
    path = map_file(folder, {"i16": CASES["i16"]})
    address = ["127.0.0.1", 0]
    cases = dict(CASES)

    def make():
        return ModbusTcpServer(device(cases), address=tuple(address))

    def default():
        # A shell in the background ignores it, and so do its children.
        signal.signal(signal.SIGINT, signal.SIG_DFL)

    reader = None
    for raw, value in ((-1234, "-123.4"), (77, "7.7")):
        cases["i16"] = (3, 1, big(raw, KIND.INT16))
        with loop.serving(make) as server:
            address[1] = server.transport.sockets[0].getsockname()[1]
            if reader is None:
                arguments = [f"127.0.0.1:{address[1]}/{UNIT}", "--map", path, "--json", "--every", "0.05"]
                reader = subprocess.Popen(
                    [program, *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                    text=True, preexec_fn=default,
                )
            # First come those that were read before.
            while (row := json.loads(reader.stdout.readline()))["value"] != value:
                pass
            equal("read again and again", bool(re.fullmatch(r"\S+Z", row["time"])), True)
        error = reader.stderr.readline()
        equal("a lost connection is reported", f"127.0.0.1:{address[1]}" in error, True)
    reader.send_signal(signal.SIGINT)
    reader.communicate(timeout=20)
    equal("Ctrl-C ends it", reader.returncode, -signal.SIGINT)
    server = subprocess.Popen(
        [program, "--serve", "127.0.0.1:0", "--map", path], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        preexec_fn=default,
    )
    server.stdout.readline()
    server.send_signal(signal.SIGINT)
    equal("Ctrl-C ends our server", server.wait(timeout=20), -signal.SIGINT)


# Name, address, registers, lines of the map, text of the value.
SERVED = {
    "voltage": (3, 0, big(230.1, KIND.FLOAT32), 'type = "f32", unit = "V"', "230.1"),
    "energy": (3, 2, little(123456789, KIND.UINT64), 'type = "u64", order = "GHEFCDAB", scale = "0.01"', "1234567.89"),
    "power": (3, 6, big(-2345, KIND.INT32), 'type = "i32", scale = "10", unit = "W"', "-23450"),
    "absent": (3, 8, [0x8000], 'type = "i16", not_available = "0x8000"', "none"),
    "text": (3, 9, big("Meter 42", KIND.STRING), 'type = "str", count = 4', "Meter 42"),
    "limit": (3, 20, big(32, KIND.UINT16) + [0], 'type = "u16", count = 1, access = "rw"', "32"),
    "other": (3, 21, [0], 'type = "u16", access = "rw"', "0"),
    "volume": (4, 5, big(12565, KIND.UINT32), 'type = "u32", scale = "0.001", unit = "m3"', "12.565"),
    "relay": (1, 7, [True], 'type = "bit", access = "rw"', "1"),
    "alarm": (2, 0, [True], 'type = "bit"', "1"),
}


@contextlib.contextmanager
def our_server(program, folder, address, framing):
    settings = [f"--set={name}={case[4]}" for name, case in SERVED.items()]
    arguments = ["--serve", address, "--map", map_file(folder, SERVED), "--unit", str(UNIT), "--framing", framing]
    server = subprocess.Popen(
        [program, *arguments, *settings], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True
    )
    try:
        yield server.stdout.readline().strip()
    finally:
        server.kill()
        server.wait()


def check_serving(program, folder):
    """Their client against our server."""
    for framing in ("tcp", "rtu", "ascii"):
        with our_server(program, folder, "127.0.0.1:0", framing) as address:
            host, port = address.rsplit(":", 1)
            for _ in range(2):
                client = ModbusTcpClient(host, port=int(port), framer=FRAMERS[framing], timeout=5, retries=0)
                check_client(client, f"over a socket, {framing}")
    for framing in ("rtu", "ascii"):
        with line() as (ours, theirs), our_server(program, folder, ours, framing):
            client = ModbusSerialClient(theirs, framer=FRAMERS[framing], baudrate=38400, timeout=5, retries=0)
            check_client(client, f"over a line, {framing}")


def check_client(client, where):
    if not client.connect():
        sys.exit(f"  no connection {where}")
    with contextlib.closing(client):
        found, wanted = [], []
        for function, address, cells, *_ in SERVED.values():
            calls = [client.read_coils, client.read_discrete_inputs]
            calls += [client.read_holding_registers, client.read_input_registers]
            count = 1 if address in (20, 21) else len(cells)
            answer = calls[function - 1](address, count=count, device_id=UNIT)
            found.append((answer.bits if function < 3 else answer.registers)[:count])
            wanted.append(cells[:count])
        equal(f"served {where}", found, wanted)

        def registers(answer):
            return (answer.exception_code, None) if answer.isError() else (0, answer.registers)

        unit = {"device_id": UNIT}
        steps = [
            client.write_register(20, 16, **unit).isError(),
            registers(client.read_holding_registers(20, count=1, **unit)),
            client.write_registers(20, [1, 0xFFFF], **unit).isError(),
            registers(client.read_holding_registers(20, count=2, **unit)),
            client.mask_write_register(address=21, and_mask=0x00F2, or_mask=0x0025, **unit).isError(),
            registers(client.read_holding_registers(21, count=1, **unit)),
            registers(
                client.readwrite_registers(read_address=20, read_count=2, write_address=20, values=[32, 0], **unit)
            ),
            client.write_coil(7, False, **unit).isError(),
            client.read_coils(7, count=1, **unit).bits[0],
            client.write_coils(7, [True], **unit).isError(),
            client.read_coils(7, count=1, **unit).bits[0],
            # Beyond the end, and not to be written.
            registers(client.read_holding_registers(13, count=1, **unit)),
            client.write_register(0, 1, **unit).exception_code,
            # A function that the meter does not have.
            client.read_exception_status(**unit).exception_code,
            client.diag_query_data(b"\x12\x34", **unit).exception_code,
        ]
        and_or = (0xFFFF & 0x00F2) | (0x0025 & ~0x00F2)
        equal(
            f"written {where}",
            steps,
            [
                *(False, (0, [16])),
                *(False, (0, [1, 0xFFFF])),
                *(False, (0, [and_or])),
                (0, [32, 0]),
                *(False, False, False, True),
                *((2, None), 2),
                *(1, 1),
            ],
        )
        texts = client.read_device_information(read_code=1, object_id=0, **unit).information
        equal(f"identification {where}", texts, {0: b"Example", 1: b"Test meter", 2: b"1.0"})


def main(program):
    # A server that is shut down under a request shows all its frames.
    logging.disable(logging.ERROR)
    with tempfile.TemporaryDirectory() as folder:
        loop = Loop()
        check_reading(program, loop, folder)
        check_sunspec(program, loop)
        check_again(program, loop, folder)
        check_serving(program, folder)


main(os.environ["READ_MODBUS"])
