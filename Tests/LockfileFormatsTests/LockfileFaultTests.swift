import PythonPackaging
import Testing

@testable import LockfileFormats

@Suite("What is wrong in a lockfile")
struct LockfileFaultTests {
  static let requirements: [FaultCase] = [
    FaultCase(
      what: "a merge conflict", path: "requirements.txt",
      text: "a==1\n<<<<<<< HEAD\nb==1\n=======\nb==2\n>>>>>>> topic\nc==1\n",
      pins: ["a==1", "b==1", "b==2", "c==1"],
      faults: [
        "requirements.txt:2:1: found a merge conflict, `<<<<<<< HEAD`, expected a file that is merged",
        "requirements.txt:5:1: found `b` at 2, expected 1, as in line 3, or a marker that tells the two apart",
      ]),
    FaultCase(
      what: "a range", path: "requirements.txt", text: "a==1\nflask>=2,<3  # why\n", pins: ["a==1"],
      faults: [
        "requirements.txt:2:1: found `flask>=2,<3`, which is a range, expected one version, `flask==…`; "
          + "the pin of `flask` isn't read"
      ]),
    FaultCase(
      what: "no version", path: "requirements.txt", text: "a==1\n  flask\n", pins: ["a==1"],
      faults: [
        "requirements.txt:2:3: found `flask`, which names no version, expected one version, `flask==…`; "
          + "the pin of `flask` isn't read"
      ]),
    FaultCase(
      what: "requirements", path: "requirements.in", text: "# what we use\nflask\nrequests>=2\n", pins: [],
      faults: [
        "requirements.in:2:1: found requirements, and no pin among them, expected pins, `name==version`; "
          + "the file isn't read"
      ]),
    FaultCase(
      what: "half a line", path: "requirements.txt", text: "a==1\nrequests=", pins: ["a==1"],
      faults: [
        "requirements.txt:2:9: found `requests=` (expected one of `==`, `!=`, `<=`, `>=`, `<`, `>`, `~=`, `===`, "
          + "found `=`), expected a pin, `name==version`; the line isn't read"
      ]),
    FaultCase(
      what: "two pins on a line", path: "requirements.txt", text: "a==1 b==2\n", pins: ["a==1"],
      faults: ["requirements.txt:1:6: found `b==2`, expected the end of the line; `b==2` isn't read"]),
    FaultCase(
      what: "no version that anybody can parse", path: "requirements.txt", text: "a==1\nPytz==2004d\n",
      pins: ["a==1"],
      faults: [
        "requirements.txt:2:7: found the version `2004d`, expected a version of PEP 440; the pin of `pytz` isn't read"
      ]),
    FaultCase(
      what: "no name", path: "requirements.txt", text: "a==1\n_b==2\n", pins: ["a==1"],
      faults: [
        "requirements.txt:2:1: found `_b==2` (expected a package name, found `_`), expected a pin, `name==version`; "
          + "the line isn't read"
      ]),
    FaultCase(
      what: "control characters", path: "requirements.txt", text: "a==1\n\u{1B}[31mb==2\n", pins: ["a==1"],
      faults: [
        "requirements.txt:2:1: found `\u{FFFD}[31mb==2` (expected a package name, found U+001B), "
          + "expected a pin, `name==version`; the line isn't read"
      ]),
    FaultCase(
      what: "a package twice", path: "requirements.txt", text: "a==1\nA==1.0\na==2\n",
      pins: ["a==1", "A==1.0", "a==2"],
      faults: [
        "requirements.txt:3:1: found `a` at 2, expected 1, as in line 1, or a marker that tells the two apart"
      ]),
    FaultCase(
      what: "a package twice with markers", path: "requirements.txt",
      text: "a==1 ; python_version < '3.9'\na==2 ; python_version >= '3.9'\n", pins: ["a==1", "a==2"],
      faults: []),
    FaultCase(
      what: "project metadata", path: "pyproject.toml", text: "[project]\nname = 'a'\n", pins: [],
      faults: [
        "pyproject.toml:1:1: found a project's metadata, which has requirements and no pins, expected a lockfile; "
          + "the file isn't read"
      ]),
    FaultCase(
      what: "a binary file", path: "requirements.txt", text: "PK\u{3}\u{4}\0\0\0\0\0\0", pins: [],
      faults: [
        "requirements.txt:1:1: found a binary file, expected a lockfile, which is text; the file isn't read"
      ]),
    FaultCase(
      what: "another JSON file", path: "package-lock", text: "{\"packages\": {}}", pins: [],
      faults: [
        "package-lock:1:1: found a JSON file that is no `Pipfile.lock`, expected a lockfile; the file isn't read"
      ]),
  ]

