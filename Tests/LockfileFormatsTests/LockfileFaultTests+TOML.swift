@testable import LockfileFormats

extension LockfileFaultTests {
  private static func uv(_ package: String, head: String = "version = 1\n") -> String {
    """
    \(head)
    [[package]]
    name = "a"
    version = "1"
    source = { registry = "https://index.example/simple/" }

    \(package)
    [[package]]
    name = "c"
    version = "3"
    source = { registry = "https://index.example/simple/" }

    """
  }

  private static func uvPackage(_ lines: String) -> String {
    uv("[[package]]\n\(lines)\nsource = { registry = \"https://index.example/simple/\" }\n")
  }

  static let toml: [FaultCase] = [
    FaultCase(
      what: "an empty lock", path: "uv.lock", text: "version = 1\nrequires-python = '>=3.9'\n", pins: [],
      faults: []),
    FaultCase(
      what: "an empty lock", path: "poetry.lock",
      text: "package = []\n\n[metadata]\nlock-version = '2.1'\npython-versions = '*'\n", pins: [], faults: []),
    FaultCase(
      what: "an empty lock", path: "pylock.toml",
      text: "lock-version = '1.0'\ncreated-by = 'x'\npackages = []\n", pins: [],
      faults: []),
    FaultCase(
      what: "no version", path: "uv.lock", text: uvPackage("name = \"b\""), pins: ["a==1", "c==3"],
      faults: [
        "uv.lock:9:8: found `b` without a `version`, expected its version; the pin of `b` isn't read"
      ]),
    FaultCase(
      what: "no name", path: "uv.lock", text: uvPackage("version = \"2\""), pins: ["a==1", "c==3"],
      faults: ["uv.lock:8:3: found a package without a `name`, expected its name; the package isn't read"]),
    FaultCase(
      what: "a version that is none", path: "uv.lock", text: uvPackage("name = \"b\"\nversion = \">=2\""),
      pins: ["a==1", "c==3"],
      faults: [
        "uv.lock:10:12: found the version `>=2`, expected one version of PEP 440; the pin of `b` isn't read"
      ]),
    FaultCase(
      what: "a version of another type", path: "uv.lock", text: uvPackage("name = \"b\"\nversion = 2"),
      pins: ["a==1", "c==3"],
      faults: ["uv.lock:10:11: found an integer for `version`, expected a string; the pin of `b` isn't read"]),
    FaultCase(
      what: "a name that is none", path: "uv.lock", text: uvPackage("name = \"b\\u001bc\"\nversion = \"2\""),
      pins: ["a==1", "c==3"],
      faults: [
        "uv.lock:9:8: found the name `b\u{FFFD}c`, expected a name of letters, digits, `-`, `_` and `.`; "
          + "the package isn't read"
      ]),
    FaultCase(
      what: "a package twice", path: "uv.lock", text: uvPackage("name = \"a\"\nversion = \"2\""),
      pins: ["a==1", "a==2", "c==3"],
      faults: ["uv.lock:9:1: found `a` at 2, expected 1, as in line 4, or a marker that tells the two apart"]),
    FaultCase(
      what: "a format of the future", path: "uv.lock", text: uv("", head: "version = 2\n"), pins: [],
      faults: ["uv.lock:1:11: found version `2` of the format, expected at most 1.0; the file isn't read"]),
    FaultCase(
      what: "a format of the future", path: "pylock.toml",
      text: "lock-version = '2.0'\n[[packages]]\nname = 'a'\nversion = '1'\n", pins: [],
      faults: [
        "pylock.toml:1:16: found version `2.0` of the format, expected at most 1.0; the file isn't read"
      ]),
    FaultCase(
      what: "a header that is cut short", path: "uv.lock",
      text: uv("[[package]\nname = \"b\"\nversion = \"2\"\n"), pins: ["a==1", "c==3"],
      faults: [
        "uv.lock:8:11: found the end of the line, expected `.` or `]]` after the key; the package `b` isn't read"
      ]),
    FaultCase(
      what: "a header that is misspelt", path: "uv.lock",
      text: uv("[[pakkage]]\nname = \"b\"\nversion = \"2\"\n"), pins: ["a==1", "c==3"],
      faults: [
        "uv.lock:8:3: found the header `[[pakkage]]`, expected `[[package]]`; the package `b` isn't read"
      ]),
    FaultCase(
      what: "a header that is lost", path: "uv.lock",
      text: uv("x[[package]]\nname = \"b\"\nversion = \"2\"\n"), pins: ["a==1", "c==3"],
      faults: [
        "uv.lock:8:2: found `[`, expected `.` or `=` after the key; what stands there a second time isn't read"
      ]),
    FaultCase(
      what: "a first header that is lost", path: "poetry.lock",
      text: "#[[package]]\nname = 'a'\nversion = '1'\n[metadata]\nlock-version = '2.1'\n", pins: [],
      faults: [
        "poetry.lock:2:8: found a `name` above all headers, expected `[[package]]` above it; the package `a` isn't read"
      ]),
    FaultCase(
      what: "a version twice", path: "poetry.lock",
      text: "[[package]]\nname = 'a'\nversion = '1'\nversion = '2'\n[metadata]\nlock-version = '2.1'\n",
      pins: ["a==1"],
      faults: [
        "poetry.lock:4:1: found invalid TOML (the key 'version' is given a second time), expected a document of TOML 1.0; "
          + "what stands there a second time isn't read"
      ]),
    FaultCase(
      what: "no byte", path: "uv.lock", text: "", pins: [],
      faults: ["uv.lock:1:1: found nothing, expected a lockfile; the file isn't read"]),
    FaultCase(
      what: "no byte", path: "pylock.toml", text: "", pins: [],
      faults: ["pylock.toml:1:1: found nothing, expected a lockfile; the file isn't read"]),
    FaultCase(
      what: "blanks and a comment", path: "poetry.lock", text: "# @generated by Poetry, [metadata]\r\n\n\t\n",
      pins: [], faults: ["poetry.lock:1:1: found nothing, expected a lockfile; the file isn't read"]),
    FaultCase(
      what: "a file that is cut between packages", path: "poetry.lock",
      text: "[[package]]\nname = 'a'\nversion = '1'\n", pins: ["a==1"],
      faults: [
        "poetry.lock:3:1: found the end of the file, expected `[metadata]`, which every `poetry.lock` ends with; "
          + "what followed isn't read"
      ]),
    FaultCase(
      what: "no version of the format", path: "pylock.toml",
      text: "created-by = 'x'\n[[packages]]\nname = 'a'\nversion = '1'\n", pins: ["a==1"],
      faults: [
        "pylock.toml:1:1: found no `lock-version`, expected the version of the format; "
          + "the beginning of the file isn't read"
      ]),
    FaultCase(
      what: "no version of the format", path: "uv.lock", text: "[project]\nname=\"x\"\n", pins: [],
      faults: [
        "uv.lock:1:1: found no `version`, expected the version of the format; the beginning of the file isn't read"
      ]),
    FaultCase(
      what: "a version of the format of another type", path: "uv.lock", text: uv("", head: "version = '1'\n"),
      pins: [],
      faults: [
        "uv.lock:1:11: found a string for `version`, expected a whole number; the file isn't read"
      ]),
    FaultCase(
      what: "another lockfile", path: "pdm.lock", text: "[metadata]\n", pins: [],
      faults: ["pdm.lock:1:1: found a lockfile of PDM, expected a lockfile; the file isn't read"]),
  ]

