package import PythonPackaging

/// The least change to the present pins that gets what an update is for.
package struct LeastUpdate: Sendable {
  /// The new graph.
  package var graph: ResolvedGraph
  /// The pins that have another version, ascending by name.
  package var changed: [ChangedPin]
  /// The pins of projects that had none, ascending by name.
  package var added: [ResolvedPin]
  /// The present pins that nothing asks for any more, ascending by name.
  package var removed: [RemovedPin]
  /// The targets that could not be had, in the order in which they were tried.
  package var blocked: [BlockedTarget]
  /// Releases that would have been picked, or could have served a target, and may not be, by project and reason.
  package var heldBack: [HeldBackReleases]
  /// Releases that could have served a target that could not be had, and that no compile would pick either, by project and
  /// kind of reason.
  package var unusable: [UnusableReleases]
  /// Picked releases that are too young and may be picked all the same.
  package var exempted: [ExemptedPin]
  /// What wasn't found out within the limits; empty: all that is promised is so.
  package var unproven: Set<Guarantee>
  /// How many graphs were looked for.
  package var solves: Int

  /// What an update promises.
  package enum Guarantee: String, Sendable, Hashable, CaseIterable {
    /// No more targets can be had, those of lesser ranks first.
    case served
    /// Nothing is downgraded that needn't be.
    case raised
    /// No pin becomes a pre-release that needn't.
    case stable
    /// What is to be as new as it can be is so.
    case newest
    /// No fewer pins can be changed.
    case fewest
    /// No pin can be nearer to what it was; where the newest is wanted, none can be newer.
    case nearest
  }

  /// A pin with another version.
  package struct ChangedPin: Sendable {
    package var name: PackageName
    package var old: Version
    package var new: Version
    /// Why it changes, targets first, each once; empty: it takes part in what others need together.
    package var causes: [Cause]

    package var isDowngrade: Bool { new < old }
  }

  /// Why a pin changes.
  package enum Cause: Sendable, Hashable {
    /// It is the target at this index of the request.
    case target(Int)
    /// A requirement of the new graph doesn't admit its old version: it is pulled along.
    case pulled(ResolvedEdge)
    /// Its old version has a requirement that doesn't admit the new version of another pin: it lets that move.
    case lets(PackageName, move: Requirement)
    /// The constraint at this index of the resolution's request doesn't admit its old version.
    case constrained(Int)
    /// The index no longer has its old version.
    case withdrawn
    /// Its old version can't be used for the target: its files are for other Pythons or platforms, or newer than the cutoff.
    case unusable(UnavailabilityReason)
  }

  /// A present pin that is gone.
  package struct RemovedPin: Sendable, Hashable {
    package var name: PackageName
    package var version: Version
  }

  /// A target that could not be had.
  package struct BlockedTarget: Sendable {
    /// Its place in the request.
    package var target: Int
    package var obstacle: Obstacle
    /// Where the index has no release at all within the bounds that were given for the update: those nearest to them,
    /// ascending, or, where the bounds name no version, the oldest and the newest; nil: it has one, or there were no bounds.
    package var nearBounds: [Version]?
  }

  /// Why a target could not be had.
  package enum Obstacle: Sendable {
    /// No release would serve; see ``LeastUpdate/heldBack`` for those that may not be picked.
    case noRelease
    /// A release would serve, this one first, and what else is asked for keeps the graph from it: what in the new graph
    /// stands in the way, nearest first, which lines could be changed, and the proof.
    case held(nearest: Version, blockers: [PinBlocker], waysOut: WaysOut, proof: UnsatisfiableRequirements)
    /// It wasn't found out within the limits.
    case undecided
  }

  /// Releases of one project that may not be picked for one reason.
  package struct HeldBackReleases: Sendable, Hashable {
    package var name: PackageName
    /// Ascending.
    package var versions: [Version]
    package var reason: ReleaseBarrier
  }

  /// Releases of one project that can't be used, update or not, for one kind of reason.
  package struct UnusableReleases: Sendable, Hashable {
    package var name: PackageName
    /// Ascending.
    package var versions: [Version]
    /// Each different, all of one kind.
    package var reasons: [UnavailabilityReason]
  }

  /// A picked release that is too young and may be picked all the same.
  package struct ExemptedPin: Sendable, Hashable {
    package var name: PackageName
    package var version: Version
    /// The phrase of the rules that says why.
    package var reason: String
  }
}
