import ArgumentParser
import PythonPackaging

/// The moment before which a file must have been uploaded (`--exclude-newer`): a moment of RFC 3339, the end of a day
/// (UTC), or a time before now.
struct ExcludeNewer: ExpressibleByArgument, Sendable, Hashable {
  private enum Moment: Hashable {
    case at(milliseconds: Int64)
    case before(TimeSpan)
  }

  /// As the user wrote it.
  let text: String
  private let moment: Moment

  init?(argument: String) {
    text = argument
    if let written = WrittenMoment(argument) {
      moment = .at(milliseconds: written.milliseconds + (written.isDate ? 86_400_000 : 0))
    } else if let span = try? TimeSpan(argument) {
      moment = .before(span)
    } else {
      return nil
    }
  }

  /// How long before a run it is; nil: it is the same for every run.
  var span: TimeSpan? {
    if case .before(let span) = moment { span } else { nil }
  }

  /// The last millisecond that counts, since 1970-01-01 00:00 UTC.
  func latest(now seconds: Int64) -> Int64 {
    switch moment {
    case .at(let milliseconds): milliseconds - 1
    case .before(let span): (seconds - span.seconds) * 1_000 - 1
    }
  }
}

/// One project's own cutoff (`--exclude-newer-package NAME=WHEN`); `NAME=false`: none.
struct ExcludeNewerPackage: ExpressibleByArgument, Sendable, Hashable {
  /// As the user wrote it.
  let text: String
  let name: PackageName
  /// Nil: no cutoff.
  let cutoff: ExcludeNewer?

  init?(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
    guard parts.count == 2, let name = try? PackageName(parts[0]) else { return nil }
    text = argument
    self.name = name
    if parts[1] == "false" {
      cutoff = nil
    } else {
      guard let cutoff = ExcludeNewer(argument: parts[1]) else { return nil }
      self.cutoff = cutoff
    }
  }
}
