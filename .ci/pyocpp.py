"""Runs `charge_point` against a central system of the package `ocpp`, and `central_system` against a station of it.

    EXAMPLES=target/release/examples python3 -I .ci/pyocpp.py

`-I`, since a file beside this one may hide a package. Every message has to arrive on the other side as it was sent, in
both roles and both directions; the package checks each against its own schemas.
"""

import asyncio
import json
import os
import sys
from collections import Counter
from importlib.resources import files
from pathlib import Path

from ocpp.charge_point import camel_to_snake_case
from ocpp.exceptions import OCPPError
from ocpp.routing import on
from ocpp.v16 import ChargePoint, call, call_result
from websockets.asyncio.client import connect
from websockets.asyncio.server import serve
from websockets.exceptions import ConnectionClosed

SECONDS = 60
TIME = "2026-05-06T08:00:00.125Z"
HASH = {"hashAlgorithm": "SHA256", "issuerNameHash": "aa", "issuerKeyHash": "bb", "serialNumber": "1F"}
SCHEDULE = {"chargingRateUnit": "A", "chargingSchedulePeriod": [{"startPeriod": 0, "limit": 8.1, "numberPhases": 3}]}
PROFILE = {
    "chargingProfileId": 4,
    "stackLevel": 1,
    "chargingProfilePurpose": "TxDefaultProfile",
    "chargingProfileKind": "Relative",
    "chargingSchedule": SCHEDULE,
}
VALUES = [
    {
        "timestamp": TIME,
        "sampledValue": [
            {"value": "1234567.8"},
            {"value": "16.1", "measurand": "Current.Import", "phase": "L2", "unit": "A", "context": "Sample.Clock"},
            {"value": "21.5", "measurand": "Temperature", "unit": "Celsius", "location": "Body", "format": "Raw"},
        ],
    }
]
# What a central system asks, and what the station of the package answers.
FROM_SYSTEM = {
    "CancelReservation": ({"reservationId": 7}, {"status": "Accepted"}),
    "CertificateSigned": ({"certificateChain": "-----BEGIN"}, {"status": "Accepted"}),
    "ChangeAvailability": ({"connectorId": 1, "type": "Inoperative"}, {"status": "Scheduled"}),
    "ChangeConfiguration": ({"key": "Ünlü", "value": "\"ä\\\n"}, {"status": "RebootRequired"}),
    "ClearCache": ({}, {"status": "Accepted"}),
    "ClearChargingProfile": ({"id": 4, "connectorId": 0, "stackLevel": 1}, {"status": "Accepted"}),
    "DataTransfer": ({"vendorId": "org.example", "data": "x" * 5000}, {"status": "Accepted", "data": "ß" * 3000}),
    "DeleteCertificate": ({"certificateHashData": HASH}, {"status": "Accepted"}),
    "ExtendedTriggerMessage": ({"requestedMessage": "Heartbeat"}, {"status": "Accepted"}),
    "GetCompositeSchedule": (
        {"connectorId": 1, "duration": 60, "chargingRateUnit": "A"},
        {"status": "Accepted", "connectorId": 1, "scheduleStart": TIME, "chargingSchedule": SCHEDULE},
    ),
    "GetConfiguration": (
        {"key": ["HeartbeatInterval", "Colour"]},
        {"configurationKey": [{"key": "HeartbeatInterval", "readonly": False, "value": "77"}], "unknownKey": ["Colour"]},
    ),
    "GetDiagnostics": ({"location": "https://example.org/up", "startTime": TIME}, {"fileName": "diagnostics.zip"}),
    "GetInstalledCertificateIds": (
        {"certificateType": "CentralSystemRootCertificate"},
        {"status": "Accepted", "certificateHashData": [HASH]},
    ),
    "GetLocalListVersion": ({}, {"listVersion": 12}),
    "GetLog": (
        {"logType": "SecurityLog", "requestId": 3, "log": {"remoteLocation": "https://example.org/log"}},
        {"status": "Accepted", "filename": "log.txt"},
    ),
    "InstallCertificate": (
        {"certificateType": "ManufacturerRootCertificate", "certificate": "-----BEGIN"},
        {"status": "Accepted"},
    ),
    "RemoteStartTransaction": ({"connectorId": 1, "idTag": "04E9A4B2"}, {"status": "Accepted"}),
    "RemoteStopTransaction": ({"transactionId": 9007199254740993}, {"status": "Accepted"}),
    "ReserveNow": (
        {"connectorId": 0, "expiryDate": TIME, "idTag": "A", "parentIdTag": "B", "reservationId": 7},
        {"status": "Accepted"},
    ),
    "Reset": ({"type": "Soft"}, {"status": "Accepted"}),
    "SendLocalList": (
        {
            "listVersion": 12,
            "updateType": "Full",
            "localAuthorizationList": [
                {"idTag": "A", "idTagInfo": {"status": "Accepted", "expiryDate": TIME, "parentIdTag": "P"}}
            ],
        },
        {"status": "Accepted"},
    ),
    "SetChargingProfile": ({"connectorId": 1, "csChargingProfiles": PROFILE}, {"status": "Accepted"}),
    "SignedUpdateFirmware": (
        {
            "requestId": 5,
            "firmware": {
                "location": "https://example.org/fw",
                "retrieveDateTime": TIME,
                "signingCertificate": "c",
                "signature": "s",
            },
        },
        {"status": "Accepted"},
    ),
    "TriggerMessage": ({"requestedMessage": "StatusNotification", "connectorId": 1}, {"status": "Accepted"}),
    "UnlockConnector": ({"connectorId": 1}, {"status": "Unlocked"}),
    "UpdateFirmware": ({"location": "https://example.org/fw", "retrieveDate": TIME}, {}),
}
ACCEPTED = {"idTagInfo": {"status": "Accepted"}}
# What a station asks, and what our central system answers; "now" stands for any time.
FROM_STATION = {
    "BootNotification": (
        {"chargePointVendor": "Pŷ", "chargePointModel": "M", "meterSerialNumber": "x" * 25},
        {"currentTime": "now", "interval": 77, "status": "Accepted"},
    ),
    "Heartbeat": ({}, {"currentTime": "now"}),
    "StatusNotification": (
        {"connectorId": 1, "errorCode": "NoError", "status": "SuspendedEVSE", "info": "ä", "timestamp": TIME},
        {},
    ),
    "Authorize": ({"idTag": "ann"}, ACCEPTED),
    "StartTransaction": (
        {"connectorId": 1, "idTag": "ANN", "meterStart": 1234567, "timestamp": TIME},
        {**ACCEPTED, "transactionId": 1},
    ),
    "MeterValues": ({"connectorId": 1, "transactionId": 1, "meterValue": VALUES}, {}),
    "StopTransaction": (
        {"transactionId": 1, "idTag": "Bob", "meterStop": 1235567, "timestamp": TIME, "reason": "EVDisconnected"},
        {"idTagInfo": {"status": "Invalid"}},
    ),
    "DataTransfer": ({"vendorId": "org.example", "messageId": "m"}, {"status": "UnknownVendorId"}),
    "DiagnosticsStatusNotification": ({"status": "Uploaded"}, {}),
    "FirmwareStatusNotification": ({"status": "Installing"}, {}),
    "LogStatusNotification": ({"status": "Uploading", "requestId": 3}, {}),
    "SecurityEventNotification": ({"type": "MemoryExhaustion", "timestamp": TIME, "techInfo": "i"}, {}),
    "SignCertificate": ({"csr": "-----BEGIN"}, {"status": "Rejected"}),
    "SignedFirmwareStatusNotification": ({"status": "Downloading", "requestId": 5}, {}),
}
# What our own station answers to these, in this order.
ASKED = [
    ("ChangeConfiguration", {"key": "MeterValueSampleInterval", "value": "10"}, {"status": "Accepted"}),
    ("ChangeConfiguration", {"key": "NumberOfConnectors", "value": "9"}, {"status": "Rejected"}),
    (
        "GetConfiguration",
        {"key": ["metervaluesampleinterval", "Colour"]},
        {
            "configurationKey": [{"key": "MeterValueSampleInterval", "readonly": False, "value": "10"}],
            "unknownKey": ["Colour"],
        },
    ),
    ("SetChargingProfile", {"connectorId": 1, "csChargingProfiles": PROFILE}, {"status": "Accepted"}),
    ("SendLocalList", FROM_SYSTEM["SendLocalList"][0], {"status": "Accepted"}),
    ("GetLocalListVersion", {}, {"listVersion": 12}),
    ("TriggerMessage", {"requestedMessage": "Heartbeat"}, {"status": "Accepted"}),
    ("RemoteStartTransaction", {"connectorId": 1, "idTag": "04E9A4B2"}, {"status": "Accepted"}),
    ("await", "MeterValues", 2),
    ("GetCompositeSchedule", {"connectorId": 1, "duration": 60}, {"status": "Accepted"}),
    ("UnlockConnector", {"connectorId": 3}, {"status": "NotSupported"}),
    ("ClearChargingProfile", {"id": 4}, {"status": "Accepted"}),
    ("ChangeAvailability", {"connectorId": 1, "type": "Inoperative"}, {"status": "Scheduled"}),
    ("RemoteStopTransaction", {"transactionId": 4711}, {"status": "Accepted"}),
    ("await", "StopTransaction", 1),
    (
        "ReserveNow",
        {"connectorId": 2, "expiryDate": "2099-01-01T00:00:00Z", "idTag": "A", "reservationId": 1},
        {"status": "Accepted"},
    ),
    ("CancelReservation", {"reservationId": 1}, {"status": "Accepted"}),
    ("ClearCache", {}, {"status": "Accepted"}),
    ("DataTransfer", {"vendorId": "org.example.echo", "data": "ä\n"}, {"status": "Accepted", "data": "ä\n"}),
    ("GetDiagnostics", {"location": "https://example.org/up"}, {"fileName": "diagnostics.txt"}),
    ("await", "DiagnosticsStatusNotification", 2),
    ("UpdateFirmware", {"location": "https://example.org/fw", "retrieveDate": TIME}, {}),
    ("await", "FirmwareStatusNotification", 4),
    ("Reset", {"type": "Soft"}, {"status": "Accepted"}),
]
# What is refused by a station, by the code of the refusal.
WRONG = {"FormationViolation": {"kind": "x"}, "PropertyConstraintViolation": {"type": "soft"}}
KINDS = {"call": 2, "result": 3, "error": 4}


