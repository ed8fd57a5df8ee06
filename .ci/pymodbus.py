"""Reads servers of pymodbus with `read_modbus`, and our own server with clients of pymodbus.

    READ_MODBUS=target/release/examples/read_modbus python3 -I .ci/pymodbus.py

`-I`, since this file would hide the package of its name. Both ways go over TCP and over two pseudo
terminals that are joined.
"""

import asyncio
import json
import os
import struct
import sys
import tempfile
import tty
from pathlib import Path

from pymodbus import FramerType
from pymodbus.client import AsyncModbusSerialClient, AsyncModbusTcpClient
from pymodbus.datastore import ModbusDeviceContext, ModbusSequentialDataBlock, ModbusServerContext
from pymodbus.server import ModbusSerialServer, ModbusTcpServer

UNIT = 17
SECONDS = 60
FORMATS = {
    "u16": ">H", "i16": ">h", "u32": ">I", "i32": ">i", "u64": ">Q", "i64": ">q", "f16": ">e", "f32": ">f", "f64": ">d",
}
ORDERS = {
    1: ["AB", "BA"],
    2: ["ABCD", "CDAB", "BADC", "DCBA"],
    3: ["ABCDEF", "EFCDAB", "BADCFE", "FEDCBA"],
    4: ["ABCDEFGH", "GHEFCDAB", "BADCFEHG", "HGFEDCBA"],
}
# Type, keys of the map, what is on the wire, what it means.
VALUES = [
    ("u16", {}, 65534, "65534"),
    ("u16", {"scale": "0.1"}, 2301, "230.1"),
    ("i16", {"scale": "0.01"}, -4050, "-40.50"),
    ("i16", {"offset": "273", "scale": "0.1"}, -123, "260.7"),
    ("u32", {"scale": "0.001"}, 4294967294, "4294967.294"),
    ("i32", {"scale": "10"}, -2147483647, "-21474836470"),
    ("u64", {"scale": "0.01"}, 18446744073709551614, "184467440737095516.14"),
    ("i64", {}, -9223372036854775807, "-9223372036854775807"),
    ("f16", {}, -1.5, "-1.5"),
    ("f32", {}, 230.1, "230.1"),
    ("f32", {"scale": "0.001"}, -98.4, "-0.0984"),
    ("f64", {}, 27184.420000000002, "27184.420000000002"),
    ("u48", {}, 281474976710654, "281474976710654"),
    ("i48", {}, -140737488355327, "-140737488355327"),
    ("bcd16", {}, 0x9876, "9876"),
    ("bcd32", {"scale": "0.01"}, 0x12345678, "123456.78"),
]


class Failed(Exception):
    """What is wrong, in words."""


