import PackageIndex
import PythonPackaging
import Resolution

/// A project's releases from everywhere that was asked: its index's page as it is, or the pages of several indexes and
/// what find-links has, as one.
struct KnownReleases: ProjectReleases {
  private struct Entry {
    let version: Version
    /// Where the pages have the release, in the pages' order.
    var places: [(page: Int, place: Int)] = []
    /// Its files beside the pages'.
    var files: [Distribution] = []
  }

  private let pages: [ProjectPage]
  /// The releases in ascending order; nil where one page is all there is.
  private let merged: [Entry]?
  private let isRanked: Bool

  /// - Parameters:
  ///   - files: the project's files besides; a file that is there already is given once.
  ///   - isRanked: whether the releases of an earlier page are tried before those that only a later one has.
  init(pages: [ProjectPage], files: [Distribution], isRanked: Bool = false) {
    self.pages = pages
    self.isRanked = isRanked && pages.count > 1
    guard !files.isEmpty || pages.count != 1 else {
      merged = nil
      return
    }
    var entries: [Version: Entry] = [:]
    for (number, page) in pages.enumerated() {
      for place in 0..<page.versionCount {
        let version = page.version(at: place)
        entries[version, default: Entry(version: version)].places.append((number, place))
      }
    }
    for file in files { entries[file.version, default: Entry(version: file.version)].files.append(file) }
    merged = entries.values.sorted { $0.version < $1.version }
  }

  var versionCount: Int { merged?.count ?? pages[0].versionCount }

  func version(at index: Int) -> Version { merged?[index].version ?? pages[0].version(at: index) }

  func isPreRelease(at index: Int) -> Bool {
    merged?[index].version.isPreRelease ?? pages[0].isPreRelease(at: index)
  }

  func distributions(at index: Int) -> [Distribution] {
    guard let merged else { return pages[0].distributions(at: index) }
    let entry = merged[index]
    var names: Set<String> = []
    let listed = entry.places.flatMap { pages[$0.page].distributions(at: $0.place) }
    return (listed + entry.files).filter { names.insert($0.filename).inserted }
  }

  func wheels(at index: Int, through sieve: WheelSieve) -> [Distribution]? {
    merged == nil ? pages[0].wheels(at: index, through: sieve) : nil
  }

  func sha256Digests(at index: Int) -> [String]? {
    merged == nil ? pages[0].sha256Digests(at: index) : nil
  }

  // What find-links has belongs to no index; it is tried with those of the first.
  var rankCount: Int { isRanked ? pages.count : 1 }

  func rank(at index: Int) -> Int {
    guard isRanked, let entry = merged?[index], entry.files.isEmpty else { return 0 }
    return entry.places.first?.page ?? 0
  }
}
