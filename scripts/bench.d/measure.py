"""Measures repin beside uv on captured and generated inputs, and prints the table; see scripts/bench."""

import argparse
import datetime
import json
import os
import pathlib
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading

import auditing
import checking
from capture import Capture, CapturingServer, keep
from generated import Generated
from serving import LATENCY, Site

ROOT = pathlib.Path(__file__).resolve().parents[2]
STAGE = ROOT / ".build-bench"
RUNS = 30
INPUTS = {
    "docs": ROOT / "Fixtures/docs/requirements.in",
    "web-service": ROOT / "Fixtures/web-service/requirements.in",
    "data-science": ROOT / "Fixtures/data-science/requirements.in",
    "trio-docs": ROOT / "scripts/bench.d/inputs/trio-docs.in",
    "jupyter": ROOT / "scripts/bench.d/inputs/jupyter.in",
    "backtracking": ROOT / "scripts/bench.d/inputs/backtracking.in",
}
GROWTH = [50, 200, 1000]


class Case:
    """One row: what is done before each run, and what each run is told."""

    def __init__(self, name, goal, profile="production", cold=False, kept=False, options=()):
        self.name, self.goal, self.profile = name, goal, profile
        self.cold, self.kept, self.options = cold, kept, list(options)


CASES = [
    Case("warm, no lock", 0.5),
    Case("warm, lock kept", 0.4, kept=True),
    Case("warm, with hashes", 0.5, options=["--generate-hashes"]),
    Case("cold cache", 0.9, cold=True),
    Case("cold, server 20 ms away", 0.9, profile="distant", cold=True),
    Case("stale cache, all answer 304", 0.8, profile="stale"),
    Case("bare index, cold", 0.8, profile="bare", cold=True),
    Case("bare index, warm", 0.8, profile="bare"),
]
MEMORY_CASES = [CASES[0], CASES[3]]
MEMORY_GOAL = 1.0
GROWTH_CASES = [CASES[0], CASES[3]]


class Tool:
    def __init__(self, name, words):
        self.name, self.words = name, words

    def files(self, work):
        return work / f"{self.name}.txt", work / f"{self.name}-cache"

    def command(self, work, source, url, options=()):
        output, cache = self.files(work)
        return [*self.words, *options, "--index-url", url, "--cache-dir", str(cache), "--python", PYTHON,
                "-o", str(output), str(source)]


def clean_environment():
    dropped = ("PIP_", "UV_", "REPIN_", "SSL_CERT", "REQUESTS_CA", "HTTP_PROXY", "HTTPS_PROXY")
    return {key: value for key, value in os.environ.items() if not key.upper().startswith(dropped)}


PYTHON = os.path.realpath(sys.executable)
ENVIRONMENT = clean_environment()


def run(words, **more):
    done = subprocess.run(words, env=ENVIRONMENT, capture_output=True, text=True, **more)
    if done.returncode != 0:
        raise SystemExit(f"bench: {' '.join(words)}\n{done.stdout}{done.stderr}")
    return done.stdout


def fresh(work):
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    return work


def captured(tools, names):
    """Compiles all inputs through a capturing server, once; what was captured before stays."""
    capture = Capture(STAGE / "captured", os.environ["BENCH_INDEX_URL"])
    server = CapturingServer(capture)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    for name in names:
        done = STAGE / "captured" / f"{name}.done"
        if done.exists() and done.read_text() == INPUTS[name].read_text():
            continue
        print(f"bench: capturing {name}", file=sys.stderr)
        for tool in tools:
            run(tool.command(fresh(STAGE / "work"), INPUTS[name], f"{server.url}/simple/"))
        keep(done, INPUTS[name].read_bytes())
    server.shutdown()
    pages = {path.stem: json.loads(path.read_bytes()) for path in (STAGE / "captured/pages").glob("*.json")}
    return pages, STAGE / "captured/files"


def generated():
    made = Generated(max(GROWTH))
    files = fresh(STAGE / "generated-files")
    for (digest, filename), body in made.metadata.items():
        path = files / digest / f"{filename}.metadata"
        path.parent.mkdir()
        path.write_bytes(body)
    sources = {}
    for count in GROWTH:
        path = STAGE / f"{count}.in"
        path.write_text("\n".join(made.names(count)) + "\n")
        sources[count] = path
    return made.pages, files, sources


