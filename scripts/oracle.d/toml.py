"""What Python's tomllib makes of small TOML documents: Fixtures/oracle/toml.jsonl.

Run with Python 3.11 or later, without packages:  python toml.py > …/toml.jsonl

One JSON object a line: a document's text, and its value or that it is rejected. A value is a list of its kind and what
it holds: ["t", [[key, value], …]] in the document's order, ["a", [value, …]], ["s", text], ["i", digits], ["f", repr],
["b", true], ["d", the date as written].
"""

import json
import math
import platform
import random
import sys
import tomllib
import tomllib._parser as parser

SEED = 20_251_124


class Written(str):
    """A date or a time as written."""


def written(judge):
    def match(found):
        judge(found)  # an impossible date is a ValueError
        return Written(found.group())

    return match


parser.match_to_datetime = written(parser.match_to_datetime)
parser.match_to_localtime = written(parser.match_to_localtime)

# By hand: each form of TOML 1.0 once, and what it forbids.
HAND = [
    "", "\n", "# only\n", "a=1", "a = 1 # c\n", "\ta\t=\t1\t\r\n", "a.b.c = 1\na.b.d = 2\n", "a . b\t. c = 1",
    '"a.b".c = 1\n\'d e\' = 2\n"" = 3\n', "1 = 1\n2.3 = 4\n-_- = 5\n", "[a]\nb = 1\n[ c . d ]\ne = 2\n",
    '[a."b.c".\'d\']\ne = 1\n', "[a.b]\nc = 1\n[a]\nd = 2\n", "[[a]]\nb = 1\n[[a]]\nb = 2\n[a.c]\nd = 3\n[[a.e]]\n[[a.e]]\n",
    "[[ a . b ]]\n", "x = {}\ny = { }\nz = {a = 1, b.c = 2, 'd' = {e = []}}\n", "a = []\nb = [ ]\nc = [1,]\nd = [\n# c\n1, # d\n\n2\n]\n",
    "a = [[1, 'x'], {b = 1}, [[]]]\n", 's = "a\\tb\\n\\"\\\\\\u00e9\\U0001F600\\b\\f\\r"\n', "s = 'a\\tb'\n",
    's = """\na\n b\\\n   \n  c"""\n', "s = '''\na\\n'b''c\n'''\n", 's = """""a"""""\nt = """"""\nu = """a"b""c\\""""\n',
    "s = ''''a'''''\n", 's = """\r\na\r\nb"""\r\n', 'k = "é😀"\n"é" = 1\n', '"e\\u0301" = 1\n"\\u00e9" = 2\n',
    "i = [0, +0, -0, 1_000, 0xDEAD_beef, 0o755, 0b1010, 9223372036854775807, -9223372036854775808]\n",
    "f = [1.0, -0.0, 3.14, 1e10, 1E-2, 6.626e-34, 5e+22, 1_0.0_1, inf, -inf, +inf, nan, 1e3, 0.1, 123456789.987654321]\n",
    "b = [true, false]\n", "d = [1979-05-27T07:32:00Z, 1979-05-27 07:32:00.999999-07:00, 1979-05-27t07:32:00]\n",
    "d = 2026-12-31\ne = 07:32:00\nf = 00:32:00.5\ng = 1979-05-27 # c\nh = [1979-05-27 , 1979-05-27]\n",
    "d = 1979-05-27 07:32:00\n", "d = 1979-05-27 \n", "a = 1\r\n[b]\r\nc = 2\r\n", "a = '#'\nb = \"#\" # '\nc = ['#', # ]\n]\n",
    "a = {b = '}', c = \"]\"}\n[\"]\"]\nd = ']'\n", "[x]\n[y]\n[x.z]\n", "fruit.apple = 1\nfruit.orange = 2\n[veg]\n",
    "[fruit]\napple.color = 1\napple.taste.sweet = true\n[fruit.apple.texture]\nsmooth = true\n",
    # not TOML
    "a", "a =", "a = \n1", "= 1", "a = 1 b = 2", "a = 1\na = 2", "a.b = 1\na = 2", "a = 1\na.b = 2", "[a]\n[a]", "[a]\nb = 1\n[a.b]",
    "[[a]]\n[a]", "[a]\n[[a]]", "a = [1]\n[[a]]", "a = {b = 1}\na.c = 2", "a = {b = 1}\n[a.c]", "a = {b = 1,}", "a = {\nb = 1}",
    "a = {b = 1 c = 2}", "a = [1 2]", "a = [1,,2]", "a = [,]", "a = [", "a = {", "a = [1", "a = {b", "a = {b = 1", "[a", "[a]]", "[[a]",
    "[ [a]]", "[]", "[[]]", "[a.]", "[.a]", "[a..b]", "a. = 1", ".a = 1", "[a] b = 1", "[a]b = 1", "a = 'x", 'a = "x', "a = '''x", 'a = """x',
    'a = """x""', "a = 'x\ny'", 'a = "x\ny"', 'a = "\\x41"', 'a = "\\e"', 'a = "\\u12"', 'a = "\\ud800"', 'a = "\\U00110000"', 'a = "\\q"',
    '"""a""" = 1', "'''a''' = 1", "é = 1", "a = é", "a = foo", "a = True", "a = TRUE", "a = Inf", "a = 01", "a = 1_", "a = _1", "a = 1__0",
    "a = 0x", "a = 0xg", "a = 0b2", "a = 0o8", "a = +0x1", "a = 1.", "a = .1", "a = 1.e1", "a = 1e", "a = 1e1.0", "a = 1._0", "a = 1_.0",
    "a = +-1", "a = 1979-13-01", "a = 1979-02-30", "a = 1979-5-27", "a = 25:00:00", "a = 07:32", "a = 1979-05-27T", "a = 1979-05-27T07:32",
    "a = 1979-05-27 07", "a = 2021-01-01T00:00:00+25:00", "a = 1 \x0b", "a = '\x01'", "# \x01\n", "a = \"\x7f\"", "a = 1\rb = 2", "a\n= 1",
    "a = '''\x00'''".replace("\x00", "\x02"), "a = 1 # \x1f", "\ufeff\ufeffa = 1", "a = \"\\\n\"", 'a = """\\ x"""', "a = [1\n2]", "a = [1]]",
    "a = }", "a = ]", "a = #", "a = ,", "[a]\n[a.b]\n[a]", "[a.b.c]\nz = 9\n[a]\nb.c.t = 1", "[a]\nb.c = 1\n[a.b]", "[[a.b]]\n[a]\nb.y = 2",
    "a = [{b = 1}]\n[a.c]", "[[a]]\n[[a.b]]\n[a.b.c]\n[a.b]", "a = {b.c = 1, b = 2}", "a = {b = 1, b.c = 2}", "[a]\nb = 1\nb = 2",
    "a = \"\"\"\"\"\"\"\"\"", "a = ''''''''''", "a b = 1", "a 'b' = 1", "[a b]", "[a]#c\nb=1", "a=1#c", "a = 1; b = 2", "a == 1", "a : 1",
]  # fmt: skip

