"""Reads a linked bare-metal program: which entrances reach a panic, how much memory it takes.

    bare_metal.py panics PROGRAM [--expect ENTRANCE ...] [--except FUNCTION ...]
    bare_metal.py size PROGRAM

The program is a 32-bit ARM ELF file, linked with --gc-sections and --emit-relocs: what nothing
refers to is gone, and the relocations that are left say who refers to whom.
"""

import argparse
import re
import struct
import sys
from collections import namedtuple

PANIC = re.compile(r"panic_is_reachable|rust_begin_unwind|4core9panicking")
# Where memory is out or a capacity overflows; only a program with an allocator has them.
ALLOCATOR = re.compile(r"5alloc7raw_vec|5alloc5alloc18handle_alloc_error|17capacity_overflow|rust_alloc_error_handler|ocpp_types5value6append|__rdl_oom|__rg_oom|rust_no_alloc_shim")
SECTION_SYMBOL, FUNCTION, OBJECT = 3, 2, 1
ABS32, THUMB_CALL, THUMB_JUMP = 2, 10, 30

Section = namedtuple("Section", "name kind flags address offset size link info")
Symbol = namedtuple("Symbol", "name address size kind section")


class Program:
    """Sections, symbols and who refers to whom."""

    def __init__(self, path):
        with open(path, "rb") as file:
            self.data = file.read()
        if self.data[:6] != b"\x7fELF\x01\x01":
            sys.exit(f"{path} is not a little-endian 32-bit ELF file")
        self.sections = self._sections()
        self.symbols = self._symbols()
        self.named = sorted(
            {s for s in self.symbols if s.kind in (FUNCTION, OBJECT) and s.size},
            key=lambda s: s.address,
        )
        self.start = next(s for s in self.named if s.name == "_start")
        self.references = self._references()

    def _sections(self):
        table, = struct.unpack_from("<I", self.data, 32)
        count, names = struct.unpack_from("<HH", self.data, 48)
        rows = [struct.unpack_from("<8I", self.data, table + 40 * i) for i in range(count)]
        strings = rows[names][4]
        return [Section(self._string(strings + row[0]), *row[1:]) for row in rows]

    def _string(self, offset):
        return self.data[offset : self.data.index(b"\0", offset)].decode()

    def _symbols(self):
        table = next(s for s in self.sections if s.kind == 2)
        strings = self.sections[table.link].offset
        symbols = []
        for offset in range(table.offset, table.offset + table.size, 16):
            name, value, size, info, _, section = struct.unpack_from("<IIIBBH", self.data, offset)
            kind = info & 0xF
            address = value & ~1 if kind == FUNCTION else value
            symbols.append(Symbol(self._string(strings + name), address, size, kind, section))
        return symbols

    def _at(self, address):
        """What lies at the address: a symbol, or the section where nothing there has a name."""
        low, high = 0, len(self.named)
        while low < high:
            middle = (low + high) // 2
            if self.named[middle].address <= address:
                low = middle + 1
            else:
                high = middle
        if low and address < self.named[low - 1].address + self.named[low - 1].size:
            return self.named[low - 1]
        return next(
            (s for s in self.sections if s.flags & 2 and s.address <= address < s.address + s.size),
            None,
        )

    def _references(self):
        references = {}
        for table in self.sections:
            if table.kind != 9 or not self.sections[table.info].flags & 2:
                continue
            for offset in range(table.offset, table.offset + table.size, 8):
                place, info = struct.unpack_from("<II", self.data, offset)
                source = self._at(place)
                target = self._target(place, info & 0xFF, self.symbols[info >> 8], table.info)
                if target is not None and target != source:
                    references.setdefault(source, set()).add(target)
        for function in filter(self._calls_itself, filter(is_function, self.named)):
            references.setdefault(function, set()).add(function)
        return references

    def _calls_itself(self, function):
        """Whether a BL goes to the start of its own function; it needs no relocation."""
        halves = self._halves(function)
        return any(
            first >> 11 == 0b11110
            and second & 0xD000 == 0xD000
            and 2 * at + 4 + branch(first, second) == 0
            for at, (first, second) in enumerate(zip(halves, halves[1:]))
        )

    def _halves(self, function):
        section = self.sections[function.section]
        offset = section.offset + function.address - section.address
        return struct.unpack_from(f"<{function.size // 2}H", self.data, offset)

    def _target(self, place, kind, symbol, section):
        section = self.sections[section]
        offset = section.offset + place - section.address
        if kind == ABS32:
            return self._at(struct.unpack_from("<I", self.data, offset)[0] & ~1)
        if kind in (THUMB_CALL, THUMB_JUMP):
            return self._at(place + 4 + branch(*struct.unpack_from("<HH", self.data, offset)))
        if symbol.kind == SECTION_SYMBOL:
            return self.sections[symbol.section]
        return self._at(symbol.address)

    def paths_from(self, start, excepted=()):
        """A shortest path to everything that can be reached, neither through the excepted functions
        nor through the allocator's own failures."""
        paths, queue = {start: [start]}, [start]
        for node in queue:
            if ALLOCATOR.search(node.name):
                continue
            for target in self.references.get(node, ()):
                if target not in paths and title(target) not in excepted:
                    paths[target] = paths[node] + [target]
                    queue.append(target)
        return paths

    def entrances(self):
        """The functions in the table that the program walks through."""
        tables = [n for n in self.references[self.start] if not is_function(n)]
        found = {f for table in tables for f in self.references.get(table, ()) if is_function(f)}
        return sorted(found, key=lambda f: f.address)

    def frames(self):
        """Bytes of stack per function, as the compiler says; prologues are read where it says nothing."""
        frames = {}
        for section in self.sections:
            if section.name != ".stack_sizes":
                continue
            offset = section.offset
            while offset < section.offset + section.size:
                address, = struct.unpack_from("<I", self.data, offset)
                size, offset = uleb128(self.data, offset + 4)
                frames[self._at(address & ~1)] = size
        for function in filter(is_function, self.named):
            frames.setdefault(function, self._pushed(function))
        return frames

    def _pushed(self, function):
        """What the instructions PUSH, STMDB, SUB, STR and VPUSH on the stack pointer add up to."""
        halves = self._halves(function)
        size, at = 0, 0
        while at < len(halves):
            first, wide = halves[at], halves[at] >> 11 in (0b11101, 0b11110, 0b11111)
            second = halves[at + 1] if wide and at + 1 < len(halves) else 0
            if first >> 9 == 0b1011010:
                size += 4 * (first & 0x1FF).bit_count()
            elif first >> 7 == 0b101100001:
                size += 4 * (first & 0x7F)
            elif first == 0xE92D:
                size += 4 * second.bit_count()
            elif first in (0xF1AD, 0xF5AD, 0xF2AD, 0xF6AD):
                immediate = (first & 0x400) << 1 | (second >> 4 & 0x700) | second & 0xFF
                size += immediate if first & 0x200 else expanded(immediate)
            elif first == 0xF84D and second & 0xF00 == 0xD00:
                size += second & 0xFF
            elif first == 0xED2D:
                size += 4 * (second & 0xFF)
            at += 2 if wide else 1
        return size

    def deepest(self):
        """The path with the most stack, as pairs of frame and function, and the loops on the way."""
        frames, best, open_nodes, loops = self.frames(), {}, [], []

        def visit(node):
            if node in open_nodes:
                loops.append(open_nodes[open_nodes.index(node) :] + [node])
                return 0, []
            if node not in best:
                open_nodes.append(node)
                below = [visit(target) for target in self.references.get(node, ())]
                open_nodes.pop()
                total, path = max(below, default=(0, []), key=lambda entry: entry[0])
                own = frames.get(node, 0)
                here = [(own, node)] if is_function(node) else []
                best[node] = (total + own, here + path)
            return best[node]

        return *visit(self.start), loops


