/// The local database as a source: `osv`, or a mirror of one's own. It is synced when it is older than a day.
package struct StoredAdvisories: AdvisorySource {
  /// How old is how good, in seconds.
  package struct Ages: Sendable, Hashable {
    /// Past it, the source is asked for what is new.
    package var syncAfter: Int64 = 86_400
    /// Past it, what is here doesn't count as known.
    package var maximum: Int64 = 7 * 86_400

    package init() {}
  }

  private let path: String
  private let base: String
  private let fetcher: (any AdvisoryFetching)?
  private let ages: Ages
  private let limits: AdvisorySync.Limits
  private let now: @Sendable () -> Int64

  /// - Parameters:
  ///   - path: The database's file; its directory exists.
  ///   - base: The address that it is synced from.
  ///   - fetcher: Nil: nothing is fetched, as offline.
  ///   - now: The clock, in seconds since 1970-01-01 00:00 UTC.
  package init(
    path: String, base: String, fetcher: (any AdvisoryFetching)?, ages: Ages = Ages(),
    limits: AdvisorySync.Limits = AdvisorySync.Limits(), now: @escaping @Sendable () -> Int64
  ) {
    self.path = path
    self.base = base
    self.fetcher = fetcher
    self.ages = ages
    self.limits = limits
    self.now = now
  }

  package func advisories(for releases: [AskedRelease]) async -> AdvisoryAnswer {
    var stored: StoredRecords?
    var failure: String?
    var warnings: [AdvisoryDatabase.Warning] = []
    var isRenewed = false
    do throws(AdvisoryDatabaseError) {
      stored = try read(releases)
    } catch {
      failure = error.description
    }
    // A file that mustn't be touched isn't synced either, which would say so.
    if isDue(stored), fetcher != nil {
      do throws(AdvisorySyncError) {
        warnings = try await sync()
        failure = nil
        stored = try reread(releases)
        isRenewed = true
      } catch {
        failure = error.description
      }
    }
    var answer = AdvisoryAnswer(origin: .init(place: base))
    answer.origin.warnings = warnings
    guard let stored, let source = stored.source else {
      answer.leaveUnanswered(
        releases, .failure(failure ?? "no advisories of \(base) were ever fetched"))
      answer.finish()
      return answer
    }
    answer.origin.syncedAt = source.syncedAt
    answer.origin.recordCount = source.recordCount
    // What was fetched just now is as new as can be, however long that took.
    answer.origin.isTooOld = source.isOlder(than: isRenewed ? .max : ages.maximum, at: now())
    answer.origin.renewalFailure = failure
    answer.records = stored.records
    answer.skippedCount = source.skippedCount
    if source.skippedCount > 0 { answer.skipped = (try? skipped()) ?? [] }
    for release in releases {
      for record in stored.unreadable[release.package] ?? [] {
        answer.leaveUnanswered([release], .record(record))
      }
    }
    answer.finish()
    return answer
  }

  private func isDue(_ stored: StoredRecords?) -> Bool {
    guard let source = stored?.source else { return true }
    return source.isOlder(than: ages.syncAfter, at: now())
  }

  /// Nil if there is no file.
  private func read(_ releases: [AskedRelease]) throws(AdvisoryDatabaseError) -> StoredRecords? {
    do throws(AdvisoryDatabaseError) {
      return try AdvisoryDatabase(path: path, access: .reading).records(near: releases, from: base)
    } catch {
      if case .absent = error { return nil }
      throw error
    }
  }

  private func reread(_ releases: [AskedRelease]) throws(AdvisorySyncError) -> StoredRecords? {
    do throws(AdvisoryDatabaseError) { return try read(releases) } catch { throw .database(error) }
  }

  private func skipped() throws(AdvisoryDatabaseError) -> [SkippedRecord] {
    try AdvisoryDatabase(path: path, access: .reading).skipped(of: base)
  }

  /// Renews the records; what there is to tell.
  private func sync() async throws(AdvisorySyncError) -> [AdvisoryDatabase.Warning] {
    guard let fetcher else { return [] }
    let database: AdvisoryDatabase
    do throws(AdvisoryDatabaseError) {
      database = try AdvisoryDatabase(path: path, access: .writing)
    } catch {
      throw .database(error)
    }
    _ = try await AdvisorySync(database, from: base, by: fetcher, limits: limits, now: now).run()
    return database.takeWarnings()
  }
}
