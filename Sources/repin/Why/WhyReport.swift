import PythonPackaging
import RequirementsFiles
import Resolution

/// What `repin why` has to tell of one lockfile; every rendering comes from it.
struct WhyReport: Sendable {
  /// How the lockfile stands to its inputs.
  enum LockState: Sendable, Hashable {
    case current
    /// Compiling would change the pins of these projects.
    case outdated([PackageName])
    /// There is none.
    case missing
  }

  /// Why there is no pin to tell paths to.
  enum Absence: Sendable, Hashable {
    /// It is held back as unsafe.
    case heldBack
    /// The release doesn't have the extra that is asked about; the names that may have been meant, and all there are.
    case noSuchExtra(ExtraName, Version, near: [String], provided: [String])
    /// It is pinned, and none of its requirements has the extras that are asked about.
    case extraNotAskedFor
    /// The lockfile has it, and nothing asks for it any more.
    case unneeded
    /// Something asks for it, but not in the target, or with an extra that nothing asks for.
    case excluded([Excluded])
    /// Nothing asks for it; the names that may have been meant.
    case unknown(near: [String])
  }

  /// A requirement that doesn't hold.
  struct Excluded: Sendable, Hashable {
    let asker: DependencyTree.Asker
    /// As it is shown, with its marker.
    let text: String
  }

  /// What makes the lockfile have the releases that are wanted.
  enum Way: String, Sendable, Hashable {
    /// Compiling it: it is out of date, or isn't there yet.
    case compile
    /// Compiling it with the pin given up: `-P`.
    case upgrade
    /// A line of the user's own, and compiling it.
    case line
    /// As ``upgrade``, but another lockfile of the same command can't follow.
    case nothing
  }

  /// Whether the lockfile could have the releases that are wanted.
  enum Answer: Sendable {
    /// It has one.
    case pinned(Version)
    /// It could have this one; what would become of its pins, that of the project among them.
    case possible(Version, changes: [LockfileChange], by: Way)
    case impossible(Refusal)
  }

  /// Why not.
  struct Refusal: Sendable {
    /// What stands in the way, nearest first.
    let blockers: [PinBlocker]
    /// The lines of the user's own that they name.
    let lines: WrittenLines
    /// The sentences of the proof, a line each.
    let proof: [String]
    let hints: [String]
    /// What could be changed.
    let waysOut: WaysOut
    /// Whether it leans on what isn't cached and may not be fetched.
    let isIncomplete: Bool
  }

  /// The lockfile as the user gave it or as it follows from the source.
  let lockfile: String
  let lockState: LockState
  /// What is asked about.
  let subject: Requirement
  /// The pin, as resolved; nil where nothing that holds asks for it.
  let pin: ResolvedPin?
  /// The address that the pin is fixed to, without credentials; nil for a release of an index.
  let url: String?
  /// What the lockfile fixes the project to now: a version or a URL.
  let lockedNow: String?
  /// The paths to the pin.
  let tree: DependencyTree
  /// The versions of all pins.
  let versions: [PackageName: Version]
  /// The projects that are resolved and held back from the lockfile.
  let heldBack: Set<PackageName>
  let lines: WrittenLines
  /// The indices of the constraints that bound the pin.
  let bounds: [Int]
  let absence: Absence?
  /// Nil where no releases are asked about.
  var answer: Answer?
  /// The command that would do it.
  let command: WhyHintedCommand
  /// The first source, where there is one.
  let source: String?
  /// The lockfiles of the same command that can't have the releases.
  var stuck: [String] = []

  /// Whether the command that would do it fails by no other lockfile.
  var isStuckAlone: Bool { stuck.allSatisfy { $0 == lockfile } }

  /// Whether the pin is there to be asked about.
  var isPinned: Bool { pin != nil && absence != .heldBack }

  /// How the command ends, as far as this lockfile goes.
  var status: ExitStatus {
    switch answer {
    case .possible(_, _, by: .nothing): .no
    case .pinned, .possible: .done
    case .impossible(let refusal): refusal.isIncomplete ? .outsideFailure : .no
    case nil: absence == nil ? .done : .no
    }
  }
}

/// The user's requirements, constraints and overrides by index of the request.
struct WrittenLines: Sendable {
  let requirements: [WrittenRequirement]
  let constraints: [WrittenRequirement]
  let overrides: [WrittenRequirement]
}
