"""Compares the findings of repin and of pip-audit, and each with what `packaging` says; see scripts/compare-with-pip-audit.

What is compared are triples of package, version and problem. Repin's must be those that the records give by OSV's rules.
Those of pip-audit are, too, but for

    paged      all records of the problem that affect the pin are behind the first page, and pip-audit reads no other
    ends       it ends with an error where a record that affects the pin calls a version fixed that is none. It is given
               the lockfile without such pins
    elsewhere  it passes over pins whose marker doesn't hold for this Python
    apart      it has the problem more than once: the records have no id in common but by a third that it didn't see, or saw
               too late. It is counted once

Then the fixes. Repin's must be the smallest release of the index that is above the pin, isn't affected by any advisory,
isn't yanked, is for this Python, and is no pre-release unless the pin is one. Where pip-audit has that among its
own, the fixes are the same; the others are explained if the records and the index say why:

    nearer     there is a release before the first that pip-audit names, and nothing affects it
    affected   what pip-audit names before it has this or another problem, or isn't above the pin
    missing    the index has no such release, or only one that is yanked or for another Python
    unnamed    pip-audit names none above the pin: its last `affected` entry for the package has none, or it doesn't have the
               problem, for one of the reasons above
    none       there is no such release
"""

import argparse
import contextlib
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

import releases
from records import Records, parsed
from server import Server, Stub

# What would change what the tools do: a person's configuration.
DROPPED = ("PIP_FIND_LINKS", "PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL")

SUBJECTS, OUTCOMES = ("findings", "fixes"), ("same", "explained", "different")


class Findings:
    """What a tool found in a lockfile: by package and version, each problem's ids and fixes."""

    def __init__(self):
        self.by_pin, self.pins = {}, set()

    def add(self, name, version, ids, fixes):
        self.by_pin.setdefault((canonicalize_name(name), Version(version)), []).append(
            (frozenset(ids), sorted({parsed(fix) for fix in fixes if parsed(fix)})))


def run(words, codes, **more):
    done = subprocess.run(words, capture_output=True, text=True, **more)
    if done.returncode not in codes:
        raise SystemExit(f"compare: `{' '.join(words)}` ended with {done.returncode}\n{done.stdout[-4000:]}{done.stderr[-4000:]}")
    return done


def pip_audit(lock, server, folder, environment):
    words = [str(pathlib.Path(sys.executable).parent / "pip-audit"), "--vulnerability-service", "osv",
             "--osv-url", f"{server.url}/v1/query", "--no-deps", "--disable-pip", "--progress-spinner", "off",
             "--cache-dir", str(folder / "pip-audit"), "--format", "json", "--requirement", str(lock)]
    findings = Findings()
    for package in json.loads(run(words, (0, 1), env=environment).stdout)["dependencies"]:
        if "version" not in package:
            continue
        findings.pins.add((canonicalize_name(package["name"]), Version(package["version"])))
        for problem in package["vulns"]:
            findings.add(package["name"], package["version"], [problem["id"], *problem["aliases"]], problem["fix_versions"])
    return findings


def ends(name, record):
    """Whether pip-audit ends at what a record calls fixed, in the ranges that it looks at."""
    for entry in record.affected.get(name, []):
        read = next((range for range in entry.get("ranges") or [] if range["type"] == "ECOSYSTEM"), None)
        # Other spellings of the name are passed over.
        if read and entry["package"]["name"] == name and not all(
                parsed(event["fixed"]) for event in read["events"] if "fixed" in event):
            return True
    return False


def is_elsewhere(line):
    """Whether a lockfile's line has a marker that doesn't hold here."""
    text = re.split(r"\s(?:--hash|\\|#)", line)[0]
    try:
        marker = Requirement(text.strip()).marker
    except InvalidRequirement:
        return False
    return marker is not None and not marker.evaluate()


def pin_of(line):
    """The package and the version that a lockfile's line pins; None if it pins none."""
    match = re.match(r"([A-Za-z0-9._-]+)(?:\[[^]]*\])?\s*==\s*([^\s;\\]+)", line)
    return (canonicalize_name(match[1]), parsed(match[2])) if match and parsed(match[2]) else None