  static let tomlWarnings: [FaultCase] = [
    FaultCase(
      what: "an array that isn't closed", path: "uv.lock",
      text: uvPackage("name = \"b\"\nversion = \"2\"\nwheels = [\n    { url = \"x\" },"),
      pins: ["a==1", "b==2", "c==3"],
      faults: [
        "uv.lock:13:1: found `source`, expected a number, a date, `true`, `false` or a string in quotes"
      ], severity: .warning),
    FaultCase(
      what: "a string that isn't closed", path: "uv.lock",
      text: uvPackage("name = \"b\"\nversion = \"2\"\nwheels = [\n    { url = \"x },\n]"),
      pins: ["a==1", "b==2", "c==3"],
      faults: [
        "uv.lock:12:18: found the end of the line, expected `\"` to close the string that begins at 12:13"
      ], severity: .warning),
    FaultCase(
      what: "a newer minor version", path: "pylock.toml",
      text: "lock-version = '1.1'\n[[packages]]\nname = 'a'\nversion = '1'\n", pins: ["a==1"],
      faults: ["pylock.toml:1:16: found version `1.1` of the format, expected at most 1.0"],
      severity: .warning),
    FaultCase(
      what: "a newer minor version", path: "poetry.lock",
      text: "[[package]]\nname = 'a'\nversion = '1'\n[metadata]\nlock-version = '2.9'\n", pins: ["a==1"],
      faults: ["poetry.lock:5:16: found version `2.9` of the format, expected at most 2.1"],
      severity: .warning),
    FaultCase(
      what: "no version of the format", path: "poetry.lock",
      text: "[[package]]\nname = 'a'\nversion = '1'\n[metadata]\ncontent-hash = '0'\n",
      pins: ["a==1"],
      faults: ["poetry.lock:1:1: found no `lock-version`, expected the version of the format"],
      severity: .warning),
    FaultCase(
      what: "a key of another type", path: "poetry.lock",
      text: "[[package]]\nname = 'a'\nversion = '1'\ngroups = 'main'\n[metadata]\nlock-version = '2.1'\n",
      pins: ["a==1"],
      faults: ["poetry.lock:4:10: found a string for `groups`, expected an array of strings"],
      severity: .warning),
  ]
}
