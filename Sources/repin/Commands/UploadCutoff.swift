import PythonPackaging

/// The moment before which a file must have been uploaded: a moment of RFC 3339, a day (UTC), or a time before now.
struct UploadCutoff: Sendable, Hashable {
  private enum Moment: Hashable {
    case at(milliseconds: Int64)
    case before(TimeSpan)
  }

  /// As the user wrote it.
  let text: String
  private let moment: Moment

  /// - Parameter includesDay: whether what was uploaded on a day that is named counts.
  init(_ text: String, includesDay: Bool) throws(MomentFault) {
    self.text = text
    if WrittenMoment.beginsLikeDate(text) {
      let written = try WrittenMoment(text)
      moment = .at(milliseconds: written.milliseconds + (written.isDate && includesDay ? 86_400_000 : 0))
      return
    }
    do throws(TimeSpan.Fault) {
      moment = .before(try TimeSpan(text))
    } catch {
      throw switch error {
      case .calendar: .calendar
      case .malformed: .malformed
      case .tooLong: .tooLong
      }
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
