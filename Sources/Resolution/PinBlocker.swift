package import PythonPackaging

/// One requirement or constraint of a resolved graph that keeps a project from certain releases.
///
/// Example: to have `urllib3>=2`, `botocore==1.29.0` stands in the way by `urllib3<1.27`; botocore 1.31.0 is the first
/// release that lifts it. To have `botocore>=1.31.0` in turn, the user's own `botocore<1.30` stands in the way.
package struct PinBlocker: Sendable, Hashable {
  /// Who stands in the way.
  package enum Asker: Sendable, Hashable {
    /// The user's requirement at this index of the request.
    case requirement(Int)
    /// The user's constraint at this index of the request.
    case constraint(Int)
    /// The user's override at this index of the request.
    case override(Int)
    /// A pin, perhaps by one of its extras.
    case pin(PackageName, Version, extra: ExtraName?)
  }

  /// The release of a pin's project, the next newer one that could be picked, with which a blocker is gone.
  package enum Lift: Sendable, Hashable {
    /// What the user wrote is theirs to change.
    case own
    /// This release allows what is wanted.
    case release(Version)
    /// This release no longer asks for the project.
    case dropping(Version)
    /// No newer release does, and this is the newest older one that does: what is wanted is older than the pin.
    case older(Version)
    /// This release lifts it, and can't be picked beside what else the user asks for; nor can the next ones that do.
    case unreachable(Version)
    /// No newer release lifts it; nor does an older one, where those were looked at.
    case nothing(older: Bool)
    /// This release allows what is wanted; whether it can be picked beside what else the user asks for wasn't tried, or
    /// the trial didn't tell.
    case untried(Version)
    /// So many of the next newer releases don't, or no newer and so many of the older ones; the rest weren't looked at.
    case notAmong(Int, older: Bool)
    /// None of the newer releases, or of all where older ones were looked at, that tell what they need without being
    /// built.
    case unbuilt(older: Bool)
    /// Not to be told by what is cached.
    case uncached
  }

  /// Who stands in the way.
  package let asker: Asker
  /// By what.
  package let requirement: Requirement
  /// Of what: the project's releases that are wanted.
  package let wanted: Requirement
  /// 0 where it stands in the way of what was asked, 1 where it stands in the way of what would lift that, and so on.
  package let level: Int
  /// What would lift it.
  package let lift: Lift
}

extension PinBlocker.Lift {
  /// The release that lifts it, if one is known.
  package var version: Version? {
    switch self {
    case .release(let version), .dropping(let version), .older(let version), .unreachable(let version),
      .untried(let version):
      version
    case .own, .nothing, .notAmong, .unbuilt, .uncached: nil
    }
  }
}
