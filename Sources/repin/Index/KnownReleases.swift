import PackageIndex
import PythonPackaging
import Resolution

/// A project's releases from everywhere that was asked: its index's page as it is, or that page with what find-links has.
struct KnownReleases: ProjectReleases {
  private struct Entry {
    let version: Version
    /// The release's place on the page.
    var place: Int?
    /// Its files beside the page's.
    var files: [Distribution] = []
  }

  private let page: ProjectPage?
  /// The releases in ascending order; nil where the page is all there is.
  private let merged: [Entry]?

  /// - Parameter files: the project's files besides; a file that the page has too is given once.
  init(page: ProjectPage?, files: [Distribution]) {
    self.page = page
    guard !files.isEmpty || page == nil else {
      merged = nil
      return
    }
    var entries: [Entry] = []
    if let page {
      entries = (0..<page.versionCount).map { Entry(version: page.version(at: $0), place: $0) }
    }
    for file in files {
      if let known = entries.firstIndex(where: { $0.version == file.version }) {
        entries[known].files.append(file)
      } else {
        entries.append(Entry(version: file.version, place: nil, files: [file]))
      }
    }
    merged = entries.sorted { $0.version < $1.version }
  }

  var versionCount: Int { merged?.count ?? page?.versionCount ?? 0 }

  func version(at index: Int) -> Version {
    if let merged { return merged[index].version }
    guard let page else { preconditionFailure("an index out of no releases") }
    return page.version(at: index)
  }

  func isPreRelease(at index: Int) -> Bool {
    if let merged { return merged[index].version.isPreRelease }
    return page?.isPreRelease(at: index) ?? false
  }

  func distributions(at index: Int) -> [Distribution] {
    guard let merged else { return page?.distributions(at: index) ?? [] }
    let listed = merged[index].place.flatMap { page?.distributions(at: $0) } ?? []
    let names = Set(listed.map(\.filename))
    return listed + merged[index].files.filter { !names.contains($0.filename) }
  }
}
