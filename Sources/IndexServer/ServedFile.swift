import Crypto
package import TestSupport

/// One file on the test index: a made-up wheel or source distribution.
package struct ServedFile: Sendable {
  /// What the page says of `.metadata`.
  package enum CoreMetadata: Sendable {
    /// The page says nothing.
    case unmentioned
    case announced
    case announcedWithWrongHash
    case denied
  }

  package var filename: String
  package var bytes: [UInt8]
  /// What `.metadata` beside it holds; nil: 404.
  package var metadata: [UInt8]?
  /// What the page says of `.metadata`.
  package var coreMetadata = CoreMetadata.unmentioned
  /// As the page gives it; nil: not at all.
  package var requiresPython: String?
  /// As the page gives it; nil: not at all.
  package var uploadTime: String?
  /// Yanked, with a reason or an empty string.
  package var yanked: String?
  /// What the page says instead of the truth.
  package var announcedHash: String?
  /// The page says how large it is.
  package var announcesSize = true

  /// A file of these bytes, without metadata.
  package init(filename: String, bytes: [UInt8]) {
    self.filename = filename
    self.bytes = bytes
  }

  /// In lower-case hexadecimal.
  package static func sha256(_ bytes: [UInt8]) -> String {
    SHA256.hash(data: bytes).map { byte in
      let text = String(byte, radix: 16)
      return text.count == 1 ? "0" + text : text
    }.joined()
  }
}

/// What a wheel on the test index looks like inside.
package struct WheelShape: Sendable {
  /// Bytes of incompressible data.
  package var padding = 0
  /// METADATA before the padding, so that it is far from the end.
  package var metadataFirst = false
  /// Written with Zip64 records.
  package var isZip64 = false
  /// How METADATA is packed.
  package var method = ZipWriter.Method.deflated
  /// Name and version METADATA gives, if not the file's.
  package var contradictoryName: String?
  /// The version METADATA gives, if not the file's.
  package var contradictoryVersion: String?
  /// The body of METADATA.
  package var description = "Made up for a test."

  /// A small wheel of METADATA alone.
  package init() {}
}

extension ServedFile {
  /// A minimal wheel (binary distribution format).
  package static func wheel(
    _ name: String, _ version: String, requires: [String] = [], extras: [String] = [],
    requiresPython: String? = nil, tag: String = "py3-none-any", shape: WheelShape = WheelShape()
  ) -> ServedFile {
    let escaped = String(name.map { "-.".contains($0) ? "_" : $0 })
    var lines = [
      "Metadata-Version: 2.1", "Name: \(shape.contradictoryName ?? name)",
      "Version: \(shape.contradictoryVersion ?? version)",
    ]
    lines += requires.map { "Requires-Dist: \($0)" }
    lines += extras.map { "Provides-Extra: \($0)" }
    if let requiresPython { lines.append("Requires-Python: \(requiresPython)") }
    let metadata = Array((lines.joined(separator: "\n") + "\n\n" + shape.description + "\n").utf8)

    var generator = LinearGenerator(state: UInt64(name.utf8.reduce(7) { $0 &* 31 &+ Int($1) }))
    let padding = (0..<shape.padding).map { _ in UInt8(truncatingIfNeeded: generator.next() >> 33) }
    var zip = ZipWriter(isZip64: shape.isZip64)
    let info = "\(escaped)-\(version).dist-info"
    if shape.metadataFirst { zip.add("\(info)/METADATA", metadata, method: shape.method) }
    if !padding.isEmpty { zip.add("\(escaped)/data.bin", padding, method: .stored) }
    if !shape.metadataFirst { zip.add("\(info)/METADATA", metadata, method: shape.method) }
    zip.add("\(info)/WHEEL", Array("Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: \(tag)\n".utf8))
    zip.add("\(info)/RECORD", [])
    var file = ServedFile(filename: "\(escaped)-\(version)-\(tag).whl", bytes: zip.finished())
    file.metadata = metadata
    file.requiresPython = requiresPython
    return file
  }

  /// A source distribution by name alone; its contents are none.
  package static func source(_ name: String, _ version: String) -> ServedFile {
    ServedFile(filename: "\(name)-\(version).tar.gz", bytes: Array("not an archive".utf8))
  }
}

/// The same bytes every run.
private struct LinearGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state
  }
}
