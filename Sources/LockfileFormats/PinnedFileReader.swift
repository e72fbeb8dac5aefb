import PythonPackaging
import RequirementsFiles

/// Reads the lockfile of any Python tool.
///
///     let file = PinnedFileReader().read(bytes, path: "uv.lock")
///     for pin in file.pins where pin.source.isIndex { … }
package struct PinnedFileReader: Sendable {
  /// Bounds on what is read; a file can't exhaust the machine.
  package struct Limits: Sendable, Hashable {
    /// The size of a file in bytes [64 MiB].
    package var bytes = 64 << 20
    /// The number of pins [200,000].
    package var pins = 200_000
    /// The number of faults that are kept [100].
    package var faults = 100

    /// Every value at its default.
    package init() {}
  }

  let limits: Limits
  /// Whether hashes and who asks for a pin are kept, which takes time and room that only a comparison needs.
  let keepsOrigins: Bool

  /// A reader with the given bounds.
  package init(limits: Limits = Limits(), keepsOrigins: Bool = false) {
    self.limits = limits
    self.keepsOrigins = keepsOrigins
  }

  /// Reads a file. Whatever it holds, the answer is a value: what is wrong is in its faults.
  ///
  /// - Parameters:
  ///   - path: How messages show the file; its name helps to tell the format.
  package func read(_ bytes: [UInt8], path: String) -> PinnedFile {
    var reading = FileReading(path: path, limits: limits, keepsOrigins: keepsOrigins)
    guard bytes.count <= limits.bytes else {
      reading.fault(
        .tooLarge, at: .start, found: "a file of \(bytes.count) bytes", expected: "at most \(limits.bytes)",
        unread: "the file")
      return reading.file
    }
    guard reading.decode(bytes) else { return reading.file }
    reading.blankConflictMarkers()
    switch FileKind.of(reading.text, path: path) {
    case .format(let format):
      reading.file.format = format
      switch format {
      case .requirements: reading.readRequirements(path: path)
      case .pylock: reading.readPylock()
      case .poetry: reading.readPoetry()
      case .uv: reading.readUV()
      case .pipenv: reading.readPipfileLock()
      }
      reading.reportContradictions()
      reading.setAskers()
    case .other(let what, let remedy):
      reading.fault(
        .notALockfile, at: .start, found: what, expected: "a lockfile", unread: "the file", remedy: remedy)
    }
    reading.file.faults.sort {
      ($0.location.line, $0.location.column) < ($1.location.line, $1.location.column)
    }
    return reading.file
  }
}