def is_function(node):
    return isinstance(node, Symbol) and node.kind == FUNCTION


def branch(first, second):
    """The distance in a BL or B.W (Armv7-M Architecture Reference Manual, A7.7.12 and A7.7.18)."""
    sign = first >> 10 & 1
    i1 = 1 ^ (second >> 13 & 1) ^ sign
    i2 = 1 ^ (second >> 11 & 1) ^ sign
    distance = i1 << 23 | i2 << 22 | (first & 0x3FF) << 12 | (second & 0x7FF) << 1
    return distance - (sign << 24)


def expanded(immediate):
    """A rotated byte (Armv7-M Architecture Reference Manual, A5.3.2); frames need no other form."""
    if immediate < 0x100:
        return immediate
    return (0x80 | immediate & 0x7F) << (32 - (immediate >> 7))


def uleb128(data, offset):
    value = shift = 0
    while True:
        byte = data[offset]
        offset += 1
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return value, offset


def title(node):
    """The path of a mangled name, without its hash."""
    name, parts = node.name, []
    rest = re.match(r"_ZN(.*)E$", name)
    rest = rest.group(1) if rest else ""
    while match := re.match(r"\d+", rest):
        end = match.end() + int(match.group())
        parts.append(rest[match.end() : end])
        rest = rest[end:]
    if parts and re.fullmatch(r"h[0-9a-f]{16}", parts[-1]):
        parts.pop()
    escapes = {"$LT$": "<", "$GT$": ">", "$u20$": " ", "$RF$": "&", "$C$": ",", "..": "::"}
    text = "::".join(parts) or name
    for escape, plain in escapes.items():
        text = text.replace(escape, plain)
    return text


