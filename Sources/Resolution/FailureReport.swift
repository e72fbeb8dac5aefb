import PubGrub

/// Why requirements can't be met, and what would help: one value that is data first and text second.
///
/// As JSON it is what docs/failure-report.md describes; ``version`` grows when a member changes its meaning or goes.
package struct FailureReport: Sendable, Encodable {
  /// The version of the form.
  package let version = 1
  /// The one sentence, without a full stop.
  package let summary = "the requirements can't be met"
  /// The lockfile that can't be compiled; nil where none is to be written.
  package var lockfile: String?
  /// Whether the proof leans on something that isn't cached and may not be fetched: online, there may be an answer.
  package let isIncomplete: Bool
  /// What of the user's own requirements, constraints and overrides takes part, in this order and that of the request.
  package let requirements: [Asked]
  /// The proof.
  package let steps: [Step]
  /// Releases that can't be used, as far as they take part.
  package let unavailable: [Unavailable]
  /// What would help, most telling first.
  package let hints: [FailureHint]

  /// A requirement, a constraint or an override of the user's own.
  package struct Asked: Sendable, Hashable, Encodable {
    package enum Kind: String, Sendable, Hashable, Encodable {
      case requirement
      /// It bounds what something else asks for.
      case constraint
      /// It stands instead of whatever is asked for of the project.
      case override
    }
    package let kind: Kind
    package let project: String
    /// As written, with extras and marker.
    package let text: String
    /// The file, or the option.
    package let source: String
    package let line: Int?
  }

  /// Releases of a project.
  package struct Releases: Sendable, Hashable, Encodable {
    package let project: String
    package let extra: String?
    /// As it is said: `flask>=3.0`.
    package let range: String
    /// How many there are.
    package let count: Int
    package let oldest: String?
    package let newest: String?
  }

  /// What a step argues from.
  package struct Premise: Sendable, Hashable, Encodable {
    package enum Kind: String, Sendable, Hashable, Encodable {
      /// The user asks for something.
      case requirement
      /// An override of the user's asks for something instead of a requirement.
      case override
      /// Releases depend on something.
      case dependency
      /// A project and the same with an extra are of one release.
      case sameRelease = "same-release"
      /// Releases can't be used.
      case unavailable
      /// No release could be chosen.
      case noRelease = "no-release"
      /// An earlier step has concluded it.
      case step
    }
    package let kind: Kind
    /// The releases spoken of; nil with `step`, and for the user's own requirements.
    package let releases: Releases?
    /// What they depend on.
    package let needs: Releases?
    /// The specifiers that say so, each once, those of the newest releases first.
    package let specifiers: [String]?
    /// Among ``FailureReport/unavailable``.
    package let unavailable: Int?
    /// Among ``FailureReport/requirements``.
    package let requirement: Int?
    /// Among ``FailureReport/steps``.
    package let step: Int?
    /// The premise as a clause.
    package let clause: String
  }

  /// A term of a conclusion: it can't be that all releases that are `isSelected` are, and none of the others.
  package struct Term: Sendable, Hashable, Encodable {
    package let isSelected: Bool
    package let releases: Releases
  }

  /// One line of the proof.
  package struct Step: Sendable, Hashable, Encodable {
    /// What sentences call it by, if one does.
    package let number: Int?
    package let sentence: String
    package let beginsPart: Bool
    package let premises: [Premise]
    /// What can't be; no term: the requirements can't be met.
    package let conclusion: [Term]
  }

  /// Releases that can't be used, and why.
  package struct Unavailable: Sendable, Hashable, Encodable {
    package let releases: Releases
    package let reason: UnavailabilityReason.Kind
    /// The index's or the metadata's own words.
    package let detail: String?
    /// The tags of wheels, where there are only incompatible ones.
    package let tags: [String]?
    /// The reason as a clause.
    package let clause: String
  }
}

// MARK: - Text

extension FailureReport {
  /// The steps of a proof that are told where it isn't told whole: the last ones, which lead to what the user wrote.
  package static let longestProof = 12

  /// The proof, a sentence a line, indented below the summary.
  package func text(isWhole: Bool = false) -> String {
    let lines = steps.map {
      Explanation.Line(text: $0.sentence, number: $0.number, beginsPart: $0.beginsPart)
    }
    var shown = Explanation.prose(lines).split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "" : "  \($0)" }
    if !isWhole, shown.count > Self.longestProof {
      let left = shown.count - Self.longestProof
      let note = "(\(left) \(left == 1 ? "line" : "lines") of the proof before these: `--verbose` shows all)"
      shown.replaceSubrange(..<left, with: ["  \(note)"])
    }
    return ([summary] + shown).joined(separator: "\n")
  }
}
