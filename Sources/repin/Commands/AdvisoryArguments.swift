import ArgumentParser
import PythonPackaging

/// The options that say which advisories are gone by.
struct AdvisoryArguments: ParsableArguments {
  @Option(
    name: .customLong("advisories-source"),
    help: """
      Where advisories are from: osv, whose records are kept in the cache; osv-api, its API; pypi, what the index says of \
      each release; the address of a copy of OSV's files; a directory or zip of records; or none [default: osv].
      """)
  var source: String?

  @Option(
    name: .customLong("public-index"),
    help: """
      An index whose names may be told to osv-api, beside the default one of the interpreter's pip; may be given more than \
      once.
      """)
  var publicIndexes: [String] = []

  @Flag(
    help: "Hold advisories that can't be renewed, or of which some can't be read, for a source that failed.")
  var strict = false

  func validate() throws {
    if source?.isEmpty == true { throw ValidationError("`--advisories-source` is empty") }
    if publicIndexes.contains("") { throw ValidationError("`--public-index` is empty") }
  }

  /// Takes what the environment says of options that the words don't give: `REPIN_ADVISORIES_SOURCE`,
  /// `REPIN_PUBLIC_INDEX` and `REPIN_STRICT`.
  mutating func settle(by context: CommandContext) throws(CommandFailure) {
    if publicIndexes.isEmpty, let value = context.variable("REPIN_PUBLIC_INDEX") {
      publicIndexes = value.split(whereSeparator: \.isWhitespace).map(String.init)
    }
    if !strict { strict = try context.flag("REPIN_STRICT") ?? false }
  }
}

extension CommandContext {
  /// The directories of `--recursive`, else of `REPIN_RECURSIVE`.
  func directories(_ given: [String]) -> [String] {
    guard given.isEmpty, let value = variable("REPIN_RECURSIVE") else { return given }
    return value.split(whereSeparator: \.isWhitespace).map(String.init)
  }

  /// Whether a variable of the environment turns an option on; nil: it isn't set.
  func flag(_ name: String) throws(CommandFailure) -> Bool? {
    guard let value = variable(name) else { return nil }
    guard let isOn = OptionSettings.boolean(value) else {
      throw .usage(
        "\(name): found `\(PrintableText.escaped(value, limit: 100))`, expected `true` or `false`")
    }
    return isOn
  }
}