def without(pins, lock, folder):
    """A copy of a lockfile without some pins, each with the lines that go on from it; the lockfile itself if there are none."""
    if not pins:
        return lock
    kept, is_kept, goes_on = [], True, False
    for line in lock.read_text().splitlines(keepends=True):
        if not goes_on:
            is_kept = pin_of(line) not in pins
        goes_on = line.rstrip().endswith("\\")
        if is_kept:
            kept.append(line)
    copy = folder / f"of-pip-audit-{lock.name}"
    copy.write_text("".join(kept))
    return copy


def repin(binary, lock, server, by_api, index, folder, environment):
    source = f"osv-api+{server.url}" if by_api else server.url
    words = [binary, "check", "--no-config", "--no-history", "--quiet", "--format", "json", "--index-url", index,
             "--cache-dir", str(folder / "repin"), "--python", sys.executable, "--public-index", index, "--advisories-source", source, str(lock)]
    # 2: also where a part of the lockfile can't be read, which is told; then there is no answer to compare.
    done = run(words, (0, 1), env=environment, cwd=folder)
    findings = Findings()
    for lockfile in json.loads(done.stdout)["lockfiles"]:
        if lockfile["failures"]:
            raise SystemExit(f"compare: repin couldn't ask for all: {lockfile['failures']}")
        for pin in lockfile["pins"]:
            findings.pins.add((canonicalize_name(pin["package"]), Version(pin["version"])))
        for finding in lockfile["findings"]:
            if finding["kind"] == "vulnerable":
                findings.add(finding["package"], finding["version"], [finding["key"], *finding["aliases"]],
                             [finding["fix"]] if finding.get("fix") else [])
    return findings


