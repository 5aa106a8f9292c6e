#!/usr/bin/env python3
"""A second reader of ESC/POS, kept apart from the C++ one on purpose: it is written from Epson's command reference and
the notes of Chinese makers, shares no code with escpos_decoder, and reads a whole stream at once.

    escpos_check.py FILE    prints one JSON object: lines, barcodes, qr, pictures, cuts, pulses, status, unknown

Standard library only. Bytes that mean nothing end up in "unknown"; reading goes on behind them.
"""
import json
import sys

ESC, FS, GS, DLE = 0x1B, 0x1C, 0x1D, 0x10

# Command -> how many bytes follow it. What is shown or counted is handled by name below.
FIXED = {
    (ESC, "@"): 0, (ESC, "2"): 0, (ESC, "L"): 0, (ESC, "S"): 0, (ESC, "<"): 0, (ESC, "i"): 0, (ESC, "m"): 0,
    (ESC, "v"): 0, (ESC, "!"): 1, (ESC, "-"): 1, (ESC, "3"): 1, (ESC, "="): 1, (ESC, "?"): 1, (ESC, "E"): 1,
    (ESC, "G"): 1, (ESC, "J"): 1, (ESC, "K"): 1, (ESC, "M"): 1, (ESC, "R"): 1, (ESC, "T"): 1, (ESC, "U"): 1,
    (ESC, "V"): 1, (ESC, "a"): 1, (ESC, "d"): 1, (ESC, "e"): 1, (ESC, "r"): 1, (ESC, "t"): 1, (ESC, "u"): 1,
    (ESC, "{"): 1, (ESC, " "): 1, (ESC, "%"): 1, (ESC, "$"): 2, (ESC, "\\"): 2, (ESC, "B"): 2, (ESC, "C"): 2,
    (ESC, "c"): 2, (ESC, "p"): 3, (ESC, "W"): 8,
    (FS, "&"): 0, (FS, "."): 0, (FS, "!"): 1, (FS, "-"): 1, (FS, "C"): 1, (FS, "W"): 1, (FS, "S"): 2, (FS, "p"): 2,
    (GS, ":"): 0, (GS, "!"): 1, (GS, "B"): 1, (GS, "H"): 1, (GS, "I"): 1, (GS, "T"): 1, (GS, "a"): 1, (GS, "b"): 1,
    (GS, "c"): 1, (GS, "f"): 1, (GS, "h"): 1, (GS, "r"): 1, (GS, "w"): 1, (GS, "/"): 1, (GS, "$"): 2, (GS, "L"): 2,
    (GS, "P"): 2, (GS, "W"): 2, (GS, "\\"): 2, (GS, "^"): 3,
}
CODE_PAGES = {0: "cp437", 2: "cp850", 3: "cp860", 4: "cp863", 5: "cp865", 13: "cp857", 14: "cp737", 15: "iso8859_7",
              16: "cp1252", 17: "cp866", 18: "cp852", 19: "cp858", 32: "cp720", 33: "cp775", 34: "cp855", 35: "cp861",
              36: "cp862", 37: "cp864", 38: "cp869", 39: "iso8859_2", 40: "iso8859_15", 45: "cp1250", 46: "cp1251",
              47: "cp1253", 48: "cp1254", 49: "cp1255", 50: "cp1256", 51: "cp1257", 52: "cp1258"}


def code128_text(data):
    """The printer's notation of CODE128 ({A {B {C choose a set, {{ is a brace) as what a scanner reads."""
    text, subset, i = "", None, 0
    while i < len(data):
        if data[i] == 0x7B and i + 1 < len(data):
            mark = chr(data[i + 1])
            if mark == "{":
                text += "{"
            elif mark in "ABC":
                subset = mark
            i += 2
            continue
        text += "%02d" % data[i] if subset == "C" else chr(data[i])
        i += 1
    return text


