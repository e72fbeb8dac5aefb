import PythonPackaging
import Testing

@testable import PackageIndex

/// Asks a page everything, and checks what must hold for every page.
enum PageCheck {
  static func check(_ page: ProjectPage, sourceLocation: SourceLocation = #_sourceLocation) {
    var isSound = page.status.map { isShowable($0.reason) } ?? true
    var previous: Version?
    for index in 0..<page.versionCount {
      let version = page.version(at: index)
      isSound = isSound && previous.map { $0 < version } ?? true && page.index(of: version) == index
      previous = version
      _ = (
        page.isPreRelease(at: index), page.isYanked(at: index), page.hasWheel(at: index),
        page.hasSource(at: index)
      )
      let files = page.distributions(at: index)
      for file in files {
        isSound = isSound && isSoundFile(file, version: version, project: page.project)
      }
      // A file whose address is no more may still have a name.
      let available = page.availability(at: index)
      isSound = isSound && Set(available).isSuperset(of: files.map(availability))
      isSound = isSound && available.allSatisfy { $0.kind.version == version }
    }
    _ = (page.unreadableFilenames, page.unusableFiles, page.lastSerial)
    if !isSound { Issue.record("an unsound page: \(page.everyDistribution)", sourceLocation: sourceLocation) }
  }

  /// What a file says of whether it can be had.
  static func availability(_ file: Distribution) -> FileAvailability {
    var facts = FileAvailability(kind: file.kind, requiresPython: file.requiresPython)
    facts.uploadedAt = file.uploadedAt
    facts.yanked = file.yanked
    return facts
  }

  private static func isSoundFile(_ file: Distribution, version: Version, project: PackageName) -> Bool {
    let hashes = file.hashes.map(\.hex)
    return file.version == version && file.name == project
      && file.filename.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "/") }
      && file.url.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F } && isShowable(file.requiresPython)
      && isShowable(file.yanked?.reason) && hashes.allSatisfy { isShowable($0) } && (file.size ?? 0) >= 0
      && file.uploadedAt.map { Timestamp.range.contains($0) } ?? true
  }

  private static func isShowable(_ text: String?) -> Bool {
    (text ?? "").unicodeScalars.allSatisfy(PrintableText.isPrintable)
  }
}