class Failed(Exception):
    """What is wrong, in words."""


class Party(ChargePoint):
    """One side of the package, which notes what passes and answers from a table."""

    def __init__(self, name, connection):
        super().__init__(name, connection, response_timeout=SECONDS)
        self.passed = {"sent": [], "received": []}
        self.done = Counter()
        self.news = asyncio.Condition()

    async def route_message(self, raw_msg):
        self.passed["received"].append(json.loads(raw_msg))
        await super().route_message(raw_msg)

    async def _send(self, message):
        frame = json.loads(message)
        self.passed["sent"].append(frame)
        await super()._send(message)
        asked = {frame[1]: frame[2] for frame in self.passed["received"] if frame[0] == 2}
        async with self.news:
            self.done[asked.get(frame[1])] += 1
            self.news.notify_all()

    async def answered(self, action, count):
        """Waits until so many calls of the other side were answered."""
        async with self.news:
            await asyncio.wait_for(self.news.wait_for(lambda: self.done[action] >= count), SECONDS)

    async def ask(self, action, payload):
        """The payload of the answer, as it was sent."""
        await self.call(getattr(call, action)(**camel_to_snake_case(payload)), suppress=False)
        number = [frame[1] for frame in self.passed["sent"] if frame[0] == 2][-1]
        return next(frame[2] for frame in self.passed["received"] if frame[0] == 3 and frame[1] == number)

    async def run(self):
        try:
            await self.start()
        except ConnectionClosed:
            pass