class Reader:
    def __init__(self, data):
        self.data, self.at = data, 0
        self.lines, self.barcodes, self.qr, self.unknown = [], [], [], []
        self.pictures = self.cuts = self.pulses = self.status = 0
        self.text, self.raw, self.chinese, self.page, self.symbol = "", b"", False, 0, ""

    def decode_raw(self):
        encoding = "gb18030" if self.chinese else CODE_PAGES.get(self.page, "cp437")
        self.text += self.raw.decode(encoding, "replace")
        self.raw = b""

    def end_line(self):
        self.decode_raw()
        self.lines.append(self.text)
        self.text = ""

    def flush(self):
        self.decode_raw()
        if self.text:
            self.end_line()

    def take(self, count):
        if self.at + count > len(self.data):
            raise EOFError
        part = self.data[self.at:self.at + count]
        self.at += count
        return part

    def two(self):
        low, high = self.take(2)
        return low + 256 * high

    def run(self):
        try:
            while self.at < len(self.data):
                self.step()
        except EOFError:
            self.unknown.append("the stream ends within a command")
        self.flush()
        return self

    def step(self):
        byte = self.take(1)[0]
        if byte == 0x0A:
            self.end_line()
        elif byte == 0x09:
            self.raw += b" "
        elif byte in (0x00, 0x0D):
            pass
        elif byte in (ESC, FS, GS):
            self.command(byte, chr(self.take(1)[0]))
        elif byte == DLE:
            self.real_time(self.take(1)[0])
        elif byte < 0x20:
            self.unknown.append("%02X" % byte)
        elif self.chinese and byte >= 0x81 and byte != 0xFF:
            self.raw += bytes([byte])
            second = self.take(1)
            self.raw += second
            if 0x30 <= second[0] <= 0x39:
                self.raw += self.take(2)
        else:
            self.raw += bytes([byte])

    def real_time(self, kind):
        if kind == 0x04:
            self.take(1)
            self.status += 1
        elif kind == 0x05:
            self.take(1)
        elif kind == 0x14:
            function = self.take(1)[0]
            self.take(7 if function == 8 else 2)
            self.pulses += function == 1
        else:
            self.unknown.append("10 %02X" % kind)

    def command(self, lead, name):
        handler = getattr(self, "on_%d_%02x" % (lead, ord(name)), None)
        if handler:
            return handler()
        length = FIXED.get((lead, name))
        if length is None:
            self.unknown.append("%02X %02X" % (lead, ord(name)))
            return None
        parameters = self.take(length)
        if (lead, name) == (ESC, "@"):
            self.decode_raw()
            self.chinese, self.page = False, 0
        elif (lead, name) == (ESC, "t"):
            self.decode_raw()
            self.page = parameters[0]
        elif lead == FS and name in "&.":
            self.decode_raw()
            self.chinese = name == "&"
        elif (lead, name) == (ESC, "d"):
            self.flush()
        elif (lead, name) == (ESC, "p"):
            self.pulses += 1
        elif (lead, name) in ((ESC, "i"), (ESC, "m")):
            self.cuts += 1
        elif (lead, name) in ((GS, "r"), (GS, "a"), (GS, "I")):
            self.status += 1
        return None

    def on_27_44(self):  # ESC D: tab stops up to NUL
        while self.take(1)[0] != 0:
            pass

    def on_27_2a(self):  # ESC *: a band of a picture
        mode = self.take(1)[0]
        self.take(self.two() * (3 if mode >= 32 else 1))
        self.pictures += 1

    def on_29_56(self):  # GS V: cut, with a feed from 65 on
        if self.take(1)[0] >= 65:
            self.take(1)
        self.flush()
        self.cuts += 1

    def on_29_6b(self):  # GS k: a barcode, ended by NUL below 65, else counted
        system = self.take(1)[0]
        data = b""
        if system < 65:
            while True:
                one = self.take(1)
                if one == b"\0":
                    break
                data += one
            system += 65
        else:
            data = self.take(self.take(1)[0])
        self.barcodes.append(code128_text(data) if system == 73 else data.decode("latin1"))

    def on_29_28(self):  # GS ( x pL pH ...
        family = chr(self.take(1)[0])
        body = self.take(self.two())
        if family == "k" and len(body) >= 2 and body[0] == 49:
            if body[1] == 80:
                self.symbol = body[3:].decode("utf-8", "replace")
            elif body[1] == 81:
                self.qr.append(self.symbol)

    def on_28_28(self):  # FS ( x pL pH ...: settings of characters
        self.take(1)
        self.take(self.two())

    def on_29_76(self):  # GS v 0 m xL xH yL yH
        self.take(2)
        self.take(self.two() * self.two())
        self.pictures += 1

    def on_29_2a(self):  # GS *: a picture to keep
        across, down = self.take(2)
        self.take(across * down * 8)


def main():
    with open(sys.argv[1], "rb") as file:
        reader = Reader(file.read()).run()
    json.dump({key: getattr(reader, key) for key in
               ("lines", "barcodes", "qr", "pictures", "cuts", "pulses", "status", "unknown")},
              sys.stdout, ensure_ascii=False)
    print()


if __name__ == "__main__":
    main()
