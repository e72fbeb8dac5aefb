import PythonPackaging

/// What an image's labels say of the lockfiles of today, and how old it is.
package struct ImageComparison: Sendable, Hashable {
  /// What the image was built from in a lockfile's place.
  package enum Origin: Sendable, Hashable {
    /// The lockfile as it is today.
    case same
    /// The lockfile with other bytes, of this digest.
    case other(digest: String)
    /// Its labels don't name the lockfile.
    case absent
  }

  /// A lockfile of today.
  package struct Lock: Sendable, Hashable {
    /// As people know it.
    package let path: String
    /// Today's.
    package let digest: String
    package let origin: Origin
  }

  /// How old the image is.
  package enum Age: Sendable, Hashable {
    /// When it was made, in seconds since 1970-01-01 00:00 UTC, and how many seconds ago.
    case known(createdAt: Int64, seconds: Int64)
    /// Nobody knows; what is said of it, as it is written, if anything is: a build that is the same every time may name no
    /// moment, or one long before there were images.
    case unknown(said: String?)
  }

  /// Why the image should be built anew.
  package enum Reason: Sendable, Hashable, CaseIterable {
    /// It was built without repin's labels: nobody knows what from.
    case untold
    /// Its labels name none of the lockfiles.
    case foreign
    /// A lockfile has changed since.
    case changed
    /// It is older than it may be, though nothing that is pinned has changed: what the system has may have.
    case tooOld
  }

  /// A lockfile that is asked about.
  package struct Question: Sendable, Hashable {
    /// As people know it.
    let path: String
    /// As labels would name it.
    let labelled: LabelledLock

    package init(path: String, labelled: LabelledLock) {
      self.path = path
      self.labelled = labelled
    }
  }

  /// What the image is called; nil: nothing tells.
  package let name: String?
  package let locks: [Lock]
  /// Lockfiles that the labels name and that nobody asked about.
  package let others: [LabelledLock]
  /// The commit it was built from; nil: its labels name none.
  package let revision: String?
  package let age: Age
  /// How old it may be, in seconds; nil: nobody minds.
  package let limit: Int64?
  /// Why it should be built anew, in the order of ``Reason``.
  package let reasons: [Reason]

  /// Compares.
  ///
  /// A lockfile is known again by its path, else by its bytes, so that a checkout elsewhere is as good.
  ///
  /// - Parameters:
  ///   - now: in seconds since 1970-01-01 00:00 UTC.
  ///   - limit: how old an image may be, in seconds; nil: nobody minds.
  package init(
    of image: InspectedImage, with questions: [Question], now: Int64, limit: Int64?
  ) throws(ImageInspectionError) {
    let told = try image.locks()
    let labelled = told ?? []
    let byPath = Dictionary(grouping: labelled.indices) { labelled[$0].path }
    let byDigest = Dictionary(grouping: labelled.indices) { labelled[$0].digest }
    var rest = Set(labelled.indices)
    func take(_ candidates: [Int]?) -> LabelledLock? {
      candidates?.first(where: rest.contains).flatMap { rest.remove($0) }.map { labelled[$0] }
    }
    // All paths first, so that no lockfile takes what belongs to another with the same bytes.
    var found = questions.map { take(byPath[$0.labelled.path]) }
    for (place, question) in questions.enumerated() where found[place] == nil {
      found[place] = take(byDigest[question.labelled.digest])
    }
    locks = zip(questions, found).map { question, label in
      let today = question.labelled.digest
      let origin: Origin = label.map { $0.digest == today ? .same : .other(digest: $0.digest) } ?? .absent
      return Lock(path: question.path, digest: today, origin: origin)
    }
    others = rest.sorted().map { labelled[$0] }
    name = image.names.first
    revision = told == nil ? nil : image.labels[.revision]
    // Without repin's labels, the moment may be that of the image it was built on.
    let moments = [image.created, told == nil ? nil : image.labels[.created]].compactMap(\.self)
    age = Self.age(moments, now: now)
    self.limit = limit
    let (isUntold, known, limits) = (told == nil, locks, (age, limit))
    reasons = Reason.allCases.filter { reason in
      switch reason {
      case .untold: return isUntold
      case .foreign: return !isUntold && !known.isEmpty && known.allSatisfy { $0.origin == .absent }
      case .changed: return known.contains { if case .other = $0.origin { true } else { false } }
      case .tooOld:
        if case (.known(_, let seconds), let limit?) = limits { return seconds > limit }
        return false
      }
    }
  }

  /// Whether it was built with repin's labels.
  package var tellsLocks: Bool { !reasons.contains(.untold) }

  /// Whether there is a limit, and nobody knows if it is passed.
  package var hasUnjudgedAge: Bool {
    if case .unknown = age { limit != nil } else { false }
  }

  // MARK: Age

  /// Before it there were no such images: 2013-01-01.
  private static let earliest: Int64 = 1_356_998_400
  /// So many seconds clocks may differ.
  private static let greatestLead: Int64 = 86_400

  private static func age(_ moments: [String], now: Int64) -> Age {
    for text in moments {
      guard let milliseconds = Timestamp.milliseconds(text) else { continue }
      let seconds = milliseconds / 1_000
      guard seconds >= earliest, seconds <= now + greatestLead else { continue }
      return .known(createdAt: seconds, seconds: max(0, now - seconds))
    }
    return .unknown(said: moments.first)
  }
}
