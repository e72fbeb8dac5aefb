@testable import LockfileFormats

extension LockfileFaultTests {
  private static func pipfile(_ middle: String, specification: String = "6") -> String {
    """
    {
        "_meta": {
            "pipfile-spec": \(specification)
        },
        "default": {
            "a": {
                "version": "==1"
            },
    \(middle)
            "c": {
                "version": "==3"
            }
        },
        "develop": {
            "d": {
                "version": "==4"
            }
        }
    }

    """
  }

  static let json: [FaultCase] = [
    FaultCase(
      what: "an empty lock", path: "Pipfile.lock",
      text: "{\"_meta\": {\"pipfile-spec\": 6}, \"default\": {}, \"develop\": {}}", pins: [], faults: []),
    FaultCase(
      what: "a missing comma", path: "Pipfile.lock", text: pipfile("        \"b\": {\"version\": \"==2\"}"),
      pins: ["a==1", "b==2", "c==3", "d==4"],
      faults: [
        "Pipfile.lock:10:9: found `\"`, expected `,` or `}`"
      ]),
    FaultCase(
      what: "a value that breaks", path: "Pipfile.lock",
      text: pipfile("        \"b\": {\n            \"version\": ==2\"\n        },"),
      pins: ["a==1", "c==3", "d==4"],
      faults: ["Pipfile.lock:10:24: found `=`, expected a value; the package `b` isn't read"]),
    FaultCase(
      what: "metadata that breaks", path: "Pipfile.lock",
      text: pipfile("", specification: "6,\n        \"sources\": [,\n        \"requires\": {}"),
      pins: ["a==1", "c==3", "d==4"], faults: ["Pipfile.lock:4:21: found `,`, expected a value"]),
    FaultCase(
      what: "a category that breaks", path: "Pipfile.lock",
      text: pipfile("").replacing("\"default\":", with: "\"default\""), pins: ["a==1", "c==3", "d==4"],
      faults: ["Pipfile.lock:5:15: found `{`, expected `:`"]),
    FaultCase(
      what: "a file that is cut short", path: "Pipfile.lock",
      text: String(pipfile("").prefix(162)), pins: ["a==1"],
      faults: [
        "Pipfile.lock:11:24: found the end, expected a string to go on or end; the package `c` isn't read"
      ]),
    FaultCase(
      what: "a range", path: "Pipfile.lock", text: pipfile("        \"b\": {\"version\": \">=2\"},"),
      pins: ["a==1", "c==3", "d==4"],
      faults: [
        "Pipfile.lock:9:26: found the version `>=2`, expected `==` and one version; the pin of `b` isn't read"
      ]),
    FaultCase(
      what: "a version of another type", path: "Pipfile.lock",
      text: pipfile("        \"b\": {\"version\": 2},"),
      pins: ["a==1", "c==3", "d==4"],
      faults: [
        "Pipfile.lock:9:9: found `b` without a `version`, expected its version; the pin of `b` isn't read",
        "Pipfile.lock:9:26: found a number for `version`, expected a string",
      ]),
    FaultCase(
      what: "a package of another type", path: "Pipfile.lock", text: pipfile("        \"b\": \"==2\","),
      pins: ["a==1", "c==3", "d==4"],
      faults: [
        "Pipfile.lock:9:14: found a string for the package `b`, expected an object; the package `b` isn't read"
      ]),
    FaultCase(
      what: "a merge conflict", path: "Pipfile.lock",
      text: pipfile(
        "        \"b\": {\n<<<<<<< HEAD\n            \"version\": \"==1\"\n=======\n            \"version\": \"==2\"\n>>>>>>> x\n        },"
      ), pins: ["a==1", "c==3", "d==4"],
      faults: [
        "Pipfile.lock:10:1: found a merge conflict, `<<<<<<< HEAD`, expected a file that is merged",
        "Pipfile.lock:13:13: found `\"`, expected `,` or `}`; the package `b` isn't read",
      ]),
    FaultCase(
      what: "a format of the future", path: "Pipfile.lock", text: pipfile("", specification: "7"), pins: [],
      faults: [
        "Pipfile.lock:3:25: found version `7` of the format, expected at most 6.0; the file isn't read"
      ]),
    FaultCase(
      what: "a package twice", path: "Pipfile.lock", text: pipfile("        \"a\": {\"version\": \"==2\"},"),
      pins: ["a==1", "a==2", "c==3", "d==4"],
      faults: [
        "Pipfile.lock:9:1: found `a` at 2, expected 1, as in line 6, or a marker that tells the two apart"
      ]),
  ]

  static let jsonWarnings: [FaultCase] = [
    FaultCase(
      what: "no metadata", path: "Pipfile.lock", text: "{}", pins: [],
      faults: ["Pipfile.lock:1:1: found no `_meta`, expected what Pipenv writes into `Pipfile.lock`"],
      severity: .warning)
  ]
}
