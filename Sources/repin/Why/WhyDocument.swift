import PythonPackaging
import Reports
import RequirementsFiles
import Resolution

/// What `repin why --format json` writes; docs/why.md describes it, and its version changes where a reader could break.
struct WhyDocument: Encodable {
  /// Who asks: a line of the user's own (file, line, text), or a pin (package, version, perhaps extra).
  struct Asker: Encodable {
    var file: String?
    var line: Int?
    var text: String?
    var package: String?
    var version: String?
    var extra: String?
    var heldBack: Bool?
  }

  /// What is asked for.
  struct Asked: Encodable {
    let package: String
    let specifier: String
    let extras: [String]?
    let url: String?
    let marker: String?

    init(_ requirement: Requirement) {
      package = requirement.name.normalized
      specifier = requirement.specifiers.description
      extras = requirement.extras.isEmpty ? nil : requirement.extras.map(\.normalized)
      url = requirement.url
      marker = requirement.marker?.removingExtraTerms()?.description
    }
  }

  /// One requirement on the way.
  struct Link: Encodable {
    let depth: Int
    let by: Asker
    let needs: Asked
    let override: Asker?
    let above: Bool
  }

  struct Pin: Encodable {
    let version: String
    let extras: [String]?
    let url: String?
  }

  struct Absence: Encodable {
    struct Excluded: Encodable {
      let by: Asker
      let text: String
    }

    let reason: String
    var near: [String]?
    var extra: String?
    var version: String?
    var extras: [String]?
    var excluded: [Excluded]?
  }

  struct Change: Encodable {
    let package: String
    let before: String?
    let after: String?
  }

  struct Blocker: Encodable {
    let level: Int
    let by: Asker
    let needs: Asked
    let wanted: Asked
    let kind: String
    /// `own`, `release`, `dropped`, `older`, `unreachable`, `none`, `limit`, `untried`, `unbuilt`, `uncached`.
    let lift: String
    let release: String?
  }

  /// One line to change, and what to write instead.
  struct LineChange: Encodable {
    let by: Asker
    let kind: String
    let package: String
    let release: String?
    let replacement: String?
  }

  struct WayOut: Encodable {
    let change: [LineChange]
    let version: String
    let command: String?
    let line: String?
  }

  struct Answer: Encodable {
    let possible: Bool
    /// `compile`, `upgrade`, `line` or `nothing`.
    var by: String?
    var command: String?
    var line: String?
    var stuck: [String]?
    var version: String?
    var changes: [Change]?
    var blockers: [Blocker]?
    var waysOut: [WayOut]?
    var untried: Bool?
    var proof: [String]?
    var hints: [String]?
  }

  struct Lockfile: Encodable {
    let lockfile: String
    let state: String
    let changed: [String]?
    let pin: Pin?
    let paths: [Link]
    let constraints: [Asker]?
    let absence: Absence?
    let answer: Answer?
  }

  let version = 1
  let asked: Asked?
  let lockfiles: [Lockfile]

  private enum CodingKeys: String, CodingKey {
    case version
    case asked
    case lockfiles
  }

  init(_ reports: [WhyReport]) {
    asked = reports.first.map { Asked($0.subject) }
    lockfiles = reports.map(Lockfile.init)
  }

  /// The document as text.
  var text: String { JSONText.text(of: self) }
}

extension WhyDocument.Asker {
  fileprivate init(_ written: WrittenRequirement) {
    self.init(file: written.file, line: written.line, text: written.text)
  }

  fileprivate init(_ asker: DependencyTree.Asker, heldBack: Set<PackageName>) {
    switch asker {
    case .written(let written): self.init(written)
    case .pin(let name, let version, let extra):
      self.init(
        package: name.normalized, version: version.description, extra: extra?.normalized,
        heldBack: heldBack.contains(name) ? true : nil)
    }
  }

  /// What stands in the way, and what it is.
  static func kind(
    of asker: PinBlocker.Asker, lines: WrittenLines, heldBack: Set<PackageName>
  ) -> (kind: String, by: Self) {
    switch asker {
    case .requirement(let place): ("requirement", Self(lines.requirements[place]))
    case .override(let place): ("override", Self(lines.overrides[place]))
    case .constraint(let place): ("constraint", Self(lines.constraints[place]))
    case .pin(let name, let version, let extra):
      ("pin", Self(.pin(name, version, extra: extra), heldBack: heldBack))
    }
  }
}

