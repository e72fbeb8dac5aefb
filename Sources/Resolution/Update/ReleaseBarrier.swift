package import PythonPackaging

/// Why an update may not pick a release that a compile could.
package enum ReleaseBarrier: Sendable, Hashable {
  /// Advisories that count affect it; what they are called.
  case affected([String])
  /// It is too young; the phrase says how: "is younger than the cooldown of 3 days".
  case coolingDown(String)
  /// It is a larger step from the present pin than is allowed; the largest that is.
  case largerStep(UpdateStep)
  /// It is the present pin, which must go; the phrase says why: "is yanked".
  case replaced(String)
  /// It isn't newer than the present pin, or older than what the pin must be raised to.
  case notRaised(to: Version?)
  /// It is outside the bounds that were given for the update.
  case outsideBounds(SpecifierSet)
  /// The attempt keeps the project to other releases; never part of an answer.
  case held
}

extension ReleaseBarrier {
  /// What sort of reason it is.
  var kind: UnavailabilityReason.Kind {
    switch self {
    case .affected: .affected
    case .coolingDown: .coolingDown
    case .largerStep: .largerStep
    case .replaced: .replaced
    case .notRaised: .notRaised
    case .outsideBounds: .outsideBounds
    case .held: .held
    }
  }

  /// The particulars, where the kind doesn't tell all.
  var detail: String? {
    switch self {
    case .affected(let ids): ids.joined(separator: ", ")
    case .coolingDown(let phrase), .replaced(let phrase): phrase
    case .largerStep(let step): step.rawValue
    case .notRaised(let version): version?.description
    case .outsideBounds(let specifiers): specifiers.description
    case .held: nil
    }
  }
}
