import PackageIndex
import PinHistory
import PullRequests
import PythonPackaging
import Reports
import Scheduling

/// What a run of one project came to; the text and the document are renderings of it.
struct RunOutcome {
  /// In one word, as the history keeps it.
  enum Word: String, Sendable, CaseIterable {
    /// There was nothing to do.
    case nothing
    /// The lockfiles were updated, and no command rebuilds.
    case updated
    /// The update is in a pull request.
    case proposed
    /// A pull request that isn't needed any more was closed.
    case withdrawn
    /// The commands of `[rebuild]` ran well.
    case rebuilt
    /// What is due can't be had.
    case blocked
    /// One of the commands failed; the lockfiles are as they were.
    case rebuildFailed = "rebuild-failed"
    /// A source failed, and nobody knows what is due.
    case incomplete
    /// The run failed otherwise.
    case failed
  }

  /// As it was named.
  let directory: String
  let startedAt: Int64
  let isDryRun: Bool
  var word = Word.nothing
  var decision: TickDecision?
  /// Windows that came before the one that has come, and that no run has served.
  var missedWindows = 0
  /// How moments are shown to people.
  var moments = ShownMoments.utc
  /// The next one.
  var nextWindow: Int64?
  /// How many findings are due now, and at the window.
  var dueNow = 0
  var dueAtWindow = 0
  /// The lockfiles with their digests, as they were left.
  var lockfiles: [(path: String, digest: String)] = []
  /// Those that an update changes.
  var changed: [String] = []
  var texts: UpdateTexts?
  var blocked: [[String]] = []
  /// What came of the pull request; nil: none is configured, or there was nothing to say in one.
  var request: PullRequestOutcome?
  /// Whether the update goes into a pull request, and not into the work tree.
  var isProposed = false
  var steps: [RebuildRun.Step] = []
  /// The commands that would run.
  var planned: [String] = []
  /// The last lines of the command that failed.
  var lastLines: [String] = []
  /// Lockfiles that somebody has changed during the rebuild, and that are left so.
  var left: [String] = []
  /// Where what the commands wrote is.
  var log: String?
  /// What ended it.
  var failure: CommandFailure?

  /// Whether all commands of `[rebuild]` ran well.
  var isRebuilt: Bool { !steps.isEmpty && steps.allSatisfy(\.isDone) }

  /// Says in one word how it went well; where a source failed, that stays the word.
  mutating func settle(rebuilds: Bool, changes: Bool) {
    if word == .incomplete { return }
    word = rebuilds ? .rebuilt : changes ? .updated : blocked.isEmpty ? .nothing : .blocked
  }

  /// The status that it ends with.
  var status: ExitStatus {
    if let failure { return failure.status }
    return switch word {
    case .nothing, .updated, .proposed, .withdrawn, .rebuilt: blocked.isEmpty ? .done : .no
    case .blocked, .rebuildFailed: .no
    case .incomplete: .outsideFailure
    case .failed: .wrongInput
    }
  }

  /// Whether the window that has come needs no other run.
  var servesWindow: Bool {
    switch word {
    case .nothing, .updated, .proposed, .withdrawn, .rebuilt, .blocked: true
    case .rebuildFailed, .incomplete, .failed: false
    }
  }

  /// One line for the history.
  var detail: String? {
    switch word {
    case .nothing: nil
    case .updated, .proposed, .rebuilt: texts?.title
    case .withdrawn: request?.url.map { PrintableText.excerpt($0, limit: 300) }
    case .blocked: blocked.first?.first.map { PrintableText.excerpt($0, limit: 300) }
    case .rebuildFailed: steps.last.map { PrintableText.excerpt($0.command, limit: 300) }
    case .incomplete: "a source failed"
    case .failed: failure.map { PrintableText.excerpt($0.message, limit: 300) }
    }
  }
}
