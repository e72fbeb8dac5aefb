import PythonPackaging

/// The advisories that an index tells with each release in JSON: `BASE/NAME/VERSION/json`, member `vulnerabilities`.
///
/// It tells neither ranges nor severities. A record is made of what it tells: it affects the versions that the index says it
/// does, and those from there up to the first version that the index says it is fixed in, or that was asked about and
/// isn't affected.
package struct ReleaseAdvisories: AdvisorySource {
  private let base: String
  private let fetcher: any AdvisoryFetching
  private let concurrency: Int
  private let limit: Int

  /// - Parameters:
  ///   - base: The address that `/NAME/VERSION/json` is put behind.
  ///   - limit: Of one answer, in bytes.
  package init(
    base: String, by fetcher: any AdvisoryFetching, concurrency: Int = 16, limit: Int = 16 << 20
  ) {
    self.base = base.hasSuffix("/") ? String(base.dropLast()) : base
    self.fetcher = fetcher
    self.concurrency = concurrency
    self.limit = limit
  }

  package func advisories(for releases: [AskedRelease]) async -> AdvisoryAnswer {
    var answer = AdvisoryAnswer(origin: .init(place: base))
    let asked = Set(releases).sorted()
    answer.leaveUnanswered(asked.filter { !$0.isPublic }, .isPrivate)
    let sent = asked.filter(\.isPublic)
    let told = await concurrently(sent, limit: concurrency) { await vulnerabilities(of: $0) } ?? []
    var known: [PackageName: [(version: Version, vulnerabilities: [ReleaseVulnerability])]] = [:]
    for (release, outcome) in zip(sent, told) {
      switch outcome {
      case .success(let page):
        known[release.package, default: []].append((release.version, page.vulnerabilities))
        for record in page.skipped { answer.leaveUnanswered([release], .record(record)) }
      case .failure(let reason): answer.leaveUnanswered([release], reason)
      }
    }
    for (package, versions) in known {
      let records = ReleaseVulnerability.records(of: package, versions)
      if !records.isEmpty { answer.records[package] = records }
    }
    answer.finish()
    return answer
  }

  private enum Told {
    case success(ReleaseVulnerability.Page)
    case failure(UnansweredRelease.Reason)
  }

  private func vulnerabilities(of release: AskedRelease) async -> Told {
    let address = "\(base)/\(release.package)/\(ReleaseAdvisories.escaped(release.version))/json"
    let response: AdvisoryResponse
    do throws(AdvisoryFetchFailure) {
      response = try await fetcher.get(address, unless: Validators(), limit: limit)
    } catch {
      return .failure(.failure("\(address): \(error)"))
    }
    switch response.status {
    case 200: break
    case 404, 410: return .failure(.unknownRelease)
    default: return .failure(.failure("\(address): the server answers with status \(response.status)"))
    }
    do throws(ReleaseVulnerability.PageError) {
      return .success(try ReleaseVulnerability.Page(response.body))
    } catch {
      switch error {
      case .notTold: return .failure(.notTold)
      case .json(let error): return .failure(.failure("\(address): \(error)"))
      }
    }
  }

  /// A version in an address: `+` and `!` mean themselves to nobody everywhere.
  private static func escaped(_ version: Version) -> String {
    version.description.reduce(into: "") { text, character in
      switch character {
      case "+": text += "%2B"
      case "!": text += "%21"
      default: text.append(character)
      }
    }
  }
}
