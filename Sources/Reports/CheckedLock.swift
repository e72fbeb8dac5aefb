package import PythonPackaging
package import UpdatePolicy

/// A lockfile that was checked, and what came out.
package struct CheckedLock: Sendable, Hashable {
  /// The lockfile as it is shown to people.
  package var path: String
  /// What the policy makes of its pins.
  package var assessment: Assessment
  /// How many pins the file has, those that can't be checked among them.
  package var pinCount: Int
  /// The pins of which no index could tell anything.
  package var unchecked: [UncheckedPin]
  /// What is wrong with the file itself.
  package var faults: [LockFault]
  /// Whether its pins or findings are others than those of the last run; nil where there was none.
  package var isChanged: Bool?
  /// Whether its vulnerable pins could be fixed, each pin once.
  package var outlooks: [FixOutlook] = []
  /// The path from the top of its repository's work tree on, with `/`: what GitHub and GitLab know the file by. Nil: it is
  /// in none, or nobody looked.
  package var repositoryPath: String?
  /// What the file tells of its pins besides their versions, in any order; nil: nobody looked.
  package var details: [PinDetail]?

  package init(
    path: String, assessment: Assessment, pinCount: Int? = nil, unchecked: [UncheckedPin] = [],
    faults: [LockFault] = [], isChanged: Bool? = nil
  ) {
    self.path = path
    self.assessment = assessment
    self.pinCount = pinCount ?? assessment.pins.count + unchecked.count
    self.unchecked = unchecked
    self.faults = faults
    self.isChanged = isChanged
  }

  /// The answer for this lockfile. A file of which a part can't be read is incomplete as one is whose sources failed.
  package var verdict: CheckVerdict {
    switch assessment.verdict {
    case .dueNow: .dueNow
    case .incomplete: .incomplete
    case _ where hasUnreadPins: .incomplete
    case .dueAtWindow: .dueAtWindow
    case .notedOnly: .noted
    case .clean: .clean
    }
  }

  /// Whether there may be pins that nobody has seen.
  var hasUnreadPins: Bool { faults.contains(where: \.hidesPins) }
}

/// The answer of a check in one word, the worst first.
package enum CheckVerdict: String, Sendable, Hashable, CaseIterable, Comparable, Encodable {
  /// Something has to be done at once, whatever else isn't known.
  case dueNow = "due-now"
  /// A source failed, or a part of the file can't be read: nobody knows.
  case incomplete
  /// Something has to be done at the next window.
  case dueAtWindow = "due-at-window"
  /// Nothing is due; there are findings all the same.
  case noted
  /// There is no finding but such as are ignored.
  case clean

  /// As people read it: `due at the window`.
  var words: String {
    switch self {
    case .dueNow: "due now"
    case .incomplete: "incomplete"
    case .dueAtWindow: "due at the window"
    case .noted: "noted"
    case .clean: "clean"
    }
  }

  /// The same where there is little room: `at window`.
  var shortWords: String { self == .dueAtWindow ? "at window" : words }

  var rank: Int {
    switch self {
    case .dueNow: 0
    case .incomplete: 1
    case .dueAtWindow: 2
    case .noted: 3
    case .clean: 4
    }
  }

  package static func < (left: CheckVerdict, right: CheckVerdict) -> Bool { left.rank < right.rank }
}

/// A pin of which no index can tell anything.
package struct UncheckedPin: Sendable, Hashable {
  /// Why not.
  package enum Reason: String, Sendable, Hashable, CaseIterable, Encodable {
    /// It is from a repository of version control.
    case repository
    /// It is a file or a directory of the machine.
    case path
    /// It is a file of the web.
    case url
    /// It is a directory installed in place.
    case editable
    /// It is the project itself, or a member of its workspace.
    case project
    /// It allows more than one version.
    case unpinned

    /// What it is, as a phrase: `a repository`.
    var noun: String {
      switch self {
      case .repository: "from a repository"
      case .path: "from a path"
      case .url: "from a URL"
      case .editable: "editable"
      case .project: "the project itself"
      case .unpinned: "no pin"
      }
    }
  }

  /// The package, where the pin tells it.
  package var name: PackageName?
  /// The pin as the file writes it, without credentials.
  package var text: String
  /// The line, from 1; 0 if it isn't known.
  package var line: Int
  /// Why it isn't checked.
  package var reason: Reason

  package init(name: PackageName?, text: String, line: Int = 0, reason: Reason) {
    self.name = name
    self.text = text
    self.line = line
    self.reason = reason
  }
}

/// Something wrong in a lockfile.
package struct LockFault: Sendable, Hashable {
  /// The file.
  package var path: String
  /// From 1; 0 if it isn't known.
  package var line: Int
  /// From 1; 0 if it isn't known.
  package var column: Int
  /// What was found and what was expected, without the place.
  package var text: String
  /// What would help, where something can be said.
  package var remedy: String?
  /// Whether something that the file pins isn't known because of it.
  package var hidesPins: Bool

  package init(
    path: String, line: Int = 0, column: Int = 0, text: String, remedy: String? = nil, hidesPins: Bool
  ) {
    self.path = path
    self.line = line
    self.column = column
    self.text = text
    self.remedy = remedy
    self.hidesPins = hidesPins
  }
}