def party(answers):
    """A class with a handler for each action of the table."""

    def handler(action):
        def answer(self, **_):
            return getattr(call_result, action)(**camel_to_snake_case(answers[action]))

        # The package finds handlers by the names of the functions that were decorated.
        answer.__name__ = f"on_{action}"
        return on(action)(answer)

    return type("Party", (Party,), {f"on_{action}": handler(action) for action in answers})


def check(what, found, expected):
    if found != expected:
        raise Failed(f"{what} is {found!r}, expected {expected!r}")


def compare(what, lines, passed, own):
    """Compares what an example has printed with what the package saw; `own` is the side of the example."""
    other = {"station": "system", "system": "station"}[own]
    count = 0
    for sender, frames in ((own, passed["received"]), (other, passed["sent"])):
        printed = [line for line in lines if line.get("from") == sender and line["kind"] in KINDS]
        ours = [[KINDS[line["kind"]], line["id"], line.get("action"), line["payload"]] for line in printed]
        # Answers do not say what they answer, and errors have their code beside the details.
        ours = [line if line[0] == 2 else [*line[:2], line[3]] for line in ours]
        theirs = [frame if frame[0] == 2 else [*frame[:2], frame[-1]] for frame in frames]
        theirs = [frame for frame in theirs if frame[:2] not in [[2, code] for code in WRONG]]
        for found, expected in zip(ours, theirs):
            check(f"{what}: a message of the {sender}", found, expected)
        check(f"{what}: the number of messages of the {sender}", len(ours), len(theirs))
        count += len(ours)
    print(f"  {what}: {count} messages agree")


