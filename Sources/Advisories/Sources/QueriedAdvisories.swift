import PythonPackaging

/// OSV's API as a source: `osv-api`. It is asked which records are of the releases, and then for those.
///
///     POST BASE/v1/querybatch        ids by release
///     GET  BASE/v1/vulns/ID          a record
///
/// Private names aren't sent. A record is fetched once, however many releases it is of.
package struct QueriedAdvisories: AdvisorySource {
  /// How much is asked.
  package struct Limits: Sendable, Hashable {
    /// Queries sent at once; the API takes no more.
    package var batch = 1000
    /// Pages of one release's ids.
    package var pages = 50
    /// Records fetched at once.
    package var concurrency = 32
    /// Of a batch's answer, in bytes.
    package var answerBytes = 64 << 20
    /// Of a record.
    package var recordBytes = 4 << 20

    package init() {}
  }

  private let base: String
  private let fetcher: any AdvisoryFetching
  private let limits: Limits

  package init(base: String, by fetcher: any AdvisoryFetching, limits: Limits = Limits()) {
    self.base = base.hasSuffix("/") ? String(base.dropLast()) : base
    self.fetcher = fetcher
    self.limits = limits
  }

  package func advisories(for releases: [AskedRelease]) async -> AdvisoryAnswer {
    var answer = AdvisoryAnswer(origin: .init(place: base))
    let asked = Set(releases).sorted()
    answer.leaveUnanswered(asked.filter { !$0.isPublic }, .isPrivate)
    let ids = await ids(of: asked.filter(\.isPublic), answer: &answer)

    let wanted = Array(Set(ids.values.joined())).sorted()
    let fetched = await concurrently(wanted, limit: limits.concurrency) { await record($0) } ?? []
    let members = Dictionary(uniqueKeysWithValues: zip(wanted, fetched))
    var records: [PackageName: [AdvisoryID: AdvisoryRecord]] = [:]
    for (release, ids) in ids {
      for id in ids {
        switch members[id] {
        case .record(let record, _):
          // Whom it isn't of, it can't affect; and a source that says so has erred one way or the other.
          if record.affected[release.package] == nil {
            let reason = "the record doesn't name \(release.package)"
            answer.leaveUnanswered([release], .record(SkippedRecord(id: id.description, reason: reason)))
          } else {
            records[release.package, default: [:]][id] = record
          }
        case .skipped(let record, _): answer.leaveUnanswered([release], .record(record))
        case nil: break
        }
      }
    }
    answer.records = records.mapValues { $0.values.sorted { $0.id < $1.id } }
    answer.finish()
    return answer
  }

  // MARK: Ids

  /// The ids of the records that are of each release.
  private func ids(
    of releases: [AskedRelease], answer: inout AdvisoryAnswer
  ) async -> [AskedRelease: Set<AdvisoryID>] {
    var ids: [AskedRelease: Set<AdvisoryID>] = [:]
    var due = releases.map { BatchQuery(release: $0, pageToken: nil) }
    for _ in 0..<limits.pages where !due.isEmpty {
      var next: [BatchQuery] = []
      for start in stride(from: 0, to: due.count, by: limits.batch) {
        let batch = Array(due[start..<min(start + limits.batch, due.count)])
        let results: [BatchResult]
        do throws(QueryFailure) {
          results = try await ask(batch)
        } catch {
          answer.leaveUnanswered(batch.map(\.release), .failure(error.reason))
          continue
        }
        for (query, result) in zip(batch, results) {
          ids[query.release, default: []].formUnion(result.ids)
          for record in result.skipped { answer.leaveUnanswered([query.release], .record(record)) }
          if let token = result.nextPageToken {
            next.append(BatchQuery(release: query.release, pageToken: token))
          }
        }
      }
      due = next
    }
    answer.leaveUnanswered(
      due.map(\.release), .failure("\(base): its answer has more than \(limits.pages) pages"))
    return ids
  }

  /// Why a batch has no answer.
  private struct QueryFailure: Error {
    var reason: String
  }

  private func ask(_ batch: [BatchQuery]) async throws(QueryFailure) -> [BatchResult] {
    let address = "\(base)/v1/querybatch"
    let response: AdvisoryResponse
    do throws(AdvisoryFetchFailure) {
      response = try await fetcher.post(address, json: BatchQuery.json(batch), limit: limits.answerBytes)
    } catch {
      throw QueryFailure(reason: "\(address): \(error)")
    }
    guard response.status == 200 else {
      throw QueryFailure(reason: "\(address): the server answers with status \(response.status)")
    }
    do throws(BatchResult.ReadingError) {
      return try BatchResult.results(response.body, count: batch.count)
    } catch {
      throw QueryFailure(reason: "\(address): \(error)")
    }
  }

  // MARK: Records

  private func record(_ id: AdvisoryID) async -> AdvisoryArchive.Member {
    let address = "\(base)/v1/vulns/\(id)"
    do throws(AdvisoryFetchFailure) {
      let response = try await fetcher.get(address, unless: Validators(), limit: limits.recordBytes)
      if response.status == 200 { return AdvisoryArchive.member(id, text: response.body) }
      let reason = "the server answers with status \(response.status)"
      return .skipped(SkippedRecord(id: id.description, reason: reason), id)
    } catch {
      return .skipped(SkippedRecord(id: id.description, reason: error.description), id)
    }
  }
}
