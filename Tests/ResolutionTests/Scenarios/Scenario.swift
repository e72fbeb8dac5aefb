import PubGrub
import PythonPackaging
import Resolution
import Testing

/// One scenario of `Fixtures/scenarios`: an index in a few lines, a question, and the only answer that is right.
struct Scenario: CustomTestStringConvertible, Sendable {
  /// What must come out.
  enum Answer: Equatable, Sendable {
    /// The pins, `name==version` with extras in brackets, ascending.
    case pins([String])
    /// No answer: the reasons that the proof names, ascending, none where requirements merely contradict each other.
    case refused([String])
  }

  /// The rule that it shows, as a phrase.
  let rule: String
  /// Where it begins: `pre-releases.scenarios:12`.
  let place: String
  /// What the index has.
  let index: [ServedIndex.Served]
  /// Whether nothing may be built.
  let isBuildRuledOut: Bool
  /// The question.
  let request: ResolutionRequest
  /// Whether the answer depends on the order of the requirements: there are several, each as good.
  let isOrdered: Bool
  /// The answer.
  let answer: Answer
  /// What the user must hear beside it, ascending.
  let notices: [String]
  /// The most releases whose metadata may be asked for; nil where the scenario doesn't say.
  let tries: Int?

  var testDescription: String { "\(rule) (\(place))" }
}

extension Scenario.Answer: CustomStringConvertible {
  var description: String {
    switch self {
    case .pins(let pins): "pins: \(pins.joined(separator: " "))"
    case .refused(let reasons): "refused: \(reasons.isEmpty ? "conflict" : reasons.joined(separator: " | "))"
    }
  }

  init(_ graph: ResolvedGraph) {
    self = .pins(
      graph.pins.map { pin in
        let extras = pin.extras.isEmpty ? "" : "[\(pin.extras.map(\.normalized).joined(separator: ","))]"
        return "\(pin.name)\(extras)==\(pin.version)"
      })
  }

  init(_ refusal: UnsatisfiableRequirements) {
    var reasons = refusal.unavailable.map { project, reason in
      "\(project?.normalized ?? "?") \(Self.words(for: reason, in: refusal.request))"
    }
    for fact in refusal.explanation.facts {
      var mentioned = fact.terms.map(\.package)
      if case .dependency(of: _, versions: _, on: let target, allowed: _, label: _) = fact.cause {
        mentioned.append(target)
      }
      for name in mentioned.compactMap({ refusal.packages[Int($0.index)].project })
      where refusal.releases[name] == nil {
        reasons.append("\(name) unknown")
      }
    }
    self = .refused(Set(reasons).sorted())
  }

  /// A reason as scenarios have it.
  private static func words(for reason: UnavailabilityReason, in request: ResolutionRequest) -> String {
    switch reason {
    case .yanked(let why): why.map { "yanked \($0)" } ?? "yanked"
    case .requiresPython(let text): "requires-python \(text)"
    case .noCompatibleWheel(let tags): "foreign \(tags.joined(separator: " "))"
    case .needsBuild: "needs-build"
    case .excludedKind(.sourceOnly): "source-only"
    case .excludedKind: "wheels-only"
    case .newerThanCutoff: "too-new"
    case .noUploadTime: "no-upload-time"
    case .noFiles: "no-files"
    case .unreadableMetadata: "unreadable"
    case .directURL(let requirement): "direct-url \(requirement)"
    case .preRelease: "pre-release"
    case .constraint(let place): "constraint \(request.constraints[place])"
    case .offline: "offline"
    case .otherHashes: "other-hashes"
    case .barred(let barrier): "barred \(barrier)"
    }
  }
}

extension ResolutionNotice {
  /// The notice as scenarios have it.
  var words: String {
    switch self {
    case .yanked(let name, let version, let why): "\(name)==\(version) yanked" + (why.map { " \($0)" } ?? "")
    case .withdrawn(let name, let version): "\(name)==\(version) withdrawn"
    case .passedOver(let name, let version, _): "\(name)==\(version) passed-over"
    case .missingExtra(let name, let version, let extra):
      "\(name)[\(extra.normalized)]==\(version) missing-extra"
    }
  }
}
