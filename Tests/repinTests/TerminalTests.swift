import IndexServer
import Subprocess
import SystemPackage
import TestSupport
import Testing

/// What a person at a terminal sees; util-linux's `script` plays the terminal.
@Suite struct TerminalTests {
  /// What the terminal was sent by a compilation whose index keeps it waiting for a second.
  private func screen(
    _ environment: [Environment.Key: String], command: [String] = ["compile"], columns: Int? = nil,
    status: Int32 = 0
  ) async throws -> String {
    let fixture = try await CommandFixture()
    fixture.server.serve("a", "2.0")
    fixture.server.fail("/simple/a/", .status(503, retryAfter: "1"))
    fixture.directory.write("requirements.in", "a\n")
    fixture.directory.write("requirements.txt", "a==1.0\n")
    let line =
      (columns.map { "stty cols \($0);" } ?? "")
      + ([CommandFixture.binary] + command + CommandFixture.target).joined(separator: " ")
    var variables: [Environment.Key: String] = [
      "PATH": "/usr/bin:/bin", "HOME": fixture.directory.path, "REPIN_INDEX_URL": fixture.url,
      "PIP_CONFIG_FILE": "/dev/null",
    ]
    variables.merge(environment) { $1 }
    let result = try await Subprocess.run(
      .path("/usr/bin/script"), arguments: ["-qec", line, "/dev/null"], environment: .custom(variables),
      workingDirectory: FilePath(fixture.directory.path), output: .string(limit: 1 << 20), error: .discarded)
    #expect(result.terminationStatus == .exited(status))
    return result.standardOutput
  }

  /// The screen's lines after all that was erased is gone.
  private func left(_ screen: String) -> [String] {
    screen.split(separator: "\n").map { line in
      let drawn = line.replacing("\r", with: "\u{1b}[2K")
      return drawn.split(separator: "\u{1b}[2K", omittingEmptySubsequences: true).last.map(String.init) ?? ""
    }
  }

  @Test(.timeLimit(.minutes(5)))
  func `progress is shown and gone when done`() async throws {
    let screen = try await screen(["TERM": "xterm"])
    #expect(screen.contains("resolving: "))
    #expect(!left(screen).joined().contains("resolving"))
    #expect(left(screen).contains { $0.contains("~ a==2.0") })
    #expect(screen.contains("\u{1b}[33m"), "a change is in colour")
  }

  @Test(.timeLimit(.minutes(5)))
  func `progress of a question is shown and gone when done`() async throws {
    let screen = try await screen(["TERM": "xterm"], command: ["why", "a"])
    #expect(screen.contains("resolving: "))
    #expect(!left(screen).joined().contains("resolving"))
    #expect(left(screen).contains { $0.contains("a==2.0 (requirements.txt)") })
  }

  @Test(.timeLimit(.minutes(5)), arguments: [12, 20, 30])
  func `progress stays on one line of a narrow terminal`(columns: Int) async throws {
    let screen = try await screen(["TERM": "xterm", "NO_COLOR": "1"], columns: columns)
    let frames = screen.split(separator: "\r\u{1b}[2K").filter { $0.contains(" resol") }
    #expect(!frames.isEmpty)
    #expect(frames.allSatisfy { $0.count == columns - 1 }, "\(frames)")
  }

  @Test(.timeLimit(.minutes(5)), arguments: [20, 30, 39])
  func `what is wrong is wrapped in a narrow terminal`(columns: Int) async throws {
    let command = ["compile", "--format", "dot"]
    let screen = try await screen(
      ["TERM": "xterm", "NO_COLOR": "1"], command: command, columns: columns, status: 2)
    let lines = screen.split(whereSeparator: \.isNewline)
    #expect(lines.count > 1)
    for line in lines { #expect(line.count <= columns || !line.contains(" "), "\(lines)") }
    #expect(
      lines.joined(separator: " ") == "error: `--format dot` is for `repin why` hint: take text or json")
  }

  @Test(.timeLimit(.minutes(5)), arguments: [["TERM": "xterm", "NO_COLOR": "1"], ["TERM": "dumb"]])
  func `colour is left out where it isn't wanted`(_ environment: [String: String]) async throws {
    let keyed = environment.map { (Environment.Key(stringLiteral: $0.key), $0.value) }
    let screen = try await screen(Dictionary(uniqueKeysWithValues: keyed))
    #expect(screen.contains("~ a==2.0 (was 1.0)"))
    #expect(!screen.contains(/\u{1b}\[\d+m/))
  }
}
