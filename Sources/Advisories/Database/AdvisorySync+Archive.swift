import SQLite
import ZipReading

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension AdvisorySync {
  /// Fetches all records, and puts them in place of those that are here.
  func replace() async throws(AdvisorySyncError) -> Outcome {
    let address = address("all.zip")
    let path = try emptyFile()
    defer { unlink(path) }
    let response: AdvisoryResponse
    do throws(AdvisoryFetchFailure) {
      response = try await fetcher.download(
        address, to: path, unless: Validators(), limit: limits.archiveBytes)
    } catch {
      throw .fetch(address: address, error)
    }
    guard response.status == 200 else { throw .status(address: address, response.status) }
    return try replace(by: path, address: address, validators: response.validators)
  }

  /// A new file beside the database, where there is room if anywhere.
  private func emptyFile() throws(AdvisorySyncError) -> String {
    removeLeftovers()
    var template = Array("\(database.path).archive-XXXXXX".utf8CString)
    let made = template.withUnsafeMutableBufferPointer { buffer -> String? in
      guard let base = buffer.baseAddress else { return nil }
      let descriptor = mkstemp(base)
      guard descriptor >= 0 else { return nil }
      close(descriptor)
      return String(cString: base)
    }
    guard let made else {
      throw .cannotWrite(path: "\(database.path).archive", reason: systemReason(errno))
    }
    return made
  }

  /// Removes what a process left that was killed while it fetched an archive, a day ago or longer.
  private func removeLeftovers() {
    guard let slash = database.path.lastIndex(of: "/") else { return }
    let directory = String(database.path[..<slash])
    let prefix = database.path[database.path.index(after: slash)...] + ".archive-"
    for name in (try? LocalFile.names(inDirectory: directory)) ?? [] where name.hasPrefix(prefix) {
      var status = stat()
      guard lstat("\(directory)/\(name)", &status) == 0, status.modifiedAt < Int64(time(nil)) - 86_400
      else { continue }
      unlink("\(directory)/\(name)")
    }
  }

  /// Puts the records of an archive in place of those that are here, in one transaction.
  private func replace(
    by path: String, address: String, validators: Validators
  ) throws(AdvisorySyncError) -> Outcome {
    var failure: AdvisorySyncError?
    do throws(AdvisoryDatabaseError) {
      return try database.write { (connection) throws(SQLiteError) in
        func giveUp(_ reason: AdvisorySyncError) -> SQLiteError {
          failure = reason
          return SQLiteError(
            extendedCode: SQLiteError.Code.error.rawValue, message: "given up", sql: nil, path: path)
        }
        var archive: AdvisoryArchive
        do throws(ZipError) {
          archive = try AdvisoryArchive(path: path)
        } catch {
          throw giveUp(.archive(address: address, error))
        }
        var writer = try RecordWriter(beginning: base, connection, now: now())
        while true {
          let member: AdvisoryArchive.Member?
          do throws(ZipError) {
            member = try archive.next()
          } catch {
            throw giveUp(.archive(address: address, error))
          }
          guard let member else { break }
          try writer.add(member)
        }
        guard writer.storedCount > 0 else {
          throw giveUp(
            .noRecords(address: address, members: writer.skippedCount, example: writer.skipped.min()))
        }
        try writer.removeOthers()
        try writer.setArchive(validators, now: now())
        try writer.finish()
        return .replaced(
          records: writer.storedCount, skipped: writer.skipped.sorted(), skippedCount: writer.skippedCount)
      }
    } catch {
      throw failure ?? .database(error)
    }
  }
}

extension stat {
  /// In seconds since 1970-01-01 00:00 UTC.
  fileprivate var modifiedAt: Int64 {
    #if canImport(Darwin)
      Int64(st_mtimespec.tv_sec)
    #else
      Int64(st_mtim.tv_sec)
    #endif
  }
}

extension RecordWriter {
  /// Writes a record of an archive, or notes why it can't be.
  fileprivate mutating func add(_ member: AdvisoryArchive.Member) throws(SQLiteError) {
    switch member {
    case .record(let record, let text):
      if case .isRepeated = try store(record, text: text) {
        try skip(
          SkippedRecord(id: record.id.description, reason: "the archive has it more than once"), id: record.id
        )
      }
    case .skipped(let record, let id): try skip(record, id: id)
    }
  }
}