def prepared(case, tools, source, url, work):
    """Brings caches and outputs to where a case begins; the words that do so again before each run."""
    words = []
    for tool in tools:
        output, cache = tool.files(work)
        run(tool.command(work, source, url, case.options))
        away = ([] if case.kept else [str(output)]) + ([str(cache)] if case.cold else [])
        words.append(["rm", "-rf", *away] if away else ["true"])
    return words


def same_pins(tools, work):
    """Whether all wrote the same pins; uv leaves out their extras."""
    texts = set()
    for tool in tools:
        lines = tool.files(work)[0].read_text().splitlines()
        pins = (re.sub(r"\[.*\]", "", line.split()[0]) for line in lines if "==" in line and line[:1].isalnum())
        texts.add("\n".join(sorted(pins)))
    return len(texts) == 1


def timed(case, tools, source, url):
    """The times of all runs in milliseconds, by tool."""
    work = fresh(STAGE / "work")
    before = prepared(case, tools, source, url, work)
    agree = same_pins(tools, work)
    words = ["hyperfine", "-N", "--warmup", "2", "--runs", str(RUNS), "--export-json", str(work / "times.json")]
    for tool, step in zip(tools, before):
        words += ["--prepare", " ".join(step)]
    words += [" ".join(tool.command(work, source, url, case.options)) for tool in tools]
    run(words)
    results = json.loads((work / "times.json").read_text())["results"]
    return {tool.name: [1000 * time for time in result["times"]] for tool, result in zip(tools, results)}, agree


def peak(case, tools, source, url):
    """The greatest memory in MiB over a few runs, by tool."""
    work = fresh(STAGE / "work")
    before = prepared(case, tools, source, url, work)
    most = {}
    for tool, step in zip(tools, before):
        for _ in range(5):
            run(step)
            # A process counts what the one had that started it, which here is a small one.
            done = subprocess.run(
                ["/usr/bin/time", "-f", "%M", *tool.command(work, source, url, case.options)], env=ENVIRONMENT,
                capture_output=True, text=True)
            if done.returncode != 0:
                raise SystemExit(f"bench: {tool.name}: {done.stderr}")
            most[tool.name] = max(most.get(tool.name, 0), int(done.stderr.split()[-1]) / 1024)
    return most


class Table:
    def __init__(self):
        self.lines, self.checks, self.audits, self.lost, self.count = [], [], [], [], 0

    def head(self, *columns):
        self.lines += ["| " + " | ".join(columns) + " |", "|" + "---|" * len(columns)]

    def row(self, name, case, goal, values, unit, note=""):
        """`values`: by tool, all that was measured; repin first."""
        middle = {tool: statistics.median(all_values) for tool, all_values in values.items()}
        ratio = middle["repin"] / middle["uv"]
        won = ratio <= goal
        self.count += 1
        if not won:
            self.lost.append(f"{name}, {case}: {ratio:.2f} (goal {goal})")
        shown = [spread(values[tool], unit) for tool in ("repin", "uv")]
        verdict = "met" if won else "**missed**"
        self.lines.append(f"| {name} | {case} | {' | '.join(shown)} | {ratio:.2f} | ≤ {goal} | {verdict}{note} |")
        print(self.lines[-1], flush=True)


def spread(values, unit):
    digits = 1 if statistics.median(values) < 100 else 0
    if len(values) == 1:
        return f"{values[0]:.{digits}f} {unit}"
    quarters = statistics.quantiles(values, n=4)
    return f"{statistics.median(values):.{digits}f} {unit} ({quarters[0]:.{digits}f}–{quarters[2]:.{digits}f})"