def panics(program, expected, excepted):
    entrances = program.entrances()
    if not entrances:
        sys.exit("the program has no entrance")
    guilty = {}
    for entrance in entrances:
        paths = program.paths_from(entrance, excepted)
        hit = min((p for n, p in paths.items() if PANIC.search(n.name)), key=len, default=None)
        if hit:
            guilty[title(entrance).partition("::")[2]] = hit
    for path in guilty.values():
        print("  panics: " + " > ".join(map(title, path)))
    print(f"  {len(entrances)} entrances, {len(guilty)} of them reach a panic")
    if set(guilty) != set(expected):
        sys.exit("  expected to reach one: " + (", ".join(expected) or "none"))
    hidden = [s for s in program.named if PANIC.search(s.name)]
    allocates = any(ALLOCATOR.search(s.name) for s in program.named)
    if hidden and not expected and not excepted and not allocates:
        sys.exit("  linked, by no path that the relocations show: " + ", ".join(map(title, hidden)))


def size(program):
    sizes = {s.name: s.size for s in program.sections if s.flags & 2 and s.size}
    code, constants, data = (sizes.get(n, 0) for n in (".text", ".rodata", ".data"))
    total, path, loops = program.deepest()
    print(f"  flash {code + constants + data} bytes: code {code}, constants {constants}, initial values {data}")
    print(f"  static memory {data + sizes.get('.bss', 0)} bytes")
    print(f"  stack {total} bytes at most, on the deepest path:")
    for frame, function in path:
        print(f"  {frame:8} {title(function)}")
    if loops:
        ways = ("\n  " + " > ".join(map(title, loop)) for loop in loops)
        sys.exit("  this is no bound, since functions may call themselves:" + "".join(ways))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=("panics", "size"))
    parser.add_argument("program")
    parser.add_argument("--expect", nargs="*", default=[])
    parser.add_argument("--except", nargs="*", default=[], dest="excepted")
    arguments = parser.parse_args()
    program = Program(arguments.program)
    if arguments.what == "panics":
        panics(program, arguments.expect, arguments.excepted)
    else:
        size(program)


main()
