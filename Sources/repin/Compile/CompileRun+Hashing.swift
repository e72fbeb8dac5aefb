import PackageIndex
import PythonPackaging
import RequirementsFiles
import Resolution

extension CompileRun {
  /// The hashes of each picked release's files, as a lockfile has them.
  ///
  /// Those of a pin that stays are kept, so that a file uploaded later changes nothing, unless the index contradicts them.
  func hashes(
    of graph: ResolvedGraph, direct: DirectSources, existing: ExistingLockfile?, with client: IndexClient
  ) async throws(CommandFailure) -> [PackageName: [String]] {
    let kept = command.reuseHashes ? existing?.contents.reusableHashes ?? [:] : [:]
    var hashes: [PackageName: Set<String>] = [:]
    var unhashed: [(PackageName, Distribution)] = []
    for pin in graph.pins {
      let source = direct.sources[pin.name]
      // Neither a directory nor a repository has a hash.
      if let source, !source.release.isFile { continue }
      // Of most releases the digests are all there is to know.
      let digests = pin.sha256Digests
      let files = digests == nil ? pin.distributions : []
      let listed = Set((digests ?? files.compactMap(\.sha256)).map { "sha256:\($0)" })
      let text = "\(pin.name)==\(pin.version)"
      if source == nil, let known = kept[text] {
        let isComplete = digests != nil || listed.count == files.count
        if isComplete, let stray = known.subtracting(listed).min() {
          throw .contradictedHash(pin: text, hash: stray, index: client.indexURL(of: pin.name))
        }
        hashes[pin.name] = known
      } else {
        hashes[pin.name] = listed
        unhashed += files.filter { $0.sha256 == nil }.map { (pin.name, $0) }
      }
    }
    for (name, hash) in try await hashed(unhashed, by: client) { hashes[name, default: []].insert(hash) }
    return hashes.mapValues { $0.sorted() }
  }

  /// Holds what was picked to the hashes that the input gives.
  ///
  /// - Throws: where a file can't be the one that is meant, or nothing says which is and `--require-hashes` wants it.
  func checkHashes(
    _ request: CompileRequest, of graph: ResolvedGraph, direct: DirectSources, options: IndexOptions,
    with client: IndexClient
  ) async throws(CommandFailure) {
    let mustHave = options.requireHashes && !options.noRequireHashes
    var unsettled: [(ResolvedPin, [Distribution])] = []
    for pin in graph.pins {
      guard let allowed = request.hashes[pin.name] else {
        if mustHave { throw .unhashed(name: pin.name, place: place(of: pin, request)) }
        continue
      }
      if let source = direct.sources[pin.name], !source.release.isFile {
        throw .unexpectedHash(name: pin.name, place: place(of: pin, request), found: nil)
      }
      let all = pin.distributions
      let listed = all.compactMap(\.sha256)
      if listed.contains(where: allowed.contains) { continue }
      let files = all.filter { $0.sha256 == nil }
      if files.isEmpty {
        throw .unexpectedHash(name: pin.name, place: place(of: pin, request), found: listed.first)
      }
      unsettled.append((pin, files))
    }
    for (pin, files) in unsettled {
      let found = try await hashed(files.map { (pin.name, $0) }, by: client).map {
        String($0.1.dropFirst("sha256:".count))
      }
      guard let allowed = request.hashes[pin.name], !found.contains(where: allowed.contains) else { continue }
      throw .unexpectedHash(name: pin.name, place: place(of: pin, request), found: found.first)
    }
  }

  private func place(of pin: ResolvedPin, _ request: CompileRequest) -> String? {
    if let override = request.overrides.first(where: { $0.name == pin.name && !$0.hashes.isEmpty }) {
      return CompileRequest.place(override.location).description
    }
    return pin.requirements.first.map { CompileRequest.place(request.requirements[$0].location).description }
  }

  /// Downloads files that the index gives no hash of, side by side, and hashes them.
  private func hashed(
    _ files: [(PackageName, Distribution)], by client: IndexClient
  ) async throws(CommandFailure) -> [(PackageName, String)] {
    let results = await orderedAnswers(of: files) { _, file -> Result<String, IndexFailure> in
      do throws(IndexError) {
        return .success("sha256:\(try await client.sha256(of: file))")
      } catch {
        return .failure(IndexFailure(subject: .hash(file: file.filename), error: error))
      }
    }
    do throws(IndexFailure) {
      var hashes: [(PackageName, String)] = []
      for (file, result) in zip(files, results) { hashes.append((file.0, try result.get())) }
      return hashes
    } catch {
      throw .index(error)
    }
  }
}
