extension AdvisoryRecord {
  /// Reads an OSV record in JSON, of schema 1.x.
  ///
  /// A member that isn't known is passed over; one of another type than it should have counts as missing, and of two
  /// with one name the last is taken. What can't be used (an unparsable version, a range of an unknown type) is counted
  /// in ``skipped``; ranges of commits and packages of other ecosystems are no concern of this record and aren't.
  ///
  /// - Throws: ``AdvisoryRecordError``
  package init(json: [UInt8]) throws(AdvisoryRecordError) {
    guard json.count <= Limit.bytes else {
      throw AdvisoryRecordError(
        id: nil, offset: Limit.bytes, reason: .tooLarge(bytes: json.count, limit: Limit.bytes))
    }
    var reader = AdvisoryRecordReader(json)
    do throws(AdvisoryRecordReader.Failure) {
      self = try reader.record()
    } catch {
      throw AdvisoryRecordError(
        id: reader.id.flatMap { AdvisoryID($0) }, offset: error.offset, reason: error.reason)
    }
  }
}