class Comparison:
    """One lockfile."""

    def __init__(self, lock, records, page_size, by_api, index, repins, pip_audits, unseen):
        """`unseen`: the pins that pip-audit doesn't look at, and the rule why."""
        self.lock, self.records, self.page_size, self.by_api = lock, records, page_size, by_api
        self.index, self.unseen = index, unseen
        self.repins, self.pip_audits = repins, pip_audits
        # Of what (findings or fixes), how it came out, and a line about it
        self.outcomes = []
        self.pins = sorted(repins.pins | pip_audits.pins)
        self.expected = {pin: [problem for problem in records.problems(pin[0]) if problem.affects(*pin)] for pin in self.pins}
        for pin in sorted((repins.pins ^ pip_audits.pins) - unseen.keys()):
            self._differ(pin, f"only {'repin' if pin in repins.pins else 'pip-audit'} has looked at the pin")
        for pin in self.pins:
            self._compare(pin)

    def count(self, subject, outcome):
        return sum((subject, outcome) == counted[:2] for counted in self.outcomes)

    def _tell(self, subject, outcome, pin, text):
        self.outcomes.append((subject, outcome, f"{pin[0]}=={pin[1]}: {text}"))

    def _differ(self, pin, text):
        self._tell("findings", "different", pin, text)

    def _by_problem(self, pin, findings, tool):
        """The findings of each problem of a pin; one that joins several, or that there isn't, is a difference."""
        found = {problem.id: [] for problem in self.expected[pin]}
        for ids, fixes in findings.by_pin.get(pin, []):
            shown = ", ".join(sorted(ids))
            joined = [problem for problem in self.records.problems(pin[0]) if problem.ids & ids]
            if len(joined) != 1:
                self._differ(pin, f"{tool} has {shown} as one, which {'are several' if joined else 'no record names'}")
            for problem in joined:
                if problem.id in found:
                    found[problem.id].append((ids, fixes))
                else:
                    self._differ(pin, f"{tool} has {shown}, which doesn't affect it")
        return found

    def _compare(self, pin):
        ours = self._by_problem(pin, self.repins, "repin")
        theirs = self._by_problem(pin, self.pip_audits, "pip-audit")
        for problem in self.expected[pin]:
            shown = f"{problem.id} ({len(problem.records)} of {len(problem.ids)} ids have a record)"
            our, their = ours[problem.id], theirs[problem.id]
            if len(our) != 1:
                self._differ(pin, f"repin has {shown} {len(our)} times")
            elif our[0][0] != (ids := self._ids(pin, problem)):
                self._differ(pin, f"repin has {shown} with other ids: {', '.join(sorted(our[0][0] ^ ids))}")
            seen = [record for record in self.records.matching(*pin)[: self.page_size] if record in problem.records]
            if pin in self.unseen:
                self._tell("findings", "explained", pin, f"{self.unseen[pin]}: pip-audit doesn't have {shown}")
            elif not their and not seen:
                self._tell("findings", "explained", pin, f"paged: pip-audit doesn't have {shown}")
            elif not their:
                self._differ(pin, f"pip-audit doesn't have {shown}")
            elif len(their) > 1 and self._are_apart(their, seen):
                self._tell("findings", "explained", pin, f"apart: pip-audit has {shown} {len(their)} times")
            elif len(their) > 1:
                self._differ(pin, f"pip-audit has {shown} {len(their)} times")
            elif len(our) == 1:
                self._tell("findings", "same", pin, shown)
            if len(our) == 1 and (their or pin in self.unseen or not seen):
                self._compare_fixes(pin, problem, our[0][1], sorted(set().union(*(fixes for _, fixes in their))))

    def _ids(self, pin, problem):
        """The ids by which repin can know a problem: the API tells of no records but those that affect the pin."""
        known = [record for record in problem.records if not self.by_api or record.affects(*pin)]
        return set().union(*(record.ids for record in known))

    @staticmethod
    def _are_apart(their, seen):
        """Whether so many are what pip-audit's two passes come to: first each PYSEC record for itself, then each other
        record into the first that it shares an id with.
        """
        kept = [set(record.ids) for record in seen if primary(record).startswith("PYSEC")]
        for record in seen:
            first = next((ids for ids in kept if record.ids & ids), None)
            if first is None:
                kept.append(set(record.ids))
            else:
                # Not the id by which it calls the other.
                first.update(record.ids - {primary(record)})
        return len(kept) == len(their)

    def _compare_fixes(self, pin, problem, our, their):
        name, version = pin
        wanted = self.index.fix(name, version, lambda other: self.records.is_affected(name, other))
        ours = our[0] if our else None
        shown = f"fix of {problem.id}: repin {ours or 'none'}, pip-audit {', '.join(map(str, their)) or 'none'}"
        above = [fix for fix in their if fix > version]
        before = [fix for fix in above if ours is None or fix < ours]
        rules = {fix: rule for fix in before if (rule := self._rule(name, fix, version))}
        left = [str(fix) for fix in before if fix not in rules]
        if ours != wanted:
            outcome, why = "different", f"the smallest release that nothing affects is {wanted or 'none'}"
        elif left:
            outcome, why = "different", f"{', '.join(left)} can be had"
        elif ours is None and not above or above and above[0] == ours:
            outcome, why = "same", None
        else:
            nearer = "nearer" if above else "unnamed"
            outcome, why = "explained", " and ".join(sorted(set(rules.values())) or [nearer if ours else "none"])
        self._tell("fixes", outcome, pin, f"{why}: {shown}" if why else shown)

    def _rule(self, name, fix, pinned):
        """Why what pip-audit calls a fix isn't one; None if it is."""
        if self.records.is_affected(name, fix):
            return "affected"
        return None if self.index.can_be_had(name, fix, pinned) else "missing"


def primary(record):
    """The id by which pip-audit calls a record: of its own and its aliases the first PYSEC, else the first CVE."""
    rank = {"PYSEC": 1, "CVE": 2}
    return sorted([record.id, *(record.data.get("aliases") or [])], key=lambda id: rank.get(id.split("-")[0], 3))[0]


def drawn(records, count, folder):
    """A lockfile of releases that the records name, one of a package; the same each time. And an index of those releases."""
    chance = random.Random(20_261_129)
    named = {}
    for name, of_package in records.by_name.items():
        texts = set()
        for record in of_package:
            for entry in record.affected[name]:
                texts.update(entry.get("versions") or [])
                texts.update(text for range in entry.get("ranges") or [] if range["type"] != "GIT"
                             for event in range["events"] for text in event.values())
        named[name] = sorted({parsed(text) for text in texts if parsed(text)})
    names = sorted(name for name, versions in named.items() if versions)
    lines = [f"{name}=={chance.choice(named[name])}\n" for name in sorted(chance.sample(names, min(count, len(names))))]
    lock = folder / f"drawn-{count}.txt"
    lock.write_text("".join(lines))
    return lock, named


