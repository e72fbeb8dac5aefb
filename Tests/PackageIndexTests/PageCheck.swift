import PythonPackaging
import Testing

@testable import PackageIndex

/// Asks a page everything, and checks what must hold for every page.
enum PageCheck {
  static let sieve = WheelSieve(
    CompatibilityTags(
      python: (3, 12), implementation: .cpython,
      platform: .manylinux(glibcMajor: 2, glibcMinor: 28, architecture: "x86_64")))

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
      // A file whose address is no more may still have a name; whether a damaged one is a wheel, two places may differ on.
      let available = page.availability(at: index, through: sieve)
      isSound =
        isSound && Set(available.map(withoutKind)).isSuperset(of: files.map { withoutKind(availability($0)) })
      isSound = isSound && available.allSatisfy { $0.kind.map { $0.version == version } ?? true }
    }
    _ = (page.unreadableFilenames, page.unusableFiles, page.lastSerial)
    if !isSound { Issue.record("an unsound page: \(page.everyDistribution)", sourceLocation: sourceLocation) }
  }

  private static func withoutKind(_ file: FileAvailability) -> FileAvailability {
    var file = file
    file.kind = nil
    return file
  }

  /// What a file says of whether it can be had.
  static func availability(_ file: Distribution) -> FileAvailability {
    let isSifted =
      if case .wheel = file.kind { !sieve.lets(Array(file.filename.utf8).span) } else { false }
    var facts = FileAvailability(
      kind: isSifted ? nil : file.kind, requiresPython: file.requiresPython)
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
