"""What looking for vulnerable pins takes of `repin check`, warm, beside `pip-audit` and `uv audit`: the same 100 pins, the
same advisories, which are made up, and OSV 100 ms away. Repin has them in its database by then, and asks for nothing.
"""

import contextlib
import json
import pathlib
import random
import statistics
import subprocess
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
PINS = 100
RECORDS = 3000
# In milliseconds, before each answer.
LATENCY = 100
# In milliseconds, for repin.
GOAL = 50
# Of pip-audit, which takes that long for each pin.
FEW_RUNS = 5


def write_records(path, pages):
    """A zip of OSV records about the generated projects, as large as those of an archive; the same each time.

    Each is fixed by a later release; every third has a twin by another name.
    """
    chance = random.Random(20_261_130)
    names = sorted(pages)
    words = " ".join(f"word{number}" for number in range(120))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(RECORDS):
            name = chance.choice(names)
            versions = wheel_versions(pages[name])
            first, fixed = sorted(chance.sample(range(len(versions)), 2))
            ids = [f"PYSEC-2026-{number}", f"CVE-2026-{10_000 + number}"]
            if number % 3 == 0:
                ids.append(f"GHSA-{number:04}-made-upid")
            for own in ids[::2]:
                record = {
                    "schema_version": "1.6.0", "id": own, "aliases": [id for id in ids if id != own],
                    "modified": "2026-01-15T12:00:00Z", "published": "2026-01-14T12:00:00Z",
                    "summary": f"{name} trusts what it is told", "details": words,
                    "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N"}],
                    "affected": [{
                        "package": {"ecosystem": "PyPI", "name": name},
                        "ranges": [{"type": "ECOSYSTEM",
                                    "events": [{"introduced": versions[first]}, {"fixed": versions[fixed]}]}],
                        "versions": versions[first:fixed],
                    }],
                    "references": [{"type": "WEB", "url": f"https://example.org/{own}"}],
                }
                archive.writestr(zipfile.ZipInfo(f"{own}.json"), json.dumps(record), zipfile.ZIP_DEFLATED)


def wheel_versions(page):
    """Ascending, as generated."""
    return [file["filename"].split("-")[1] for file in page["files"] if file["filename"].endswith("any.whl")]