def main():
    parser = argparse.ArgumentParser(prog="scripts/compare-with-pip-audit")
    parser.add_argument("locks", nargs="*", metavar="LOCK", type=pathlib.Path)
    parser.add_argument("--advisories", required=True, metavar="ZIP")
    parser.add_argument("--repin", default=os.environ.get("REPIN"), metavar="BIN")
    parser.add_argument("--page-size", type=int, default=1000, metavar="N")
    parser.add_argument("--api", action="store_true")
    parser.add_argument("--drawn", type=int, metavar="N")
    parser.add_argument("--verbose", action="store_true")
    asked = parser.parse_intermixed_args()
    if not asked.locks and not asked.drawn:
        parser.error("no lockfile")
    for lock in asked.locks:
        if not lock.is_file():
            parser.error(f"no lockfile `{lock}`")
    binary = asked.repin or run([os.environ["COMPARE_BUILD"]], (0,)).stdout.strip()
    binary = os.path.abspath(binary)
    if not os.access(binary, os.X_OK):
        parser.error(f"`{binary}` is no program")
    environment = {key: value for key, value in os.environ.items()
                   if not key.startswith(("REPIN_", "COMPARE_")) and key not in DROPPED}
    environment["PIP_CONFIG_FILE"] = os.devnull
    for key in ("NO_PROXY", "no_proxy"):
        environment[key] = ",".join(filter(None, ["127.0.0.1", os.environ.get(key)]))

    comparisons = []
    with contextlib.ExitStack() as stack:
        folder = pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory()))
        server = stack.enter_context(Server(Stub(asked.advisories, asked.page_size)))
        records = server.stub.records
        index = releases.Index(os.environ["COMPARE_INDEX_URL"])
        cases = [(lock.resolve(), index) for lock in asked.locks]
        if asked.drawn:
            lock, named = drawn(records, asked.drawn, folder)
            cases.append((lock, stack.enter_context(releases.MadeUpIndex(named))))
        print("| lockfile | pins | problems | of repin | of pip-audit | "
              + " | ".join(f"{subject} {outcome}" for subject in SUBJECTS for outcome in OUTCOMES) + " |")
        print("|" + "---|" * (5 + len(SUBJECTS) * len(OUTCOMES)))
        for lock, index in cases:
            ours = repin(binary, lock, server, asked.api, index.url, folder, environment)
            ended = {pin for pin in ours.pins
                     if any(ends(pin[0], record) for record in records.matching(*pin)[: asked.page_size])}
            lines = lock.read_text().splitlines()
            # A package may be pinned once more, for here.
            here = {pin_of(line) for line in lines if not is_elsewhere(line)}
            unseen = {pin: "ends" for pin in ended} | {
                pin: "elsewhere" for line in lines if is_elsewhere(line) and (pin := pin_of(line)) and pin not in here}
            theirs = pip_audit(without(ended, lock, folder), server, folder, environment)
            compared = Comparison(lock, records, asked.page_size, asked.api, index, ours, theirs, unseen)
            comparisons.append(compared)
            sizes = [sum(map(len, side.values())) for side in
                     (compared.expected, compared.repins.by_pin, compared.pip_audits.by_pin)]
            counts = [compared.count(subject, outcome) for subject in SUBJECTS for outcome in OUTCOMES]
            print("| " + " | ".join(map(str, [lock.name, len(compared.pins), *sizes, *counts])) + " |", flush=True)
        print("\nrequests: " + ", ".join(f"{count} {kind}" for kind, count in sorted(server.counts.items())) + "\n")
    for compared in comparisons:
        for _, outcome, text in compared.outcomes:
            if outcome != "same" or asked.verbose:
                print(f"{compared.lock.name}: {outcome}: {text}")
    sums = {(subject, outcome): sum(compared.count(subject, outcome) for compared in comparisons)
            for subject in SUBJECTS for outcome in OUTCOMES}
    print("compare: " + "; ".join(
        f"{subject}: " + ", ".join(f"{sums[subject, outcome]} {outcome}" for outcome in OUTCOMES) for subject in SUBJECTS))
    sys.exit(1 if any(sums[subject, "different"] for subject in SUBJECTS) else 0)


if __name__ == "__main__":
    main()
