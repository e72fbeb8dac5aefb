import PythonPackaging
import Resolution
import Testing

/// A question without an answer, and all that a person is told, to the word.
struct FailureCase: CustomTestStringConvertible {
  let testDescription: String
  let index: [ServedIndex.Served]
  /// The lines of `app.in`.
  let asks: [String]
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
  /// The text, then the hints.
  var text = ""

  /// What the resolver reports; nil, with an issue, if it finds an answer after all.
  func report() async throws -> FailureReport? {
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
    do {
      let graph = try await Resolver(index: index).resolve(request)
      Issue.record("there is an answer: \(graph.pins.map { "\($0.name)==\($0.version)" })")
      return nil
    } catch .unsatisfiable(let failed) {
      return FailureReport(
        failed,
        requirementPlaces: asks.indices.map { RequirementPlace(file: "app.in", line: $0 + 1) },
        constraintPlaces: constraints.indices.map { RequirementPlace(file: "limits.txt", line: $0 + 1) },
        overridePlaces: overrides.indices.map { RequirementPlace(file: "overrides.txt", line: $0 + 1) },
        knownNames: try known.map { try PackageName($0) })
    } catch {
      Issue.record("the index failed: \(error)")
      return nil
    }
  }
}

extension FailureReport {
  /// What the command prints.
  var printed: String {
    ([text()] + hints.map { "hint: \($0.text)" }).joined(separator: "\n")
  }
}
