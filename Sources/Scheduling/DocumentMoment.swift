/// A moment in a document: in seconds since 1970-01-01 00:00 UTC, and as RFC 3339 has it.
struct DocumentMoment: Encodable {
  let seconds: Int64
  let time: String

  init(_ moment: Int64) {
    seconds = moment
    time = MomentText.timestamp(moment)
  }
}
