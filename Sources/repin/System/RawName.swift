import PythonPackaging

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A name as the system has it: bytes, which needn't be UTF-8.
struct RawName {
  let bytes: [UInt8]

  /// A name that ends where a C string does.
  init(_ pointer: UnsafePointer<CChar>) {
    var bytes: [UInt8] = []
    var place = pointer
    while place.pointee != 0 {
      bytes.append(UInt8(bitPattern: place.pointee))
      place += 1
    }
    self.bytes = bytes
  }

  init(_ bytes: some Sequence<UInt8>) { self.bytes = Array(bytes) }

  /// As text; nil: it isn't UTF-8.
  var text: String? { String(validating: bytes, as: UTF8.self) }

  /// With U+FFFD for what isn't UTF-8; no file's name.
  var repaired: String { String(decoding: bytes, as: UTF8.self) }

  /// Fit to be shown: what isn't ASCII as `\xe9`, where it isn't UTF-8.
  var shown: String {
    if let text { return PrintableText.escaped(text, limit: 300) }
    let digits = Array("0123456789abcdef")
    let parts = bytes.prefix(300).map { byte in
      byte < 0x80
        ? String(UnicodeScalar(byte)) : "\\x\(digits[Int(byte >> 4)])\(digits[Int(byte & 0xF)])"
    }
    return PrintableText.escaped(parts.joined())
  }

  /// The working directory; nil where there is none any more.
  static var workingDirectory: RawName? {
    guard let path = getcwd(nil, 0) else { return nil }
    defer { free(path) }
    return RawName(path)
  }

  /// The words of the command line.
  static var ofCommandLine: [RawName] {
    (0..<Int(CommandLine.argc)).compactMap { CommandLine.unsafeArgv[$0].map { RawName($0) } }
  }
}
