"""What `repin check` takes of 1, 100 and 1,000 lockfiles, warm, advisories and all; there is no other tool to measure it
beside.
"""

import json
import random
import statistics
import subprocess

COUNTS = [1, 100, 1000]
PINS = 50
# In seconds, for the greatest number, with the history.
GOAL = 2.0


def write_locks(directory, pages):
    """As many lockfiles as are checked at most, of so many pins each, from the older half of what the index has."""
    chance = random.Random(20_261_129)
    names = sorted(pages)
    for number in range(max(COUNTS)):
        pins = []
        for name in sorted(chance.sample(names, PINS)):
            versions = [file["filename"].split("-")[1] for file in pages[name]["files"]
                        if file["filename"].endswith("any.whl")]
            pins.append(f"{name}=={chance.choice(versions[: len(versions) // 2 + 1])}\n")
        folder = directory / f"service-{number:04}"
        folder.mkdir()
        (folder / "requirements.txt").write_text("".join(pins))


def command(repin, python, work, url, locks, options):
    return [repin, "check", "--no-config", "--quiet", "--index-url", url, "--cache-dir", str(work / "check-cache"),
            "--python", python, *options, *locks]


def times(repin, python, work, url, environment, runs):
    """Yields, for each number of lockfiles and with and without a history, the times in milliseconds and the memory in MiB."""
    folders = sorted(str(path) for path in work.glob("service-*"))
    for count in COUNTS:
        locks = [f"{folder}/requirements.txt" for folder in folders[:count]]
        for name, options in [("with the history", ["--history", str(work / f"{count}.sqlite")]),
                              ("without a history", ["--no-history"])]:
            words = command(repin, python, work, url, locks, options)
            for _ in range(2):
                # 1: something is due.
                if subprocess.run(words, env=environment, stdout=subprocess.DEVNULL).returncode != 1:
                    raise SystemExit(f"bench: repin check of {count} lockfiles")
            export = work / "times.json"
            subprocess.run(
                ["hyperfine", "-N", "--ignore-failure", "--runs", str(runs), "--export-json", str(export),
                 " ".join(words)], env=environment, check=True, capture_output=True)
            done = subprocess.run(["/usr/bin/time", "-f", "%M", *words], env=environment, stdout=subprocess.DEVNULL,
                                  stderr=subprocess.PIPE, text=True)
            yield (count, name, [1000 * time for time in json.loads(export.read_text())["results"][0]["times"]],
                   int(done.stderr.split()[-1]) / 1024)


def rows(measured, spread):
    """The table's lines, and whether the goal is met."""
    lines = ["| lockfiles of 50 pins | `repin check`, warm | time | memory | goal |  |", "|---|---|---|---|---|---|"]
    met = True
    for count, name, values, memory in measured:
        goal = verdict = ""
        if count == max(COUNTS) and name == "with the history":
            won = statistics.median(values) <= 1000 * GOAL
            goal, verdict, met = f"≤ {GOAL:.0f} s", "met" if won else "**missed**", met and won
        lines.append(f"| {count:,} | {name} | {spread(values, 'ms')} | {memory:.0f} MiB | {goal} | {verdict} |")
        print(lines[-1], flush=True)
    return lines, met
