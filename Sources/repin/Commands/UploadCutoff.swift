import ArgumentParser

/// The moment before which a file must have been uploaded: a date, or a date and a time of RFC 3339.
struct UploadCutoff: ExpressibleByArgument, Sendable, Hashable {
  /// As the user wrote it.
  let text: String
  /// The last millisecond that counts, since 1970-01-01 00:00 UTC.
  let latest: Int64

  init?(argument: String) {
    guard let moment = WrittenMoment(argument) else { return nil }
    text = argument
    latest = moment.milliseconds - 1
  }
}
