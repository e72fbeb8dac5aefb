package import PythonPackaging

/// The distributions that `--find-links` names beside the indexes: the files of directories, the links of HTML pages.
///
/// A file counts for a project by its name alone. What can't be read of a location is a ``problems`` entry and no
/// error, as with pip: the others may have what is needed.
package struct FindLinks: Sendable {
  /// A location as it was read.
  enum Source: Sendable {
    /// A directory's absolute path and its files' names.
    case directory(path: String, names: FoldedNames)
    /// One file, by its name and address.
    case file(name: String, url: String)
    /// A page and the address that its links are relative to.
    case page(html: [UInt8], url: String)
  }

  let sources: [Source]
  /// Locations that were passed over, each with the reason, as one line.
  package let problems: [String]

  /// No locations.
  package static let none = FindLinks(sources: [], problems: [])

  /// Whether no location has anything.
  package var isEmpty: Bool { sources.isEmpty }

  /// A project's distributions, in the order of the locations; files of one name are given once.
  package func distributions(of project: PackageName) -> [Distribution] {
    var found: [Distribution] = []
    var seen: Set<String> = []
    for source in sources {
      let candidates: [Distribution] =
        switch source {
        case .directory(let path, let names):
          names.beginning(with: project).compactMap { distribution($0, in: path, of: project) }
        case .file(let name, let url):
          (try? Distribution(filename: name, of: project, url: url, coreMetadata: .absent)).map { [$0] } ?? []
        case .page(let html, let url): links(on: html, url: url, of: project)
        }
      for distribution in candidates where seen.insert(distribution.filename).inserted {
        found.append(distribution)
      }
    }
    return found
  }

  private func distribution(_ name: String, in path: String, of project: PackageName) -> Distribution? {
    guard name.unicodeScalars.allSatisfy(PrintableText.isPrintable) else { return nil }
    let url = LocalFile.url(of: path.hasSuffix("/") ? path + name : "\(path)/\(name)")
    return try? Distribution(filename: name, of: project, url: url, coreMetadata: .absent)
  }

  private func links(on html: [UInt8], url: String, of project: PackageName) -> [Distribution] {
    guard let page = try? ProjectPage(html: html, pageURL: url, project: project) else { return [] }
    return (0..<page.versionCount).flatMap { page.distributions(at: $0) }
  }
}

extension IndexClient {
  /// Reads the locations of `--find-links`: URLs of pages, `file:` URLs, absolute paths of directories or pages.
  ///
  /// - Throws: where a page can't be fetched: whether it has something better isn't known then.
  package func findLinks(_ locations: [String]) async throws(IndexError) -> FindLinks {
    var sources: [FindLinks.Source] = []
    var problems: [String] = []
    for location in locations {
      if let address = WebAddress(location) {
        let name = Self.filename(of: address.text)
        if Self.isDistribution(name) {
          sources.append(.file(name: name, url: address.text))
          continue
        }
        let html = try await page(ofLinks: location, at: address)
        sources.append(.page(html: html, url: address.text))
        continue
      }
      let shown = PrintableText.escaped(redacted(location), limit: 200)
      let path = LocalFile.path(of: location) ?? location
      if let names = LocalFile.names(inDirectory: path) {
        sources.append(.directory(path: path, names: FoldedNames(names)))
      } else if Self.isDistribution(Self.filename(of: LocalFile.url(of: path))), isReadable(path) {
        sources.append(.file(name: Self.filename(of: LocalFile.url(of: path)), url: LocalFile.url(of: path)))
      } else if path.hasSuffix(".html") || path.hasSuffix(".htm") {
        do throws(LocalFile.Failure) {
          let file = try LocalFile(path: path)
          guard file.size <= configuration.longestPage else { throw LocalFile.Failure(reason: "too large") }
          sources.append(.page(html: try file.read(0..<file.size), url: LocalFile.url(of: path)))
        } catch {
          problems.append("find-links `\(shown)` is passed over: \(error.reason)")
        }
      } else {
        problems.append(
          "find-links `\(shown)` is passed over: neither a directory, an HTML page nor a distribution")
      }
    }
    return FindLinks(sources: sources, problems: problems)
  }

  /// A page of links: fetched anew, since nobody says how long it holds; offline as it was fetched last.
  private func page(ofLinks location: String, at address: WebAddress) async throws(IndexError) -> [UInt8] {
    let key = "find-links \(address.text)"
    if configuration.mode == .offline, let kept = configuration.cache?.fact(key) { return kept }
    let html = try await document(at: location, limit: configuration.longestPage)
    if html.count <= Self.longestKeptPage { configuration.cache?.store(fact: html, key: key) }
    return html
  }

  private static let longestKeptPage = 4 << 20

  /// Whether a file is a distribution by its name's ending.
  private static func isDistribution(_ name: String) -> Bool {
    [".whl", ".tar.gz", ".zip", ".tgz", ".tar.bz2", ".tar.xz"].contains { name.hasSuffix($0) }
  }
}