# tomllib takes the numbers, which 64 bits don't hold, and keeps the no-break space; the rest ended TOMLKit's process
OTHERWISE = [
    "i = 9223372036854775808", "i = -9223372036854775809", "i = 0xFFFFFFFFFFFFFFFFF", "f = 1e400", "f = -1e400",
    'a = """b\\\n\u00a0c"""\n', "a = 1979-05-27T:", "a = 1979-05-27T-07:32", "a = 1979-05-27 :", "a = 07:32:00.",
]  # fmt: skip

KEYS = ["a", "b", "c-d", "e_f", "1", "x y", "é", "q\"t", "tab\t", "dot.ted", "", "name", "#", "]", "😀"]
TEXTS = ["", "x", "flask>=2", "a\"b", "c'd", "é😀", "#", "tab\there", "line\nbreak", "back\\slash", "]", "}", "\"\"\"", "'''", "\u2028"]
SCALARS = [
    "0", "1", "-17", "+3", "1_000", "0xff", "0o17", "0b11", "1.5", "-0.0", "1e6", "2.5E-3", "inf", "-inf", "nan", "true", "false",
    "1979-05-27", "07:32:00", "07:32:00.123456", "1979-05-27T07:32:00Z", "1979-05-27 07:32:00", "1979-05-27T00:32:00.999999-07:00",
]  # fmt: skip


