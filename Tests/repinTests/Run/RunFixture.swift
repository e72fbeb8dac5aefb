import TestSupport

/// A project with an index and advisories, and a rebuild that notes what it is told.
struct RunFixture {
  var update: UpdateFixture
  var directory: TemporaryDirectory { update.command.directory }

  /// A window that comes once in four years: what isn't asked for waits.
  static let rareWindow = "0 6 29 2 *"

  /// `lib` 1.0 is pinned, and 1.1 is there.
  init(window: String = rareWindow, rebuild: String = RunFixture.noting()) async throws {
    update = try await UpdateFixture()
    update.serve("lib", "1.0", daysAgo: 400)
    update.serve("lib", "1.1")
    update.command.serve(advisories: [Self.foreign])
    update.command.write(["requirements.in": "lib\n", "requirements.txt": "lib==1.0\n"])
    configure(window: window, rebuild: rebuild)
  }

  func configure(window: String = rareWindow, rebuild: String = RunFixture.noting(), more: String = "") {
    update.command.write([
      "repin.toml": """
      sources = ["requirements.in"]
      [policy]
      cooldown = "off"
      due = { stale = "noted" }
      [schedule]
      window = "\(window)"
      \(rebuild)
      \(more)

      """
    ])
  }

  /// A rebuild that adds a line to `rebuilds.txt`: the reasons, what is due, and the pins that it sees.
  static func noting(_ then: String = "true", more: String = "") -> String {
    let script =
      #"PATH=/usr/bin:/bin; echo \"$REPIN_REASON; $REPIN_DUE; $(grep -o '^lib==.*' requirements.txt)\" >> rebuilds.txt; "#
      + then
    return "[rebuild]\ncommand = [\"/bin/sh\", \"-c\", \"\(script)\"]\n\(more)\n"
  }

  /// One that is about nothing that is pinned: an archive without any would be refused.
  private static let foreign = WrittenAdvisory(id: "PYSEC-2020-1", package: "elsewhere")

  mutating func serve(advisories: WrittenAdvisory...) {
    update.command.serve(advisories: advisories + [Self.foreign])
  }

  /// Runs `repin run` for Python 3.12 on Linux; no advisory is kept from before.
  func run(_ arguments: String...) async throws -> CommandFixture.Outcome {
    try await update.command.run(["run"] + CommandFixture.target + ["--refresh"] + arguments)
  }

  /// What was rebuilt, a line each.
  var rebuilds: [String] {
    (directory.text("rebuilds.txt") ?? "").split(separator: "\n").map(String.init)
  }

  /// What `.repin/run` has.
  func left(_ name: String) -> String? { directory.text(".repin/run/\(name)") }
}