def main():
    parser = argparse.ArgumentParser(prog="scripts/bench")
    parser.add_argument("inputs", nargs="*", metavar="INPUT", help="what to measure; all unless given")
    parser.add_argument("--runs", type=int, default=RUNS, help="how often each is run")
    parser.add_argument("--case", action="append", help="only rows whose name has this")
    parser.add_argument("--no-growth", action="store_true", help="without the generated sets")
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks.md")
    asked = parser.parse_args()
    globals()["RUNS"] = asked.runs
    names = asked.inputs or list(INPUTS)
    unknown = [name for name in names if name not in INPUTS]
    if unknown:
        parser.error(f"no such input: {', '.join(unknown)} (there are {', '.join(INPUTS)})")
    tools = [
        Tool("repin", [os.environ["REPIN"], "compile", "--quiet", "--no-config"]),
        Tool("uv", [os.environ["UV"], "pip", "compile", "--quiet", "--no-config"]),
    ]

    def wanted(case):
        return not asked.case or any(part in case.name for part in asked.case)

    table = Table()
    table.head("input", "case", "repin", "uv", "ratio", "goal", "")
    if any(map(wanted, CASES)):
        pages, files = captured(tools, names)
        site = Site(STAGE / "site", pages, files)
        site.write()
        with site:
            for name in names:
                for case in filter(wanted, CASES):
                    times, agree = timed(case, tools, INPUTS[name], site.url(case.profile))
                    table.row(name, case.name, case.goal, times, "ms", "" if agree else ", other pins")
                for case in filter(wanted, MEMORY_CASES):
                    most = peak(case, tools, INPUTS[name], site.url(case.profile))
                    table.row(name, f"peak memory, {case.name}", MEMORY_GOAL,
                              {tool: [value] for tool, value in most.items()}, "MiB")
    if not asked.no_growth:
        pages, files, sources = generated()
        site = Site(STAGE / "site", pages, files)
        site.write()
        with site:
            for case in filter(wanted, GROWTH_CASES):
                for count, source in sources.items():
                    times, agree = timed(case, tools, source, site.url(case.profile))
                    table.row(f"{count} requirements", case.name, case.goal, times, "ms", "" if agree else ", other pins")
            for name, measure in (("audit", audited), ("check, audit", checked)):
                if not asked.case or any(part in name for part in asked.case):
                    print()
                    # Outside the repository, or git would be asked for the history of each lockfile.
                    with tempfile.TemporaryDirectory() as work:
                        measure(table, pathlib.Path(work), pages, site.url("production"))
    print(f"\n{table.count - len(table.lost)} of {table.count} rows meet their goal", file=sys.stderr)
    if asked.write:
        write(table)


def audited(table, work, pages, url):
    measured = auditing.times(
        os.environ["REPIN"], os.environ["UV"], PYTHON, work, pages, url, ENVIRONMENT, RUNS)
    table.audits, is_met = auditing.rows(measured, spread)
    table.count += 1
    if not is_met:
        table.lost.append(f"audit of {auditing.PINS} pins (goal {auditing.GOAL} ms)")


def checked(table, work, pages, url):
    checking.write_locks(work, pages)
    auditing.write_records(work / "records.zip", pages)
    with auditing.stub(work / "records.zip", auditing.LATENCY) as osv:
        measured = checking.times(
            os.environ["REPIN"], PYTHON, work, url, ENVIRONMENT | {"REPIN_ADVISORIES_SOURCE": osv}, RUNS)
        table.checks, is_met = checking.rows(measured, spread)
    table.count += 1
    if not is_met:
        table.lost.append(f"check of {max(checking.COUNTS):,} lockfiles (goal {checking.GOAL:.0f} s)")


def write(table):
    def version(*words):
        return run(list(words)).split("\n")[0].strip()

    with open("/proc/cpuinfo") as lines:
        model = next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), platform.machine())
    text = f"""# Benchmarks

Written by `scripts/bench --write` on {datetime.date.today()}: repin ({version('git', '-C', str(ROOT), 'rev-parse', '--short', 'HEAD')})
beside {version(os.environ['UV'], '--version')}, {os.cpu_count()} cores of {model}, {platform.system()} {platform.release().split('-')[0]}.

Each figure is the median of {RUNS} runs with the middle half of them behind it; memory is the greatest of five runs. All
of a row is measured in one go, with the same input, the same interpreter and the same server: nginx on loopback with what
an index gave for these inputs, or with made-up projects for the sets of 50, 200 and 1,000 requirements. "Bare" is an index
without ETag, Last-Modified, Cache-Control and `core-metadata`. "{LATENCY * 1000:.0f} ms away": a process passes the bytes on,
half of that later each way. `other pins`: the tools came to different answers.

Of audits and checks the projects and the {auditing.RECORDS:,} problems that advisories tell of them are made up, the pages of the index are in
the caches, and OSV is a stub that waits {auditing.LATENCY} ms before each answer. Repin has read OSV's files by then, and
asks again after a day; pip-audit asks for each pin, uv for all pins at once and then for each advisory. pip-audit is
run {min(RUNS, auditing.FEW_RUNS)} times.

"""
    lost = "\n".join(f"- {line}" for line in table.lost)
    tail = f"\n{table.count - len(table.lost)} of {table.count} rows meet their goal." + (f" These don't:\n\n{lost}\n" if lost else "\n")
    checks = "".join("\n" + "\n".join(lines) + "\n" for lines in (table.audits, table.checks) if lines)
    keep(ROOT / "docs/benchmarks.md", (text + "\n".join(table.lines) + "\n" + checks + tail).encode())


if __name__ == "__main__":
    main()