class Writer:
    """Writes random documents of TOML's grammar, keys given once."""

    def __init__(self, rng):
        self.rng = rng
        self.newline = "\r\n" if rng.random() < 0.15 else "\n"

    def blank(self):
        return self.rng.choice(["", " ", " ", "  ", "\t"])

    def comment(self):
        return self.rng.choice(["", "", "", " # c", "# é ' \" ["])

    def basic(self, text):
        escapes = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": self.rng.choice(["\t", "\\t"])}
        out = ""
        for c in text:
            if ord(c) > 127 and self.rng.random() < 0.4:
                out += f"\\u{ord(c):04x}" if ord(c) < 0x10000 else f"\\U{ord(c):08x}"
            else:
                out += escapes.get(c, c)
        return f'"{out}"'

    def string(self, text):
        forms = [self.basic]
        if "'" not in text and "\n" not in text:
            forms.append(lambda t: f"'{t}'")
        if "'''" not in text and not text.endswith("'"):
            forms.append(lambda t: "'''" + self.rng.choice(["", self.newline]) + t.replace("\n", self.newline) + "'''"
                         if not t.startswith("\n") else self.basic(t))
        forms.append(lambda t: '"""' + self.rng.choice(["", self.newline, f"\\{self.newline}  "])
                     + self.basic(t)[1:-1].replace("\\n", self.newline) + '"""' if not t.startswith("\n") else self.basic(t))
        return self.rng.choice(forms)(text)

    def key(self, text):
        if text and all(c.isascii() and (c.isalnum() or c in "-_") for c in text) and self.rng.random() < 0.8:
            return text
        if "'" not in text and self.rng.random() < 0.4:
            return f"'{text}'"
        return self.basic(text)

    def keys(self, count):
        return self.rng.sample(KEYS, count)

    def dotted(self, parts):
        dot = self.rng.choice([".", ".", " . "])
        return dot.join(self.key(part) for part in parts)

    def value(self, depth):
        roll = self.rng.random()
        if depth > 0 and roll < 0.2:
            return self.array(depth - 1)
        if depth > 0 and roll < 0.35:
            return self.inline(depth - 1)
        return self.string(self.rng.choice(TEXTS)) if roll < 0.7 else self.rng.choice(SCALARS)

    def array(self, depth):
        items = [self.value(depth) for _ in range(self.rng.randrange(4))]
        if self.rng.random() < 0.5:
            return "[" + self.blank() + ("," + self.blank()).join(items) + self.blank() + "]"
        lines = "".join(f"  {item}{self.blank()},{self.comment()}{self.newline}" for item in items)
        return "[" + self.comment() + self.newline + lines + "]"

    def inline(self, depth):
        pairs = [self.pair(key, depth) for key in self.keys(self.rng.randrange(3))]
        return "{" + self.blank() + ", ".join(pairs) + self.blank() + "}"

    def pair(self, key, depth):
        parts = [key] + (self.keys(self.rng.randrange(1, 3)) if self.rng.random() < 0.2 else [])
        return self.dotted(parts) + self.blank() + "=" + self.blank() + self.value(depth)

    def body(self, keys):
        return "".join(self.pair(key, 2) + self.blank() + self.comment() + self.newline for key in keys)

    def document(self):
        out = self.body(self.keys(self.rng.randrange(4)))
        taken = set()
        for _ in range(self.rng.randrange(4)):
            path = tuple(["T" + self.rng.choice("ABC")] + self.keys(self.rng.randrange(3)))
            if path in taken:
                continue
            taken.add(path)
            inner = [key for key in self.keys(self.rng.randrange(4)) if path + (key,) not in taken]
            brackets = ("[[", "]]") if self.rng.random() < 0.3 else ("[", "]")
            for _ in range(2 if brackets[0] == "[[" else 1):
                out += brackets[0] + self.blank() + self.dotted(path) + self.blank() + brackets[1] + self.comment() + self.newline
                out += self.body(inner)
            taken.update(path + (key,) for key in inner)
        return out


def tagged(value):
    if isinstance(value, dict):
        return ["t", [[key, tagged(inner)] for key, inner in value.items()]]
    if isinstance(value, list):
        return ["a", [tagged(inner) for inner in value]]
    if isinstance(value, bool):
        return ["b", value]
    if isinstance(value, Written):
        return ["d", str(value)]
    if isinstance(value, str):
        return ["s", value]
    if isinstance(value, int):
        return ["i", str(value)]
    return ["f", "nan" if math.isnan(value) else repr(value)]


def row(text):
    try:
        value = tomllib.loads(text)
    except ValueError:
        return {"text": text, "rejected": True}
    return {"text": text, "value": tagged(value)}


def mutated(rng, text):
    characters = list(text)
    at = rng.randrange(len(characters) + 1)
    mark = rng.choice("\"'[]{}=.,#\n\\ \ta1-_")
    roll = rng.random()
    if roll < 0.4 or at == len(characters):
        characters.insert(at, mark)
    elif roll < 0.8:
        del characters[at]
    else:
        characters[at] = mark
    return "".join(characters)


def main():
    rng = random.Random(SEED)
    texts = list(dict.fromkeys(HAND + OTHERWISE))
    size = 0
    while size < 60_000:
        text = Writer(rng).document()
        if len(text) > 600:
            continue
        texts.append(text)
        size += len(text)
        if rng.random() < 0.5 and text:
            texts.append(mutated(rng, text))
    print(json.dumps({"tomllib": platform.python_version(), "seed": SEED}))
    for text in dict.fromkeys(texts):
        print(json.dumps(row(text), separators=(",", ":")))


if __name__ == "__main__":
    main()
