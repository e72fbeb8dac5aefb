import PythonPackaging
import Resolution
import Testing

/// A question without an answer, and all that a person is told, to the word.
struct FailureCase: CustomTestStringConvertible {
  let testDescription: String
  let index: [ServedIndex.Served]
  /// The lines of `app.in`.
  var asks: [String]
  /// The lines of `limits.txt`.
  var constraints: [String] = []
  /// The lines of `overrides.txt`.
  var overrides: [String] = []
  /// SHA-256 digits that a project's files must have.
  var hashes: [String: String] = [:]
  var kept: [String: String] = [:]
  var python = "3.12"
  var platform = "linux"
  var preReleases = PreReleasePolicy.ifNecessary
  var cutoff: Int64?
  var onlyBinary: String?
  var noBinary: String?
  var isBuildRuledOut = false
  /// Projects of which nothing is cached, offline.
  var uncached: [String] = []
  var uncachedFiles: [String] = []
  /// Projects of which an index may have more, offline.
  var partlyCached: [String] = []
  /// What is wrong with metadata that can't be read.
  var fault: String?
  /// Projects that have no release.
  var empty: [String] = []
  /// Projects of the lockfile.
  var known: [String] = []
  /// Indexes that aren't asked, as an earlier one has the name.
  var unasked: [String] = []
  var isWithoutIndex = false
  /// Projects whose cutoff is another.
  var cutoffs: [String: Int64?] = [:]
  /// Whether one of the hints leads to another reason, and not to an answer.
  var leadsOn = false
  /// The text, then the hints.
  var text = ""

  /// What the resolver reports; nil, with an issue, if it finds an answer after all.
  func report() async throws -> FailureReport? {
    let report = try await question().report()
    if report == nil { Issue.record("there is an answer") }
    return report
  }

  /// The question, and the index that it is put to.
  func question() throws -> HintedQuestion {
    var request = ResolutionRequest(
      requirements: try asks.map { try Requirement($0) },
      constraints: try constraints.map { try Requirement($0) },
      environment: try TargetEnvironment(pythonVersion: python, platformName: platform),
      preReleases: preReleases, cutoff: cutoff)
    for (name, version) in kept { request.preferences[try PackageName(name)] = try Version(version) }
    request.overrides = try overrides.map { try Requirement($0) }
    for (name, digits) in hashes { request.hashes[try PackageName(name)] = [digits] }
    if let onlyBinary { request.formats.addOnlyBinary(onlyBinary) }
    if let noBinary { request.formats.addNoBinary(noBinary) }
    var index = try ServedIndex(index)
    index.isBuildRuledOut = isBuildRuledOut
    index.uncached = Set(try uncached.map { try PackageName($0) })
    index.uncachedFiles = Set(uncachedFiles)
    index.partlyCached = Set(try partlyCached.map { try PackageName($0) })
    index.fault = fault
    for name in empty { index.serveNothing(of: try PackageName(name)) }
    for (name, cutoff) in cutoffs {
      request.projectCutoffs.updateValue(cutoff, forKey: try PackageName(name))
    }
    index.unasked = unasked
    return HintedQuestion(
      request: request, index: index, isWithoutIndex: isWithoutIndex,
      knownNames: try known.map { try PackageName($0) })
  }
}

extension FailureReport {
  /// What the command prints.
  var printed: String {
    ([text()] + hints.map { "hint: \($0.text)" }).joined(separator: "\n")
  }
}