class Example:
    """A program of ours that prints JSON lines."""

    def __init__(self, name, *arguments):
        self.command = [Path(os.environ["EXAMPLES"], name), "--json", *arguments]
        self.lines = []

    async def __aenter__(self):
        pipe = asyncio.subprocess.PIPE
        self.process = await asyncio.create_subprocess_exec(*self.command, stdin=pipe, stdout=pipe, limit=1 << 20)
        return self

    async def __aexit__(self, *_):
        if self.process.returncode is None:
            self.process.kill()
            await self.process.wait()

    async def tell(self, line):
        self.process.stdin.write(f"{line}\n".encode())
        await self.process.stdin.drain()

    async def line(self):
        line = json.loads(await asyncio.wait_for(self.process.stdout.readline(), SECONDS) or "null")
        if line is not None:
            self.lines.append(line)
        return line

    async def end(self, status):
        while await self.line() is not None:
            pass
        await asyncio.wait_for(self.process.wait(), SECONDS)
        check(f"the exit status of {self.command[0].name}", self.process.returncode, status)


async def our_station():
    """Our station at a central system of the package."""
    answers = {action: answer for action, (_, answer) in FROM_STATION.items()}
    answers["BootNotification"] = {"currentTime": TIME, "interval": 300, "status": "Accepted"}
    answers["Heartbeat"] = {"currentTime": TIME}
    answers["StartTransaction"] = {**ACCEPTED, "transactionId": 4711}
    answers["SignCertificate"] = {"status": "Accepted"}
    answers["DataTransfer"] = {"status": "Accepted", "data": "ß"}
    connections, finished = [], asyncio.Event()

    async def serve_one(connection):
        check("the subprotocol", connection.subprotocol, "ocpp1.6")
        check("the path", connection.request.path, "/ocpp/CP%201")
        central = party(answers)("CP 1", connection)
        connections.append(central)
        if len(connections) == 2:
            finished.set()
        await central.run()

    async with serve(serve_one, "127.0.0.1", 0, subprotocols=["ocpp1.6"]) as server:
        port = server.sockets[0].getsockname()[1]
        arguments = ("--commands", "--speed", "60", "--id", "CP 1", f"127.0.0.1:{port}/ocpp")
        async with Example("charge_point", *arguments) as example:
            await example.tell("plug 1 16")
            # Two of the calls below are wrong on purpose, which it tells.
            reader = asyncio.create_task(example.end(1))
            while not connections:
                await asyncio.sleep(0.01)
            central = connections[0]
            await central.answered("StatusNotification", 3)
            for action, payload, expected in ASKED:
                if action == "await":
                    await central.answered(payload, expected)
                    continue
                answer = await central.ask(action, payload)
                if action == "GetCompositeSchedule":
                    schedule = answer["chargingSchedule"]
                    check("the composite schedule", (schedule["chargingRateUnit"], schedule["duration"]), ("A", 60))
                    periods = schedule["chargingSchedulePeriod"]
                    check("its periods", periods, SCHEDULE["chargingSchedulePeriod"])
                    answer = {"status": answer["status"]}
                check(f"the answer to {action} {payload}", answer, expected)
            # What is wrong is refused with the code that fits.
            await asyncio.wait_for(finished.wait(), SECONDS)
            central = connections[1]
            await central.answered("StatusNotification", 3)
            for code, payload in WRONG.items():
                await central._send(json.dumps([2, code, "Reset", payload]))
                frame = await asyncio.wait_for(central._response_queue.get(), SECONDS)
                check("the answer to a wrong Reset", (frame.unique_id, frame.error_code), (code, code))
            # Every message of a station, checked by the schemas over there.
            for action, (payload, _) in FROM_STATION.items():
                await example.tell(f"{action} {json.dumps(payload)}")
            await example.tell("quit")
            await asyncio.wait_for(reader, SECONDS)
        passed = {side: sum((it.passed[side] for it in connections), []) for side in ("sent", "received")}
        seen = {frame[2] for frame in passed["received"] if frame[0] == 2}
        check("the actions of the station", seen, set(FROM_STATION))
        values = [frame[3] for frame in passed["received"] if frame[0] == 2 and frame[2] == "MeterValues"]
        currents = [
            value["value"]
            for message in values[:2]
            for value in message["meterValue"][0]["sampledValue"]
            if value["measurand"] == "Current.Import"
        ]
        check("the currents", currents, ["8.1"] * 6)
        compare("our station, their central system", example.lines, passed, "station")


