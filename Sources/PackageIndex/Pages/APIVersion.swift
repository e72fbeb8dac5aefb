import PythonPackaging

/// The version of the simple repository API that a page says it is in (PEP 629).
enum APIVersion {
  /// Checks that a version is 1.x, however large x: `1.0`, `1.4`, `1`.
  ///
  /// - Throws: `ProjectPageError.apiVersion` for another major version and for a text that is no version.
  static func check(_ text: String) throws(ProjectPageError) {
    let parts = text.utf8.split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
    let areNumbers = parts.allSatisfy { part in
      !part.isEmpty && part.allSatisfy { $0 &- UInt8(ascii: "0") < 10 }
    }
    guard areNumbers, let major = parts.first, major.elementsEqual("1".utf8) else {
      throw .apiVersion(PrintableText.escaped(text, limit: 40))
    }
  }
}
