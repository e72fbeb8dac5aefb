import ImageLabels

extension ImageComparison {
  /// What the image makes of a check's answer: one that should be built anew is due at the window, as building is what a
  /// window is for; where nobody knows its age and there is a limit, nobody knows.
  var verdict: CheckVerdict {
    if !reasons.isEmpty { return .dueAtWindow }
    return hasUnjudgedAge ? .incomplete : .clean
  }

  /// `web:1.4`, or nothing.
  var shownName: String? { name.map(OutsideText.name) }
}

/// What a report says of an image in words, a line each.
struct ImageWords {
  private let image: ImageComparison
  private let moments: ShownMoments

  init(_ image: ImageComparison, _ moments: ShownMoments) {
    self.image = image
    self.moments = moments
  }

  /// So many lockfiles have a line each.
  private static let mostLocks = 20

  /// `image web:1.4: 12 days old, of revision 1f0c…`, then what it was built from, then why it should be built anew.
  var lines: [String] {
    ["\(subject): \(age)\(revision)"] + origins + image.reasons.map { "rebuild: \(reason($0))" }
      + (hint.map { ["hint: \($0)"] } ?? [])
  }

  /// The same in one sentence: `image web:1.4: 40 days old, …; the image is older than …`.
  var summary: String {
    (["\(subject): \(age)\(revision)"] + image.reasons.map(reason)).joined(separator: "; ")
  }

  private var subject: String { "image" + (image.shownName.map { " \($0)" } ?? "") }

  private var age: String {
    switch image.age {
    case .known(let createdAt, let seconds):
      "\(ShownDuration.text(seconds)) old, of \(moments.day(createdAt))"
    case .unknown(let said):
      "its age isn't known" + (said.map { ": it says `\(OutsideText.name($0))`" } ?? "")
    }
  }

  private var revision: String {
    image.revision.map { ", built from revision \(OutsideText.name($0))" } ?? ""
  }

  private var origins: [String] {
    guard image.tellsLocks else { return [] }
    // What differs first: what a person looks for must not be cut off.
    let differing = image.locks.filter { $0.origin != .same }
    let same = image.locks.filter { $0.origin == .same }
    var lines = (differing + same).prefix(Self.mostLocks).map { "image: \(origin($0))" }
    let more = image.locks.count - lines.count
    if more > 0 { lines.append("image: \(ShownCount.text(more, "more lockfile"))") }
    if let other = image.others.first {
      let rest = image.others.count - 1
      let words = "image: built from `\(OutsideText.path(other.path))` too"
      lines.append(words + (rest > 0 ? " and \(rest) more" : "") + ", which this check isn't about")
    }
    return lines
  }

  private func origin(_ lock: ImageComparison.Lock) -> String {
    let path = "`\(OutsideText.path(lock.path))`"
    return switch lock.origin {
    case .same: "built from today's \(path)"
    case .other(let digest):
      "built from another \(path): \(Self.shortened(digest)), today's is \(Self.shortened(lock.digest))"
    case .absent: "its labels don't name \(path)"
    }
  }

  /// `sha256:` and the first twelve digits.
  private static func shortened(_ digest: String) -> Substring { digest.prefix("sha256:".count + 12) }

  /// Why, as a sentence.
  func reason(_ reason: ImageComparison.Reason) -> String {
    switch reason {
    case .untold: "nobody knows what the image was built from: it has no labels of repin's"
    case .foreign: "the image was built from none of these lockfiles"
    case .changed: "the image wasn't built from today's lockfiles"
    case .tooOld:
      "the image is older than `max-age`, \(limit), though no pin need have changed: what the system has may have fixes"
    }
  }

  /// `30 days`, `36 hours`: whole, as it is no age but what an age is held to.
  private var limit: String {
    let seconds = Int(image.limit ?? 0)
    let units = [(86_400, "day"), (3_600, "hour"), (60, "minute")]
    guard let (length, noun) = units.first(where: { seconds % $0.0 == 0 }) else {
      return ShownCount.text(seconds, "second")
    }
    return ShownCount.text(seconds / length, noun)
  }

  private var hint: String? {
    if !image.tellsLocks { return "build it with what `repin labels` writes" }
    guard image.hasUnjudgedAge else { return nil }
    return
      "`max-age` can't be judged: give the build a moment, by SOURCE_DATE_EPOCH or by `repin labels` without it"
  }
}