  static let requirementsWarnings: [FaultCase] = [
    FaultCase(
      what: "no byte", path: "requirements.txt", text: "", pins: [],
      faults: ["requirements.txt:1:1: found nothing, expected pins, `name==version`"], severity: .warning),
    FaultCase(
      what: "comments", path: "requirements.txt", text: "# nothing is needed\n\n#\n", pins: [],
      faults: ["requirements.txt:1:1: found no pin, expected pins, `name==version`"], severity: .warning),
    FaultCase(
      what: "an option", path: "requirements.txt", text: "-r other.txt\n", pins: [],
      faults: ["requirements.txt:1:1: found no pin, expected pins, `name==version`"], severity: .warning),
    FaultCase(
      what: "a marker that is cut short", path: "requirements.txt", text: "a==1 ; python_version <\n",
      pins: ["a==1"],
      faults: [
        "requirements.txt:1:8: found the marker `python_version <` "
          + "(expected a marker variable or a quoted string, found the end), expected an environment marker of PEP 508"
      ], severity: .warning),
    FaultCase(
      what: "a hash that is cut short", path: "requirements.txt", text: "a==1 \\\n    --hash=sha256:0123\n",
      pins: ["a==1"],
      faults: [
        "requirements.txt:2:12: found the hash `sha256:0123`, expected an algorithm, a colon and all digits of a hash"
      ], severity: .warning),
    FaultCase(
      what: "a continued line at the end", path: "requirements.txt", text: "a==1 \\\n", pins: ["a==1"],
      faults: ["requirements.txt:1:6: found the end of the file, expected the line that `\\` continues"],
      severity: .warning),
  ]

  @Test(
    "In requirements style",
    arguments: LockfileFaultTests.requirements + LockfileFaultTests.requirementsWarnings)
  func requirementsFaults(_ example: FaultCase) { check(example) }

  @Test("In TOML", arguments: LockfileFaultTests.toml + LockfileFaultTests.tomlWarnings)
  func tomlFaults(_ example: FaultCase) { check(example) }

  @Test("In JSON", arguments: LockfileFaultTests.json + LockfileFaultTests.jsonWarnings)
  func jsonFaults(_ example: FaultCase) { check(example) }

  private func check(_ example: FaultCase) {
    let file = PinnedFileReader().read(Array(example.text.utf8), path: example.path)
    #expect(file.faults.map(\.description) == example.faults)
    // The place stands before what is said, once.
    for fault in file.faults { #expect(fault.description == "\(fault.location): \(fault.sentence)") }
    #expect(file.faults.allSatisfy { $0.sentence.hasPrefix("found ") })
    #expect(file.pins.map(\.text) == example.pins)
    #expect(file.faults.allSatisfy { $0.severity == example.severity })
    #expect(file.isComplete == (example.faults.isEmpty || example.severity == .warning))
  }

  @Test("Faults and pins are bounded, and what is left out is counted")
  func limits() {
    var limits = PinnedFileReader.Limits()
    limits.pins = 2
    limits.faults = 3
    limits.bytes = 100
    let reader = PinnedFileReader(limits: limits)
    let many = reader.read(Array("a==1\nb==1\nc==1\nd==1\n".utf8), path: "requirements.txt")
    #expect(many.pins.map(\.text) == ["a==1", "b==1"])
    #expect(
      many.faults.map(\.description) == [
        "requirements.txt:3:1: found more pins, expected at most 2; what follows isn't read"
      ])
    let wrong = reader.read(Array("a==1\nb\nc\nd\ne\nf\n".utf8), path: "requirements.txt")
    #expect(wrong.faults.count == 3)
    #expect(wrong.omittedFaultCount == 2)
    #expect(!wrong.isComplete)
    let large = reader.read([UInt8](repeating: 0x20, count: 101), path: "requirements.txt")
    #expect(
      large.faults.map(\.description) == [
        "requirements.txt:1:1: found a file of 101 bytes, expected at most 100; the file isn't read"
      ])
  }

  @Test("Included files are named, constraints don't count, and an index is shown without its password")
  func options() {
    let text = """
      --index-url https://user:secret@index.example/simple/
      -r other.txt
      -c constraints.txt
      -e ./app
      b @ git+https://token@git.example/b.git@v1
      a==1 --hash=sha256:\(String(repeating: "0", count: 64))
      """
    let file = PinnedFileReader().read(Array(text.utf8), path: "requirements.txt")
    #expect(file.includedFiles == [.init(path: "other.txt", line: 2)])
    #expect(file.faults == [])
    #expect(
      file.pins.map(\.source) == [
        .editable("./app"),
        .versionControl(system: "git", url: "https://****@git.example/b.git", revision: "v1"),
        .index("https://user:****@index.example/simple/"),
      ])
    #expect(file.pins.map(\.text) == ["-e ./app", "b @ git+https://****@git.example/b.git@v1", "a==1"])
    #expect(file.pins.map(\.hashCount) == [0, 0, 1])
  }

  @Test("A byte that isn't UTF-8 costs no other line")
  func encoding() {
    let bytes = Array("a==1\n# caf".utf8) + [0xE9] + Array("\nb==2\n".utf8)
    let file = PinnedFileReader().read(bytes, path: "requirements.txt")
    #expect(file.pins.map(\.text) == ["a==1", "b==2"])
    #expect(
      file.faults.map(\.description) == [
        "requirements.txt:2:6: found a byte 0xE9 that isn't UTF-8, expected UTF-8 text"
      ])
  }
}
