"""Writes what another implementation of CVSS scores vectors with, as a table that the tests hold row by row.

    python3 -m venv /tmp/cvss && /tmp/cvss/bin/pip install cvss==3.6 && /tmp/cvss/bin/python scores.py [FACTOR]

The implementation is Red Hat's. In the folder beside this file it writes scores.tsv: version, vector, score. The choice of
vectors is seeded, so the same table comes out each time; FACTOR multiplies their number, and then the table goes to stdout.

2    the three examples of the specification's section 3.3, and random vectors
3    examples of the specification of 3.1, and random vectors of 3.0 and 3.1, each with and without optional metrics
4    examples of the specification of 4.0; a vector of every set that has one; random vectors, with and without optional
     metrics
"""

import pathlib
import random
import sys

import cvss
from cvss import constants2, constants3, constants4

VERSIONS = {
    "2": ("", cvss.CVSS2, constants2),
    "3.0": ("CVSS:3.0/", cvss.CVSS3, constants3),
    "3.1": ("CVSS:3.1/", cvss.CVSS3, constants3),
    "4.0": ("CVSS:4.0/", cvss.CVSS4, constants4),
}
EXAMPLES = [
    ("2", "AV:N/AC:L/Au:N/C:N/I:N/A:C"),
    ("2", "AV:N/AC:L/Au:N/C:C/I:C/A:C"),
    ("2", "AV:L/AC:H/Au:N/C:C/I:C/A:C"),
    ("3.1", "AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N"),
    ("3.1", "AV:N/AC:L/PR:L/UI:N/S:C/C:L/I:L/A:N"),
    ("3.1", "AV:N/AC:H/PR:N/UI:R/S:U/C:L/I:N/A:N"),
    ("3.1", "AV:L/AC:L/PR:H/UI:N/S:U/C:L/I:L/A:L"),
    ("3.1", "AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H"),
    ("3.1", "AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N"),
    ("3.1", "AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N"),
    ("3.1", "AV:P/AC:L/PR:N/UI:N/S:U/C:N/I:H/A:N"),
    ("4.0", "AV:L/AC:L/AT:P/PR:L/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N"),
    ("4.0", "AV:N/AC:L/AT:P/PR:N/UI:P/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N"),
    ("4.0", "AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H"),
    ("4.0", "AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:N/SI:N/SA:N"),
    ("4.0", "AV:P/AC:L/AT:N/PR:N/UI:N/VC:N/VI:H/VA:N/SC:N/SI:N/SA:N"),
    ("4.0", "AV:N/AC:L/AT:N/PR:N/UI:N/VC:L/VI:L/VA:N/SC:H/SI:N/SA:N/E:P/MSI:S/CR:M"),
]


def random_vector(generator, version, share):
    """Every required metric, and of the others a share."""
    constants = VERSIONS[version][2]
    pairs = []
    for metric, values in constants.METRICS_VALUE_NAMES.items():
        if metric in constants.METRICS_MANDATORY or generator.random() < share:
            pairs.append(f"{metric}:{generator.choice(list(values))}")
    if generator.random() < 0.2:
        generator.shuffle(pairs)
    return "/".join(pairs)


def vectors(factor):
    generator = random.Random(20240229)
    yield from EXAMPLES
    for version, count in [("2", 100), ("3.0", 100), ("3.1", 200), ("4.0", 300)]:
        for index in range(count * factor):
            yield version, random_vector(generator, version, [0, 0, 0.5][index % 3])
    missing = set(constants4.CVSS_LOOKUP_GLOBAL)
    while missing:
        vector = random_vector(generator, "4.0", 0.5)
        found = cvss.CVSS4("CVSS:4.0/" + vector).macroVector()
        if found in missing:
            missing.remove(found)
            yield "4.0", vector


def main():
    factor = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    lines = ["# Written by scores.py: version, vector, score"]
    for version, vector in dict.fromkeys(vectors(factor)):
        prefix, implementation, _ = VERSIONS[version]
        lines.append(f"{version}\t{prefix}{vector}\t{implementation(prefix + vector).scores()[0]}")
    text = "\n".join(lines) + "\n"
    if factor > 1:
        sys.stdout.write(text)
    else:
        pathlib.Path(__file__).with_name("scores.tsv").write_text(text)


main()
