import PythonPackaging

/// The requirement of an entry, and the text operations pip-tools applies to it.
enum PinText {
  /// `name[extras]==version`, `name[extras] @ url`, or `-e text`.
  static func requirement(_ pin: LockedPin) -> String {
    let names = pin.extras.map(\.normalized).sorted(by: String.codePointOrder)
    let extras = names.isEmpty ? "" : "[\(names.joined(separator: ","))]"
    switch pin.source {
    case .version(let version): return "\(pin.sortKey)\(extras)==\(PrintableText.escaped(version))"
    case .arbitraryVersion(let version): return "\(pin.sortKey)\(extras)===\(PrintableText.escaped(version))"
    case .editable(let text): return "-e \(URLCredentials.writable(text))"
    case .url(let url):
      let safe = URLCredentials.writable(url)
      return pin.name.flatMap { reference(to: safe, name: $0.normalized + extras) } ?? safe
    }
  }

  /// `name @ url` with what the fragment must keep: the subdirectory and a hash.
  private static func reference(to url: String, name: String) -> String? {
    guard let split = SplitURL(url) else { return nil }
    // a relative `file:` URL can't stand in a direct reference
    if split.scheme == "file", !split.path.hasPrefix("/") { return nil }
    var kept: [String] = []
    if let directory = SplitURL.fragmentValue("subdirectory", in: url), !directory.isEmpty {
      kept.append("subdirectory=\(directory)")
    }
    if let hash = SplitURL.fragmentHash(in: url) { kept.append("\(hash.algorithm)=\(hash.digest)") }
    let fragment = kept.isEmpty ? "" : "#\(kept.joined(separator: "&"))"
    return "\(name) @ \(split.withoutFragment.text)\(fragment)"
  }

  /// Removes every `\[.+?\]`, wherever it stands.
  static func strippingExtras(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "[")) else { return text }
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "["), let end = closingBracket(bytes, after: index) {
        index = end + 1
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// The first `]` on the line with at least one character before it.
  private static func closingBracket(_ bytes: [UInt8], after open: Int) -> Int? {
    var index = open + 1
    while index < bytes.count, bytes[index] != UInt8(ascii: "\n") {
      if index > open + 1, bytes[index] == UInt8(ascii: "]") { return index }
      index += 1
    }
    return nil
  }

  /// No line ends in white space.
  static func trimmingLineEnds(_ text: String) -> String {
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var start = 0
    while start <= bytes.count {
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      var line = bytes[start..<end]
      while case let length = WhiteSpace.length(before: line.endIndex, in: line), length > 0 {
        line = line.dropLast(length)
      }
      if start > 0 { result.append(UInt8(ascii: "\n")) }
      result += line
      start = end + 1
    }
    return String(decoding: result, as: UTF8.self)
  }
}
