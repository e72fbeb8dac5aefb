import ArgumentParser
import PythonPackaging
import RequirementsFiles

/// Options of pip-compile that have no meaning here, taken so that a CI script carries over.
///
/// Those that would change the answer and can't be honoured are refused by name.
struct PipCompileArguments: ParsableArguments {
  @Option(help: "backtracking is the only one.")
  var resolver: String?

  @Option(help: "Not needed: the search ends by itself.")
  var maxRounds: Int?

  @Flag(name: [.customShort("r"), .long], help: "As --refresh.")
  var rebuild = false

  @Flag(inversion: .prefixedNo, help: "Not needed: a terminal gets colours unless NO_COLOR is set.")
  var color: Bool?

  @Option(parsing: .unconditional, help: "Index options for pip; others are refused.")
  var pipArgs: String?

  func validate() throws {
    if let resolver, resolver != "backtracking" {
      throw ValidationError("`--resolver=\(resolver)`: there is only the backtracking one")
    }
  }

  /// `--pip-args` without the credentials in its addresses.
  var shownPipArgs: String? {
    pipArgs.map { text in
      text.split(separator: " ", omittingEmptySubsequences: false).map { word in
        let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
        return parts.map(URLCredentials.redacted).joined(separator: "=")
      }.joined(separator: " ")
    }
  }

  /// What the user is told of options that were taken and do nothing.
  var notes: [String] {
    var notes: [String] = []
    if resolver != nil { notes.append("`--resolver` is not needed") }
    if maxRounds != nil { notes.append("`--max-rounds` is not needed") }
    if color != nil { notes.append("`--color` is not needed: NO_COLOR turns colours off") }
    return notes
  }

  /// Index options with those of `--pip-args`, which win, and `--rebuild`.
  func applied(to index: IndexArguments) throws(CommandFailure) -> IndexArguments {
    var index = index
    if rebuild && !index.offline { index.refresh = true }
    guard let pipArgs else { return index }
    let words = pipArgs.split(whereSeparator: \.isWhitespace).map(String.init)
    let passed: IndexArguments
    do {
      passed = try IndexArguments.parse(words)
    } catch {
      throw .usage(
        "`--pip-args`: \(IndexArguments.message(for: error))",
        hint: "only index options can be passed on: `--index-url`, `--extra-index-url`, `--trusted-host`, …",
        about: MentionedOption("pip-args"))
    }
    index.indexURL = passed.indexURL ?? index.indexURL
    index.extraIndexURL += passed.extraIndexURL
    index.findLinks += passed.findLinks
    index.noIndex = index.noIndex || passed.noIndex
    index.indexStrategy = passed.indexStrategy ?? index.indexStrategy
    index.trustedHost += passed.trustedHost
    index.cert = passed.cert ?? index.cert
    index.clientCert = passed.clientCert ?? index.clientCert
    index.keyringProvider = passed.keyringProvider ?? index.keyringProvider
    index.cacheDir = passed.cacheDir ?? index.cacheDir
    index.noCache = index.noCache || passed.noCache
    return index
  }
}