def big_endian(kind, value):
    """The bytes of a value, the highest first."""
    if kind in FORMATS:
        return struct.pack(FORMATS[kind], value)
    return value.to_bytes(int(kind.lstrip("uibcd")) // 8, "big", signed=value < 0)


def words(data):
    return list(struct.unpack(f">{len(data) // 2}H", data))


def holdings():
    """Registers of the map with the words that they are and the value that they mean, in all orders."""
    address = 10
    for kind, keys, value, expected in VALUES:
        data = big_endian(kind, value)
        for order in ORDERS[len(data) // 2]:
            arranged = bytes(data["ABCDEFGH".index(letter)] for letter in order)
            name = f"{kind}_{order.lower()}_{address}"
            yield {"name": name, "address": address, "type": kind, "order": order, **keys}, words(arranged), expected
            address += len(data) // 2
        # Holes make requests end.
        address += 3
    text = "Zähler 7"
    data = text.encode().ljust(12, b"\0")
    yield {"name": "text", "address": address, "type": "str", "count": 6}, words(data), text


def map_file(folder, rows):
    """A map file of registers that are read by function 3, two input registers, a coil and a discrete input."""
    registers = [register for register, _, _ in rows] + [
        {"name": "input", "address": 3, "type": "i32", "function": 4},
        {"name": "coil", "address": 5, "type": "bit:0", "function": 1},
        {"name": "contact", "address": 6, "type": "bit:0", "function": 2},
    ]
    form = {"device": {"name": "Test", "default_function": 3, "max_registers_per_read": 20}, "register": registers}
    path = Path(folder, "map.json")
    path.write_text(json.dumps(form))
    return path


def expected_values(rows):
    values = {register["name"]: value for register, _, value in rows}
    return {**values, "input": "-70000", "coil": "1", "contact": "0"}


def context(rows):
    """What pymodbus serves."""
    blocks = {table: ModbusSequentialDataBlock(0, [0] * 1000) for table in ("di", "co", "hr", "ir")}
    device = ModbusDeviceContext(**blocks)
    for register, values, _ in rows:
        device.setValues(3, register["address"], values)
    device.setValues(4, 3, words(struct.pack(">i", -70000)))
    device.setValues(1, 5, [True])
    device.setValues(2, 6, [False])
    # The one beside it, in case that a bit is taken from the wrong place.
    device.setValues(2, 7, [True])
    return ModbusServerContext(devices={UNIT: device}, single=False)


async def read(path, *arguments):
    """What `read_modbus` says, by name."""
    process = await asyncio.create_subprocess_exec(
        os.environ["READ_MODBUS"], "--map", str(path), "--all", "--json", "--unit", str(UNIT), *arguments,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        out, _ = await asyncio.wait_for(process.communicate(), SECONDS)
    finally:
        if process.returncode is None:
            process.kill()
    if process.returncode:
        raise Failed(f"read_modbus exits with {process.returncode}:\n{out.decode()}")
    return {row["name"]: row["value"] for row in map(json.loads, out.splitlines())}


def compare(what, found, expected):
    names = sorted(expected.keys() | found.keys())
    wrong = [
        f"  {what}: {name} is {found.get(name)!r}, expected {expected.get(name)!r}"
        for name in names
        if name not in found or found[name] != expected.get(name)
    ]
    if wrong or not expected:
        raise Failed("\n".join(wrong))
    print(f"  {what}: {len(expected)} values agree")


class Line:
    """Two pseudo terminals, each of which gets what is written to the other one."""

    def __init__(self):
        pairs = [os.openpty(), os.openpty()]
        self.masters = [master for master, _ in pairs]
        # Kept open, so that an end may be opened again.
        self.slaves = [slave for _, slave in pairs]
        for slave in self.slaves:
            tty.setraw(slave)
        self.paths = [os.ttyname(slave) for slave in self.slaves]

    def __enter__(self):
        loop = asyncio.get_running_loop()
        for master, other in zip(self.masters, reversed(self.masters)):
            loop.add_reader(master, lambda master=master, other=other: os.write(other, os.read(master, 4096)))
        return self

    def __exit__(self, *_):
        for master in self.masters:
            asyncio.get_running_loop().remove_reader(master)
        for file in self.masters + self.slaves:
            os.close(file)


async def read_pymodbus(path, rows):
    expected = expected_values(rows)
    server = ModbusTcpServer(context(rows), address=("127.0.0.1", 0))
    await server.serve_forever(background=True)
    port = server.transport.sockets[0].getsockname()[1]
    compare("pymodbus read over TCP", await read(path, f"127.0.0.1:{port}"), expected)
    await server.shutdown()
    for framing, framer in (("rtu", FramerType.RTU), ("ascii", FramerType.ASCII)):
        with Line() as line:
            server = ModbusSerialServer(context(rows), framer=framer, port=line.paths[0], baudrate=19200)
            await server.serve_forever(background=True)
            # A pseudo terminal has neither 7 bits nor a parity.
            plain = ("--baud", "19200", "--data-bits", "8", "--parity", "none")
            found = await read(path, "--framing", framing, *plain, line.paths[1])
            compare(f"pymodbus read in {framing} over a pseudo terminal", found, expected)
            await server.shutdown()


async def ask(client, rows):
    """The words and bits that a client of pymodbus gets, by name."""
    found = {}
    if not await client.connect():
        raise Failed("pymodbus cannot connect")
    for register, values, _ in rows:
        answer = await client.read_holding_registers(register["address"], count=len(values), device_id=UNIT)
        found[register["name"]] = answer.registers
    answer = await client.read_input_registers(3, count=2, device_id=UNIT)
    found["input"] = answer.registers
    found["coil"] = (await client.read_coils(5, count=1, device_id=UNIT)).bits[:1]
    found["contact"] = (await client.read_discrete_inputs(6, count=1, device_id=UNIT)).bits[:1]
    # What is not there is refused and not made up.
    answer = await client.read_holding_registers(5000, count=1, device_id=UNIT)
    found["missing"] = answer.exception_code
    client.close()
    return found


async def serve(path, rows, address, *arguments):
    """Our own server with the same values, and where it is."""
    settings = [f"--set={name}={value}" for name, value in expected_values(rows).items()]
    process = await asyncio.create_subprocess_exec(
        os.environ["READ_MODBUS"], "--map", str(path), "--unit", str(UNIT), *settings, *arguments, "--serve", address,
        stdout=asyncio.subprocess.PIPE,
    )
    line = await asyncio.wait_for(process.stdout.readline(), SECONDS)
    return process, line.decode().strip().removeprefix("serving on ")


async def be_read(path, rows):
    expected = {register["name"]: values for register, values, _ in rows}
    expected |= {"input": words(struct.pack(">i", -70000)), "coil": [True], "contact": [False], "missing": 2}
    process, address = await serve(path, rows, "127.0.0.1:0")
    try:
        client = AsyncModbusTcpClient("127.0.0.1", port=int(address.rpartition(":")[2]))
        compare("read by pymodbus over TCP", await ask(client, rows), expected)
    finally:
        process.kill()
        await process.wait()
    with Line() as line:
        process, _ = await serve(path, rows, line.paths[0], "--baud", "19200")
        try:
            client = AsyncModbusSerialClient(line.paths[1], framer=FramerType.RTU, baudrate=19200)
            compare("read by pymodbus in rtu over a pseudo terminal", await ask(client, rows), expected)
        finally:
            process.kill()
            await process.wait()


async def main():
    rows = list(holdings())
    with tempfile.TemporaryDirectory() as folder:
        path = map_file(folder, rows)
        await read_pymodbus(path, rows)
        await be_read(path, rows)


try:
    asyncio.run(asyncio.wait_for(main(), 4 * SECONDS))
except Failed as error:
    sys.exit(str(error))