@contextlib.contextmanager
def stub(records, latency):
    """OSV on loopback; its address."""
    process = subprocess.Popen([str(ROOT / "scripts/osv-stub"), str(records), "--latency", str(latency)],
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        url = process.stdout.readline().strip()
        if not url:
            raise SystemExit("bench: no stub of OSV")
        yield url
    finally:
        process.stdin.close()
        process.wait()


def write_locks(work, pages, url):
    """The same pins as a lockfile of pip-tools' style and as a uv.lock."""
    chance = random.Random(20_261_129)
    pins = []
    for name in sorted(chance.sample(sorted(pages), PINS)):
        versions = wheel_versions(pages[name])
        pins.append((name, chance.choice(versions[: len(versions) // 2 + 1])))
    lock = work / "requirements.txt"
    lock.write_text("".join(f"{name}=={version}\n" for name, version in pins))
    project = work / "project"
    project.mkdir()
    wanted = ", ".join(f'"{name}=={version}"' for name, version in pins)
    (project / "pyproject.toml").write_text(
        f'[project]\nname = "audited"\nversion = "0"\nrequires-python = ">=3.8"\ndependencies = [{wanted}]\n')
    text = ['version = 1\nrevision = 3\nrequires-python = ">=3.8"\n\n[[package]]\nname = "audited"\nversion = "0"\n'
            'source = { virtual = "." }\ndependencies = [\n', *(f'    {{ name = "{name}" }},\n' for name, _ in pins), "]\n"]
    for name, version in pins:
        file = f"{name.replace('-', '_')}-{version}-py3-none-any.whl"
        text.append(f'\n[[package]]\nname = "{name}"\nversion = "{version}"\nsource = {{ registry = "{url}" }}\n'
                    f'wheels = [{{ url = "{url}{file}", hash = "sha256:{"0" * 64}" }}]\n')
    (project / "uv.lock").write_text("".join(text))
    return lock, project


def commands(repin, uv, python, work, pages, url, osv):
    """By tool: the words, and what reads the vulnerable pins from its JSON."""
    lock, project = write_locks(work, pages, url)
    venv = subprocess.run([ROOT / "scripts/osv.d/environment"], check=True, stdout=subprocess.PIPE, text=True).stdout.strip()

    def of_repin(answer):
        return {(finding["package"], finding["version"]) for lockfile in answer["lockfiles"]
                for finding in lockfile["findings"] if finding["kind"] == "vulnerable"}

    def of_pip_audit(answer):
        return {(package["name"], package["version"]) for package in answer["dependencies"] if package.get("vulns")}

    def of_uv(answer):
        return {(found["dependency"]["name"], found["dependency"]["version"]) for found in answer["vulnerabilities"]}

    return {
        "repin check": ([
            repin, "check", "--no-config", "--no-history", "--quiet", "--format", "json", "--index-url", url,
            "--cache-dir", str(work / "repin-cache"), "--python", python, str(lock)], of_repin),
        "uv audit": ([
            uv, "audit", "--quiet", "--no-config", "--frozen", "--preview-features", "audit-command,json-output",
            "--output-format", "json", "--service-url", osv, "--default-index", url, "--python-version", "3.11",
            "--cache-dir", str(work / "uv-cache"), "--project", str(project)], of_uv),
        "pip-audit": ([
            f"{venv}/bin/pip-audit", "--vulnerability-service", "osv", "--osv-url", f"{osv}/v1/query", "--no-deps",
            "--disable-pip", "--progress-spinner", "off", "--cache-dir", str(work / "pip-audit-cache"),
            "--format", "json", "--requirement", str(lock)], of_pip_audit),
    }


def times(repin, uv, python, work, pages, url, environment, runs):
    """By tool the times in milliseconds, and whether it found the same pins as pip-audit."""
    records = work / "records.zip"
    write_records(records, pages)
    measured, found = {}, {}
    with stub(records, LATENCY) as osv:
        environment = environment | {"REPIN_ADVISORIES_SOURCE": osv}
        for tool, (words, reading) in commands(repin, uv, python, work, pages, url, osv).items():
            # Once for the caches. 1: something was found.
            for _ in range(2 if tool != "pip-audit" else 1):
                done = subprocess.run(words, env=environment, cwd=work, capture_output=True, text=True)
                if done.returncode not in (0, 1):
                    raise SystemExit(f"bench: {tool}: {done.stdout[-2000:]}{done.stderr[-2000:]}")
            found[tool] = reading(json.loads(done.stdout))
            export = work / "times.json"
            subprocess.run(
                ["hyperfine", "-N", "--ignore-failure", "--runs", str(min(runs, FEW_RUNS) if tool == "pip-audit" else runs),
                 "--export-json", str(export), " ".join(words)], env=environment, cwd=work, check=True, capture_output=True)
            measured[tool] = [1000 * time for time in json.loads(export.read_text())["results"][0]["times"]]
    return {tool: (values, found[tool] == found["pip-audit"]) for tool, values in measured.items()}


def rows(measured, spread):
    """The table's lines, and whether the goal is met."""
    lines = [f"| {PINS} pins, advisories {LATENCY} ms away | time | repin's ratio | goal |  |", "|---|---|---|---|---|"]
    ours = statistics.median(measured["repin check"][0])
    met = ours <= GOAL
    for tool, (values, is_same) in measured.items():
        ratio, goal, verdict = f"{ours / statistics.median(values):.3f}", "", ""
        if tool == "repin check":
            ratio, goal, verdict = "", f"≤ {GOAL} ms", "met" if met else "**missed**"
        note = "" if is_same else " other findings"
        lines.append(f"| {tool} | {spread(values, 'ms')} | {ratio} | {goal} | {verdict}{note} |")
    for line in lines:
        print(line, flush=True)
    return lines, met
