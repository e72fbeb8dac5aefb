import PythonPackaging

/// Something that may help against a failure, before it has been tried.
struct HintProposal: Sendable {
  /// How one goes with others, where none helps alone.
  enum Combination: Sendable, Hashable {
    /// Not at all.
    case none
    /// It is done together with them.
    case together
    /// It stands instead of an earlier one of its kind, of which it is the same with a further reaching value.
    case instead
  }

  /// A change of a request.
  typealias Change = @Sendable (inout ResolutionRequest) -> Void

  let kind: FailureHint.Kind
  let project: PackageName?
  var place: RequirementPlace?
  /// What following the hint makes of the request; nil: it is about what no request tells, so it can't be tried.
  var change: Change?
  var combination = Combination.none
  /// The same for all of the request where this is for one project; nil: there is none such.
  var extended: (@Sendable () -> HintProposal)?
  /// The hint's kind and clause, given what came of trying it; nil: that isn't known.
  let told: @Sendable (ResolvedGraph?) -> (kind: FailureHint.Kind, clause: String)

  init(
    _ kind: FailureHint.Kind, _ project: PackageName?, at place: RequirementPlace? = nil,
    told: @escaping @Sendable (ResolvedGraph?) -> (kind: FailureHint.Kind, clause: String)
  ) {
    self.kind = kind
    self.project = project
    self.place = place
    self.told = told
  }

  /// One whose clause doesn't depend on what comes of it.
  init(
    _ kind: FailureHint.Kind, _ project: PackageName?, at place: RequirementPlace? = nil,
    changing change: Change? = nil, combination: Combination = .none, _ clause: String
  ) {
    self.init(kind, project, at: place) { _ in (kind, clause) }
    self.change = change
    self.combination = combination
  }

  /// The hint, given what came of trying it.
  func hint(in graph: ResolvedGraph?) -> FailureHint {
    let (kind, clause) = told(graph)
    return FailureHint(kind, project, at: place, clause)
  }

  /// What goes on in the way of others that were followed before this one was found, all in order; nil: it doesn't.
  func following(_ others: [HintProposal]) -> [HintProposal]? {
    guard combination != .none else { return nil }
    guard let place = others.firstIndex(where: { $0.combination == .instead && $0.kind == kind }) else {
      return others + [self]
    }
    guard let later = combination == .instead ? self : extended?() else { return nil }
    var all = others
    all[place] = later
    return all
  }
}
