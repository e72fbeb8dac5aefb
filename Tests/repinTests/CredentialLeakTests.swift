import Glibc
import IndexServer
import TestSupport
import Testing

@testable import PackageIndex

/// However a password is given and whatever goes wrong, it is sent to its index and is nowhere to be read afterwards.
@Suite(.serialized) struct CredentialLeakTests {
  static let user = "person"
  /// Not that of another run of these tests on this machine: they see each other's processes.
  static let password = "p@ss/w0rd+\(UInt64.random(in: 1 << 60 ..< 1 << 63))"
  static let encoded = percentEncoded(password)
  static let wrong = "wr0ng/w@rd+k3y"

  /// A way to give it.
  struct Way: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// Whether the user writes it on the command line, where everybody sees it.
    var isOnCommandLine = false
    /// Sets a project up; gives the arguments.
    let prepare: @Sendable (inout CommandFixture) -> [String]
  }

  /// The index's address with `user:password` in it.
  private static func address(_ fixture: CommandFixture, _ password: String = encoded) -> String {
    fixture.url.replacing("://", with: "://\(user):\(password)@")
  }

  static let ways: [Way] = [
    Way(testDescription: "an option", isOnCommandLine: true) { ["--index-url", address($0)] },
    Way(testDescription: "--pip-args", isOnCommandLine: true) {
      ["--pip-args", "--index-url=\(address($0))"]
    },
    Way(testDescription: "REPIN_INDEX_URL") { fixture in
      fixture.environment["REPIN_INDEX_URL"] = address(fixture)
      return []
    },
    Way(testDescription: "PIP_INDEX_URL") { fixture in
      fixture.environment["REPIN_INDEX_URL"] = ""
      fixture.environment["PIP_INDEX_URL"] = address(fixture)
      return []
    },
    Way(testDescription: "pip's configuration") { fixture in
      fixture.directory.write("pip.conf", "[global]\nindex-url = \(address(fixture))\n")
      fixture.environment["REPIN_INDEX_URL"] = ""
      fixture.environment["PIP_CONFIG_FILE"] = fixture.directory.file("pip.conf")
      return []
    },
    Way(testDescription: "netrc") { fixture in
      fixture.directory.write("secrets", "machine 127.0.0.1 login \(user) password \(password)\n")
      fixture.environment["NETRC"] = fixture.directory.file("secrets")
      return []
    },
    Way(testDescription: "a variable in a file") { fixture in
      fixture.directory.write(
        "requirements.in", "-i \(address(fixture, "${INDEX_PASSWORD}"))\n\(requirements(fixture))")
      fixture.environment["INDEX_PASSWORD"] = encoded
      return []
    },
    Way(testDescription: "written out in a file") { fixture in
      fixture.directory.write("requirements.in", "-i \(address(fixture))\n\(requirements(fixture))")
      return []
    },
    Way(testDescription: "a requirement's URL") { fixture in
      fixture.directory.write(
        "requirements.in", "a @ \(address(fixture).dropLast("simple/".count))files/a-1.0-py3-none-any.whl\n")
      return []
    },
    Way(testDescription: "the keyring") { fixture in
      // What runs while it is asked, it sees itself.
      fixture.directory.write(
        "keyring",
        """
        #!/bin/sh
        cat /proc/[0-9]*/cmdline >>'\(fixture.directory.file("seen"))' 2>&-
        echo '{"username": "\(user)", "password": "\(password)"}'

        """, mode: 0o755)
      fixture.environment["PATH"] =
        fixture.directory.path + ":" + (fixture.environment["PATH"] ?? "/usr/bin:/bin")
      return []
    },
  ]

  private static func requirements(_ fixture: CommandFixture) -> String {
    fixture.directory.text("requirements.in") ?? ""
  }

  /// What the server does to the request of the page.
  enum Weather: String, Sendable, CaseIterable {
    case fair
    case unauthorized
    case broken
    case truncated
  }

  @Test(arguments: ways, Weather.allCases) func `no trace of it`(way: Way, weather: Weather) async throws {
    var fixture = try await CommandFixture()
    fixture.server.serve("a", "1.0")
    fixture.directory.write("requirements.in", "a\n")
    let arguments = way.prepare(&fixture)
    fixture.server.behave {
      $0.credentials = (Self.user, weather == .unauthorized ? Self.wrong : Self.password)
    }
    for path in ["/simple/a/", "/files/a-1.0-py3-none-any.whl"] {
      for _ in 0..<100 {
        switch weather {
        case .fair, .unauthorized: break
        case .broken: fixture.server.fail(path, .status(500, retryAfter: "0"))
        case .truncated: fixture.server.fail(path, .truncated)
        }
      }
    }
    let modes = [["-v"], ["-v", "--check"], ["-v", "-n", "--refresh"], ["--generate-hashes", "-U"]]
    for mode in weather == .fair ? modes : [modes[0]] {
      let (outcome, commandLines) = try await SampledProcesses.during { [fixture] in
        try await fixture.run(["compile"] + CommandFixture.target + arguments + mode)
      }
      #expect(
        outcome.status == (weather == .fair ? 0 : 3), Comment(rawValue: "\(mode) \(outcome.errors)"))
      Self.expectNoTrace(in: outcome.output + outcome.errors, "what it said (\(mode))")
      if !way.isOnCommandLine {
        Self.expectNoTrace(in: commandLines.sorted().joined(separator: "\n"), "the list of processes")
      }
    }
    // A server that never answers 401 is sent nothing of the keyring's.
    let isSent = way.testDescription != "the keyring" || weather != .broken
    #expect(fixture.server.requests.contains { $0.fields["authorization"] != nil } == isSent)
    #expect(Self.expectNoTrace(inFilesOf: fixture) > 0 || weather != .fair)
  }

  @Test(.enabled("builds need a python3 with venv on PATH") { RealPython.path != nil }, arguments: ways)
  func `no trace of it in a build`(way: Way) async throws {
    let python = try #require(RealPython.path)
    for fails in [false, true] {
      var fixture = try await CommandFixture()
      fixture.environment["PATH"] = "/usr/bin:/bin"
      fixture.directory.makeDirectory("temporary")
      fixture.environment["TMPDIR"] = fixture.directory.file("temporary")
      fixture.server.serve("a", "1.0")
      fixture.server.add(Self.source(fails: fails, seen: fixture.directory.file("seen")), to: "b")
      fixture.directory.write("requirements.in", "b\n")
      let arguments = way.prepare(&fixture)
      if way.testDescription == "a requirement's URL" {
        fixture.directory.write(
          "requirements.in",
          "b @ \(Self.address(fixture).dropLast("simple/".count))files/b-1.0.tar.gz\n")
      }
      fixture.server.behave { $0.credentials = (Self.user, Self.password) }
      let (outcome, commandLines) = try await SampledProcesses.during { [fixture] in
        try await fixture.run(["compile", "--python", python, "-v"] + arguments)
      }
      #expect(outcome.status == (fails ? 3 : 0), Comment(rawValue: outcome.errors))
      #expect(outcome.errors.contains("the end of the backend") == fails)
      #expect(fixture.directory.size("seen") > 0)
      Self.expectNoTrace(in: outcome.output + outcome.errors, "what it said")
      if !way.isOnCommandLine {
        Self.expectNoTrace(in: commandLines.sorted().joined(separator: "\n"), "the list of processes")
        Self.expectNoTrace(in: fixture.directory.text("seen") ?? "", "what the backend saw")
      }
      #expect(fixture.directory.names(in: "temporary") == [])
      #expect(Self.expectNoTrace(inFilesOf: fixture) > 0)
    }
  }

  /// A source distribution whose metadata only its own backend tells; that one tells all it has been told, too.
  private static func source(fails: Bool, seen: String) -> ServedFile {
    var tar = TarWriter()
    tar.add("b-1.0/PKG-INFO", "Metadata-Version: 2.2\nName: b\nVersion: 1.0\nDynamic: Requires-Dist\n")
    tar.add(
      "b-1.0/pyproject.toml",
      "[build-system]\nrequires = []\nbuild-backend = \"backend\"\nbackend-path = [\".\"]\n")
    tar.add(
      "b-1.0/backend.py",
      """
      import glob, os, sys

      def prepare_metadata_for_build_wheel(directory, settings=None):
          with open(\"\(seen)\", "ab") as seen:
              for name in glob.glob("/proc/[0-9]*/cmdline"):
                  try:
                      seen.write(open(name, "rb").read() + b"\\n")
                  except OSError:
                      pass
          for name, value in sorted(os.environ.items()):
              print(name, value)
          netrc = os.environ.get("NETRC")
          if netrc:
              print(open(netrc).read())
          print("the end of the backend")
          if \(fails ? "True" : "False"):
              raise SystemExit(3)
          os.mkdir(os.path.join(directory, "b-1.0.dist-info"))
          with open(os.path.join(directory, "b-1.0.dist-info", "METADATA"), "w") as file:
              file.write("Metadata-Version: 2.2\\nName: b\\nVersion: 1.0\\n")
          return "b-1.0.dist-info"

      """)
    return ServedFile(filename: "b-1.0.tar.gz", bytes: deflated(tar.finished(), windowBits: 31))
  }

  // MARK: Traces

  /// Every form in which the password could be written.
  private static let traces = [password, encoded, encoded.replacing("%2B", with: "+")] + base64s

  /// Of `user:password`, and of the password alone.
  private static let base64s = ["\(user):\(password)", password].map { base64(Array($0.utf8)) }

  private static func expectNoTrace(
    in text: String, _ place: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    for trace in traces where text.contains(trace) {
      Issue.record("`\(trace)` is in \(place):\n\(text)", sourceLocation: sourceLocation)
    }
  }

  /// In no file but those that the test itself wrote it into; tells how many others there are.
  private static func expectNoTrace(
    inFilesOf fixture: CommandFixture, sourceLocation: SourceLocation = #_sourceLocation
  ) -> Int {
    let given = ["requirements.in", "secrets", "pip.conf", "keyring", "seen"]
    var folders = ["."]
    var count = 0
    while let folder = folders.popLast() {
      for name in fixture.directory.names(in: folder) where folder != "." || !given.contains(name) {
        let path = folder == "." ? name : "\(folder)/\(name)"
        if isDirectory(fixture.directory.file(path)) {
          folders.append(path)
        } else if let bytes = fixture.directory.read(path) {
          count += 1
          for trace in traces where bytes.contains(Array(trace.utf8)) {
            Issue.record("`\(trace)` is in \(path)", sourceLocation: sourceLocation)
          }
        }
      }
    }
    return count
  }
}

/// A Python of this machine that can make environments.
enum RealPython {
  /// Its executable; nil: there is none.
  static let path: String? = {
    let directories = (getenv("PATH").map { String(cString: $0) } ?? "").split(separator: ":")
    for directory in directories.map(String.init) + ["/usr/bin"] {
      let path = "\(directory)/python3"
      guard access(path, X_OK) == 0, let answer = output(of: path), access(answer, X_OK) == 0 else {
        continue
      }
      return answer
    }
    return nil
  }()

  private static func output(of python: String) -> String? {
    guard let pipe = popen("'\(python)' -c 'import sys, venv, ensurepip; print(sys.executable)' 2>&-", "r")
    else {
      return nil
    }
    var line = [CChar](repeating: 0, count: 4096)
    let read = fgets(&line, Int32(line.count), pipe)
    guard pclose(pipe) == 0, read != nil else { return nil }
    return String(decoding: line.prefix { $0 != 0 && $0 != 10 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}

private func isDirectory(_ path: String) -> Bool {
  var status = stat()
  return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
}