extension WhyDocument.Lockfile {
  fileprivate init(_ report: WhyReport) {
    lockfile = report.lockfile
    switch report.lockState {
    case .current: (state, changed) = ("current", nil)
    case .outdated(let names): (state, changed) = ("outdated", names.map(\.normalized))
    case .missing: (state, changed) = ("missing", nil)
    }
    pin = report.pin.map {
      WhyDocument.Pin(
        version: $0.version.description,
        extras: $0.extras.isEmpty ? nil : $0.extras.map(\.normalized), url: report.url)
    }
    paths = report.tree.lines.map { line in
      WhyDocument.Link(
        depth: line.depth, by: WhyDocument.Asker(line.asker, heldBack: report.heldBack),
        needs: WhyDocument.Asked(line.requirement),
        override: line.override.map { WhyDocument.Asker($0) },
        above: line.isAbove)
    }
    constraints =
      report.bounds.isEmpty ? nil : report.bounds.map { WhyDocument.Asker(report.lines.constraints[$0]) }
    absence = report.absence.map { WhyDocument.Absence($0, of: report) }
    answer = report.answer.map { WhyDocument.Answer($0, of: report) }
  }
}

extension WhyDocument.Absence {
  fileprivate init(_ absence: WhyReport.Absence, of report: WhyReport) {
    switch absence {
    case .heldBack: self.init(reason: "held-back")
    case .noSuchExtra(let extra, let version, let near, let provided):
      self.init(
        reason: "no-such-extra", near: near, extra: extra.normalized, version: version.description,
        extras: provided)
    case .extraNotAskedFor: self.init(reason: "extra-not-asked-for")
    case .unneeded: self.init(reason: "unneeded")
    case .excluded(let excluded):
      self.init(
        reason: "excluded",
        excluded: excluded.map {
          Excluded(by: WhyDocument.Asker($0.asker, heldBack: report.heldBack), text: $0.text)
        })
    case .unknown(let near): self.init(reason: "unknown", near: near)
    }
  }
}

extension WhyDocument.Answer {
  fileprivate init(_ answer: WhyReport.Answer, of report: WhyReport) {
    switch answer {
    case .pinned(let version): self.init(possible: true, version: version.description, changes: [])
    case .possible(let version, let changes, let way):
      self.init(
        possible: way != .nothing, by: way.rawValue,
        command: way == .nothing
          ? nil : way == .upgrade ? report.command.upgrading(report.subject) : report.command.compiling,
        line: way == .line ? report.subject.shown : nil, stuck: way == .nothing ? report.stuck : nil,
        version: version.description,
        changes: changes.map { change in
          WhyDocument.Change(
            package: change.name.normalized, before: change.before?.text, after: change.after?.text)
        })
    case .impossible(let refusal):
      self.init(
        possible: false,
        blockers: refusal.blockers.map {
          WhyDocument.Blocker($0, lines: refusal.lines, heldBack: report.heldBack)
        },
        waysOut: refusal.waysOut.found.isEmpty
          ? nil : refusal.waysOut.found.map { WhyDocument.WayOut($0, of: refusal, in: report) },
        untried: refusal.waysOut.found.isEmpty && !refusal.waysOut.isComplete ? true : nil,
        proof: refusal.proof, hints: refusal.hints)
    }
  }
}

extension WhyDocument.Blocker {
  fileprivate init(_ blocker: PinBlocker, lines: WrittenLines, heldBack: Set<PackageName>) {
    level = blocker.level
    needs = WhyDocument.Asked(blocker.requirement)
    wanted = WhyDocument.Asked(blocker.wanted)
    (kind, by) = WhyDocument.Asker.kind(of: blocker.asker, lines: lines, heldBack: heldBack)
    release = blocker.lift.version?.description
    lift =
      switch blocker.lift {
      case .own: "own"
      case .release: "release"
      case .dropping: "dropped"
      case .older: "older"
      case .unreachable: "unreachable"
      case .nothing: "none"
      case .notAmong: "limit"
      case .untried: "untried"
      case .unbuilt: "unbuilt"
      case .uncached: "uncached"
      }
  }
}
