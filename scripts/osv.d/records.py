"""OSV records of Python packages, and what they say of a version, by `packaging` alone: what the tools are judged by.

Affected is a version that a record lists, or that is within a range of it which isn't of git commits (schema of OSV,
"Evaluation"). A listed version and a last affected one include their local versions, as `==` and `<=` of PEP 440 do.
Records that were withdrawn affect nothing, and join no aliases.
"""

import functools
import json
import re
import zipfile

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

# No version is before it.
FIRST = Version("0.dev0")


@functools.cache
def parsed(text):
    """The version; None where it is none, by which nothing is affected."""
    try:
        return Version(text)
    except (InvalidVersion, TypeError):
        return None


def without_local(version):
    return Version(version.public) if version.local else version


class Record:
    def __init__(self, body):
        """`body`: a record's JSON, in bytes."""
        self.body, self.data = body, json.loads(body)
        self.id, self.modified = self.data["id"], self.data["modified"]
        self.ids = {self.id, *(self.data.get("aliases") or [])}
        self.is_withdrawn = bool(self.data.get("withdrawn"))
        # By normalized name: the entries, and the versions that they list.
        self.affected, self.listed = {}, {}
        for entry in self.data.get("affected") or []:
            package = entry.get("package") or {}
            if package.get("ecosystem") == "PyPI":
                name = canonicalize_name(package["name"])
                self.affected.setdefault(name, []).append(entry)
                listed = self.listed.setdefault(name, set())
                listed.update(version for text in entry.get("versions") or [] if (version := parsed(text)))

    def affects(self, name, version):
        """Whether it affects a version of the package of a normalized name."""
        if self.is_withdrawn:
            return False
        return not {version, without_local(version)}.isdisjoint(self.listed.get(name, ())) or any(
            self._is_within(version, range) for entry in self.affected.get(name, []) for range in entry.get("ranges") or [])

    @staticmethod
    def _is_within(version, range):
        if range["type"] not in ("ECOSYSTEM", "SEMVER"):
            return False
        events, limits, is_limitless = [], [], False
        for event in range["events"]:
            for kind, text in event.items():
                if kind == "introduced" and text == "0":
                    events.append((FIRST, kind))
                elif parsed(text):
                    if kind == "limit":
                        limits.append(parsed(text))
                    else:
                        events.append((parsed(text), kind))
                elif kind == "limit" and text == "*":
                    is_limitless = True
        if limits and not is_limitless and not any(version < limit for limit in limits):
            return False
        is_affected = False
        for bound, kind in sorted(events, key=lambda event: event[0]):
            if kind == "introduced" and bound <= version:
                is_affected = True
            elif kind == "fixed" and bound <= version:
                is_affected = False
            elif kind == "last_affected" and bound < version and bound != without_local(version):
                is_affected = False
        return is_affected


class Problem:
    """Records of one package that are about the same: those that ids and aliases join, over any number of steps."""

    def __init__(self, records):
        self.records = records
        self.ids = set().union(*(record.ids for record in records))

    def affects(self, name, version):
        return any(record.affects(name, version) for record in self.records)

    @property
    def id(self):
        return min(record.id for record in self.records)


class Records:
    """The records of a zip file, which has each as ID.json."""

    def __init__(self, path):
        self.path, self.by_id, self.by_name, self.unreadable = path, {}, {}, []
        with zipfile.ZipFile(path) as archive:
            for entry in archive.namelist():
                if not entry.endswith(".json"):
                    continue
                try:
                    record = Record(archive.read(entry))
                except (ValueError, KeyError, TypeError, AttributeError):
                    self.unreadable.append(entry)
                    continue
                # Another major version of the schema may mean something else.
                if not re.fullmatch(r"1(\..*)?", record.data.get("schema_version") or "1.0.0"):
                    self.unreadable.append(entry)
                    continue
                self.by_id[record.id] = record
        for record in sorted(self.by_id.values(), key=lambda record: record.id):
            for name in record.affected:
                self.by_name.setdefault(name, []).append(record)

    def matching(self, name, version):
        """The records that affect a version, by their ids."""
        name = canonicalize_name(name)
        return [record for record in self.by_name.get(name, []) if record.affects(name, version)]

    @functools.cache
    def problems(self, name):
        """All problems of a package."""
        groups = []
        for record in self.by_name.get(name, []):
            if record.is_withdrawn:
                continue
            joined = [group for group in groups if any(record.ids & other.ids for other in group)]
            groups = [group for group in groups if group not in joined]
            groups.append([record, *(other for group in joined for other in group)])
        return [Problem(group) for group in groups]

    @functools.cache
    def is_affected(self, name, version):
        return bool(self.matching(name, version))
