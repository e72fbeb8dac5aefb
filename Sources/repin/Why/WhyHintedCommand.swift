import PythonPackaging
import RequirementsFiles
import Resolution

/// The `repin compile` that brings about what `repin why` tells, with what the user's own command line says of sources and
/// options.
struct WhyHintedCommand: Sendable, Hashable {
  /// The words of `repin why` as they were read, without configuration.
  private let options: String
  /// Whether the configuration gives up all pins, which the answer doesn't.
  private let isUpgradeConfigured: Bool
  private let isConfigurationLeftOut: Bool

  /// - Parameters:
  ///   - asked: the command line alone.
  ///   - command: with what the configuration adds.
  ///   - isLayered: whether it is one of several lockfiles of a command.
  init(asked: CompileCommand, command: CompileCommand, isLayered: Bool) {
    var asked = asked
    if isLayered { asked.outputFile = nil }
    var line = CompileCommandLine(program: "", options: asked.commandLineOptions, sources: asked.sources)
      .description
    // What no lockfile's header shows, since it says nothing of the pins.
    let others = [
      ("--keyring-provider", asked.index.keyringProvider), ("--cache-dir", asked.index.cacheDir),
      ("--offline", asked.index.offline ? "" : nil), ("--refresh", asked.index.refresh ? "" : nil),
      ("--no-cache", asked.index.noCache ? "" : nil),
      ("--generate-hashes", asked.generateHashes == true ? "" : nil),
      ("--no-generate-hashes", asked.generateHashes == false ? "" : nil),
      ("--no-reuse-hashes", asked.reuseHashes ? nil : ""),
      ("--build-timeout", asked.buildTimeout == 600 ? nil : "\(asked.buildTimeout)"),
    ]
    for case (let name, let value?) in others {
      line += " " + CompileCommandLine.word(.init(name, value.isEmpty ? nil : value))
    }
    options = line
    isUpgradeConfigured = command.upgrade
    isConfigurationLeftOut = asked.noConfig
  }

  /// Compiles and keeps all pins.
  var compiling: String { text([]) }

  /// Compiles and gives up one pin.
  func upgrading(_ subject: Requirement) -> String { text(["-P \(ShellWord.quoted(subject.shown))"]) }

  private func text(_ words: [String]) -> String {
    let own = (isConfigurationLeftOut ? ["--no-config"] : []) + (isUpgradeConfigured ? ["--no-upgrade"] : [])
    return (["repin compile"] + words + own).joined(separator: " ") + options
  }
}
