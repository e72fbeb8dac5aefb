/// What a scheduled run is to do: the rules by which windows, findings and images come together. Pure.
package struct TickDecision: Sendable, Hashable {
  /// What is known when it is decided. All times are in seconds since 1970-01-01 00:00 UTC.
  package struct Facts: Sendable, Hashable {
    /// When it is decided.
    package var now: Int64
    /// The latest window until now; nil before the first.
    package var window: Int64?
    /// The latest window that a run has served; nil if none has.
    package var servedWindow: Int64?
    /// Whether somebody asks for a window now, whatever the schedule says.
    package var isForced = false
    /// Whether something is due at once.
    package var hasDueNow = false
    /// Whether something is due at the window.
    package var hasDueAtWindow = false
    /// Whether a source failed, so that nobody knows what is due.
    package var isIncomplete = false
    /// Whether there is a command that rebuilds.
    package var canRebuild = false
    /// Of the lockfiles as they are.
    package var digest = ""
    /// The last rebuild that succeeded: when, and of which lockfiles; nil: none ever did.
    package var rebuilt: Rebuild?
    /// Whether a rebuild has failed, or was cut off, since then.
    package var hasFailed = false
    /// Whether something was due at once since then.
    package var wasUrgent = false
    /// How old an image may get, in seconds; nil: as old as it likes.
    package var greatestImageAge: Int64?

    package init(now: Int64) { self.now = now }
  }

  /// A rebuild that succeeded.
  package struct Rebuild: Sendable, Hashable {
    package var at: Int64
    package var digest: String

    package init(at: Int64, digest: String) {
      self.at = at
      self.digest = digest
    }
  }

  /// Why something is done.
  package enum Reason: String, Sendable, Hashable, CaseIterable {
    /// Something is due at once.
    case dueNow = "due-now"
    /// Something is due at the window that has come.
    case dueAtWindow = "due-at-window"
    /// The last rebuild failed, or was cut off.
    case retry = "retry"
    /// The lockfiles aren't those that were rebuilt last.
    case lockfilesChanged = "lockfiles-changed"
    /// Nothing was ever rebuilt.
    case neverBuilt = "never-built"
    /// The image is older than it may get: what lies below the pins gets fixes too.
    case imageAge = "image-age"
  }

  /// The window that has come and that no run has served; nil: none.
  package let window: Int64?
  /// Whether it is time for what can wait, stale pins among it.
  package let isWindow: Bool
  /// Why something is to be done, the gravest first; none: nothing is.
  package let reasons: [Reason]
  /// Whether the lockfiles are to be updated.
  package let updates: Bool

  /// Whether the lockfiles as they are have to be rebuilt; what an update changes in place is besides.
  package var rebuilds: Bool {
    reasons.contains { reason in
      switch reason {
      case .dueNow, .dueAtWindow: false
      case .retry, .lockfilesChanged, .neverBuilt, .imageAge: true
      }
    }
  }

  package init(_ facts: Facts) {
    let isNew = facts.window.map { window in facts.servedWindow.map { $0 < window } ?? true } ?? false
    window = isNew ? facts.window : nil
    let isWindow = isNew || facts.isForced
    self.isWindow = isWindow
    var reasons: [Reason] = []
    if !facts.isIncomplete {
      if facts.hasDueNow { reasons.append(.dueNow) }
      if facts.hasDueAtWindow, isWindow { reasons.append(.dueAtWindow) }
    }
    updates = !reasons.isEmpty
    if facts.canRebuild {
      if facts.hasFailed { reasons.append(.retry) }
      if let rebuilt = facts.rebuilt {
        // What a person has taken over of what was due at once doesn't wait for the window either.
        if rebuilt.digest != facts.digest, isWindow || facts.wasUrgent { reasons.append(.lockfilesChanged) }
        // A clock that was put back makes no image old.
        if isWindow, let limit = facts.greatestImageAge, facts.now - rebuilt.at > limit {
          reasons.append(.imageAge)
        }
      } else if isWindow {
        reasons.append(.neverBuilt)
      }
    }
    self.reasons = reasons
  }
}
