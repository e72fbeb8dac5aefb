import LockfileFormats
import PackageIndex
import PinHistory
import PythonPackaging

/// A lockfile that was read to be checked.
struct LockfileToCheck {
  /// As the user named it.
  let path: String
  let file: PinnedFile
  /// What tells it from others in the history.
  let identity: LockfileIdentity
  /// Of the file's bytes.
  let digest: String
  /// The packages that are asked about; nil: all.
  var packages: Set<PackageName>?

  /// The pins that an index can tell about, with the places of their lines.
  var indexPins: [(pin: Pin, line: Int, index: String?)] {
    file.pins.compactMap { pin in
      guard case .index(let index) = pin.source, let name = pin.name, let version = pin.version,
        packages?.contains(name) ?? true
      else { return nil }
      return (Pin(package: name, version: version), pin.line, index)
    }
  }

  /// What the history records of it.
  ///
  /// - Parameters:
  ///   - now: in seconds since 1970-01-01 00:00 UTC.
  ///   - source: what read or wrote it.
  func snapshot(at now: Int64, by source: Snapshot.Source) -> Snapshot {
    Snapshot(
      lockfile: identity, takenAt: now, source: source, digest: digest, pins: indexPins.map(\.pin))
  }

  /// The digest that the history knows a file's bytes by.
  static func digest(of bytes: [UInt8]) -> String { "sha256:\(FileHash.sha256(bytes))" }
}
