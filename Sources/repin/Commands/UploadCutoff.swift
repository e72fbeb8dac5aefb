import ArgumentParser
import PackageIndex

/// The moment before which a file must have been uploaded: a date, or a date and a time of RFC 3339.
struct UploadCutoff: ExpressibleByArgument, Sendable, Hashable {
  /// As the user wrote it.
  let text: String
  /// The last millisecond that counts, since 1970-01-01 00:00 UTC.
  let latest: Int64

  init?(argument: String) {
    let isDate = argument.utf8.count == 10
    guard let moment = uploadMoment(isDate ? "\(argument)T00:00:00Z" : argument) else { return nil }
    text = argument
    latest = moment - 1
  }
}
