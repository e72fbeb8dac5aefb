/// A moment in a document: in seconds since 1970-01-01 00:00 UTC, and as RFC 3339 has it.
struct DocumentMoment: Encodable {
  let seconds: Int64
  let time: String

  init(_ seconds: Int64) {
    self.seconds = seconds
    time = ShownMoments.timestamp(seconds)
  }
}
