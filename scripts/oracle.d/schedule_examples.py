"""Writes the examples of docs/schedule.md that are files of schedulers into a folder, each under its name.

    schedule_examples.py DOCUMENT FOLDER
"""

import pathlib
import re
import sys

SUFFIXES = {"crontab": "", "service": "", "timer": "", "github": ".yml", "gitlab": ".yml", "kubernetes": ".yml"}


def main() -> None:
    text = pathlib.Path(sys.argv[1]).read_text(encoding="utf-8")
    folder = pathlib.Path(sys.argv[2])
    found = dict(re.findall(r"^```\w+ golden=([\w-]+)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL))
    missing = [name for name in SUFFIXES if not found.get(name)]
    if missing:
        sys.exit(f"{sys.argv[1]}: no example of {', '.join(missing)}")
    for name, suffix in SUFFIXES.items():
        (folder / f"{name}{suffix}").write_text(found[name], encoding="utf-8")


main()
