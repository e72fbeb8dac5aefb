package import PythonPackaging

/// What is to be got of the pins of a lockfile, at the price of the least change to them.
package struct UpdateRequest: Sendable {
  /// What the lockfile is compiled from; its preferences are the present pins.
  package var resolution: ResolutionRequest
  /// What must change, in any order.
  package var targets: [UpdateTarget]
  /// What may not be picked, of targets and of all else.
  package var rules: UpdateRules
  /// Whether each pin that changes takes the newest release that it can have, and not the lowest that serves.
  package var takesNewest: Bool
  /// How much work is done for the guarantees.
  package var limits: UpdateLimits

  package init(
    resolution: ResolutionRequest, targets: [UpdateTarget], rules: UpdateRules = UpdateRules(),
    takesNewest: Bool = false, limits: UpdateLimits = UpdateLimits()
  ) {
    self.resolution = resolution
    self.targets = targets
    self.rules = rules
    self.takesNewest = takesNewest
    self.limits = limits
  }
}

/// A pin that must change, or be within bounds.
///
/// A project that nothing asks for any more is as good as changed.
package struct UpdateTarget: Sendable, Hashable {
  /// What must become of it.
  package enum Need: Sendable, Hashable {
    /// A release that no advisory affects that counts.
    case cleared
    /// Another release than the present one, whatever the advisories; the phrase says why: "is yanked".
    case replaced(String)
    /// A newer release than the present one, of at least this version.
    case raised(to: Version? = nil)
    /// A release within bounds that were given for this update.
    case within(SpecifierSet)
  }

  package var name: PackageName
  package var need: Need
  /// How grave it is: where not all can be had, the lesser ranks come first, and equal ones in the order of their names.
  package var rank: Int
  /// Whether it takes the newest release that it can have, whatever others take.
  package var takesNewest: Bool

  package init(_ name: PackageName, _ need: Need, rank: Int = 0, takesNewest: Bool = false) {
    self.name = name
    self.need = need
    self.rank = rank
    self.takesNewest = takesNewest
  }
}

/// What an update may not pick, beside what a compile may not.
///
/// The present pins are no picks: they may stay, unless a target says otherwise.
package struct UpdateRules: Sendable {
  /// What is to be said of a release's age.
  package enum Cooldown: Sendable, Hashable {
    /// It may be picked.
    case over
    /// It is too young and may be picked all the same; the phrase says why: "fixes GHSA-…".
    case exempt(String)
    /// It may not be picked; the phrase says why: "is younger than the cooldown of 3 days".
    case heldBack(String)
  }

  /// What the advisories are called that affect a release and count; none: it may be picked.
  package var affecting: @Sendable (PackageName, Version) -> [String]
  /// What is to be said of a release's age, given its files; nil: there is no cooldown, and no file is looked at for it.
  package var cooldown: (@Sendable (PackageName, Version, [Distribution]) -> Cooldown)?
  /// How large a step from its present version a pin may make.
  package var largestStep: UpdateStep
  /// Whether a pin may go to an older release where no newer one would do.
  package var mayLower: @Sendable (PackageName, Version) -> Bool = { _, _ in true }

  package init(
    affecting: @escaping @Sendable (PackageName, Version) -> [String] = { _, _ in [] },
    cooldown: (@Sendable (PackageName, Version, [Distribution]) -> Cooldown)? = nil,
    largestStep: UpdateStep = .major
  ) {
    self.affecting = affecting
    self.cooldown = cooldown
    self.largestStep = largestStep
  }
}

/// How much work an update may take beyond finding some graph that serves.
package struct UpdateLimits: Sendable, Hashable {
  /// How many graphs are looked for.
  package var mostSolves: Int
  /// For how many releases' metadata each may ask.
  package var mostTries: Int
  /// How long all of it may take; nil: as long as it takes.
  package var longest: Duration?

  package init(mostSolves: Int = 500, mostTries: Int = 2000, longest: Duration? = nil) {
    self.mostSolves = mostSolves
    self.mostTries = mostTries
    self.longest = longest
  }
}