async def our_system():
    """A station of the package at our central system."""
    arguments = ("127.0.0.1:0", "--interval", "77", "--tag", "ANN")
    async with Example("central_system", *arguments) as example:
        place = (await example.line())["text"].removeprefix("serving on ")
        reader = asyncio.create_task(example.end(0))
        async with connect(f"ws://{place}/a/S%C3%A4ule", subprotocols=["ocpp1.6"]) as connection:
            check("the subprotocol", connection.subprotocol, "ocpp1.6")
            station = party({action: answer for action, (_, answer) in FROM_SYSTEM.items()})("S", connection)
            runner = asyncio.create_task(station.run())
            try:
                await station.ask("Heartbeat", {})
                raise Failed("a station is served before it is accepted")
            except OCPPError as error:
                check("the code", error.code, "SecurityError")
            for action, (payload, expected) in FROM_STATION.items():
                answer = await station.ask(action, payload)
                if "currentTime" in answer:
                    answer = {**answer, "currentTime": "now"}
                check(f"the answer to {action}", answer, expected)
            for action, (payload, _) in FROM_SYSTEM.items():
                await example.tell(f"Säule {action} {json.dumps(payload)}")
            for action in FROM_SYSTEM:
                await station.answered(action, 1)
            # The last answer has arrived when the next question is answered.
            await station.ask("Heartbeat", {})
            await example.tell("quit")
            await asyncio.wait_for(reader, SECONDS)
            runner.cancel()
        asked = {frame[2]: frame[3] for frame in station.passed["received"] if frame[0] == 2}
        check("what the station was asked", asked, {action: payload for action, (payload, _) in FROM_SYSTEM.items()})
        compare("our central system, their station", example.lines, station.passed, "system")


def schemas():
    """Says which of our messages the package cannot check."""
    folder = files("ocpp.v16").joinpath("schemas")
    known = {file.name.removesuffix(".json") for file in folder.iterdir()}
    wanted = {name for action in {*FROM_SYSTEM, *FROM_STATION} for name in (action, f"{action}Response")}
    print(f"  {len(wanted & known)} of {len(wanted)} messages have a schema in the package")
    check("what has no schema", wanted - known, set())


async def main():
    schemas()
    await our_station()
    await our_system()


try:
    asyncio.run(asyncio.wait_for(main(), 4 * SECONDS))
except Failed as error:
    sys.exit(f"  {error}")
