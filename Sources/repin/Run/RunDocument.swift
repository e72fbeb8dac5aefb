import PackageIndex
import PullRequests
import PythonPackaging
import Scheduling
import Subprocess

/// `repin.run/1`, which docs/run.md describes.
struct RunDocument: Encodable {
  struct Moment: Encodable {
    let seconds: Int64
    let time: String

    init(_ seconds: Int64) {
      self.seconds = seconds
      time = MomentText.timestamp(seconds)
    }
  }

  struct Lockfile: Encodable {
    let path: String
    let digest: String
    let changed: Bool
  }

  struct Update: Encodable {
    let title: String
    let body: String
    let commit: String
    let patch: String?
  }

  struct Request: Encodable {
    /// `opened`, `updated`, `unchanged`, `closed` or `none`.
    let action: String
    let number: Int?
    let url: String?
    let commit: String?
    let remarks: [String]
  }

  struct Command: Encodable {
    let command: String
    /// `done`, `failed`, `signalled`, `timed-out`, `interrupted` or `not-run`.
    let outcome: String
    let status: Int32?
    let seconds: Double
  }

  struct Project: Encodable {
    let directory: String
    let startedAt: Moment
    let dryRun: Bool
    let outcome: String
    let reasons: [String]
    let window: Moment?
    let missedWindows: Int
    let nextWindow: Moment?
    let dueNow: Int
    let dueAtWindow: Int
    let lockfiles: [Lockfile]
    let update: Update?
    let pullRequest: Request?
    let blocked: [[String]]
    let commands: [Command]
    let plannedCommands: [String]?
    let log: String?
    let error: String?
  }

  let schema = "repin.run/1"
  let projects: [Project]

  init(_ outcomes: [RunOutcome]) { projects = outcomes.map(Project.init) }
}

extension RunDocument.Project {
  init(_ outcome: RunOutcome) {
    directory = PrintableText.escaped(outcome.directory, limit: 1_000)
    startedAt = RunDocument.Moment(outcome.startedAt)
    dryRun = outcome.isDryRun
    self.outcome = outcome.word.rawValue
    reasons = outcome.decision?.reasons.map(\.rawValue) ?? []
    window = outcome.decision?.window.map(RunDocument.Moment.init)
    missedWindows = outcome.missedWindows
    nextWindow = outcome.nextWindow.map(RunDocument.Moment.init)
    dueNow = outcome.dueNow
    dueAtWindow = outcome.dueAtWindow
    lockfiles = outcome.lockfiles.map { lockfile in
      RunDocument.Lockfile(
        path: lockfile.path, digest: lockfile.digest,
        changed: outcome.failure == nil && outcome.changed.contains(lockfile.path))
    }
    update = outcome.texts.map {
      RunDocument.Update(title: $0.title, body: $0.body, commit: $0.commit, patch: $0.patch)
    }
    pullRequest = outcome.request.map { request in
      RunDocument.Request(
        action: request.action.rawValue, number: request.number,
        url: request.url.map { PrintableText.escaped($0, limit: 1_000) }, commit: request.commit,
        remarks: request.remarks.map { PrintableText.excerpt("\($0)", limit: 1_000) })
    }
    blocked = outcome.blocked
    commands = outcome.steps.map(RunDocument.Command.init)
    plannedCommands = outcome.isDryRun ? outcome.planned.map { PrintableText.escaped($0, limit: 2_000) } : nil
    log = outcome.log.map { PrintableText.escaped($0, limit: 1_000) }
    error = outcome.failure.map { PrintableText.excerpt($0.message, limit: 2_000) }
  }
}

extension RunDocument.Command {
  init(_ step: RebuildRun.Step) {
    command = PrintableText.escaped(step.command, limit: 2_000)
    var status: Int32?
    switch step.outcome {
    case .ended(.exited(let code)):
      outcome = code == 0 ? "done" : "failed"
      status = code
    case .ended(.signaled): outcome = "signalled"
    case .timedOut: outcome = "timed-out"
    case .cancelled: outcome = "interrupted"
    case .broken: outcome = "not-run"
    }
    self.status = status
    let (seconds, attoseconds) = step.elapsed.components
    self.seconds = Double(seconds) + (Double(attoseconds) / 1e17).rounded(.down) / 10
  }
}
