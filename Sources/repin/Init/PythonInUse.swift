import PackageIndex
import PythonPackaging

/// The Python that a project runs on, as its files say: the image of its Dockerfile, else `.python-version`.
struct PythonInUse {
  let context: CommandContext

  /// `3.12`; nil: nothing says it, or several say different ones.
  var version: String? {
    let images = ["Dockerfile", "Containerfile"].flatMap {
      lines(of: $0).compactMap { Self.version(ofImage: $0) }
    }
    if let first = images.first { return images.allSatisfy { $0 == first } ? first : nil }
    return lines(of: ".python-version").first { !$0.hasPrefix("#") }.flatMap { Self.version(in: $0) }
  }

  private func lines(of path: String) -> [String] {
    let bytes = (try? Files.readRegular(context.absolute(path), limit: 1 << 20)) ?? []
    return bytes.split(separator: UInt8(ascii: "\n")).map { line in
      String(decoding: line, as: UTF8.self).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
  }

  /// Of `FROM --platform=… python:3.12-slim@sha256:… AS build` the version (Dockerfile reference, "FROM").
  private static func version(ofImage line: String) -> String? {
    let words = line.split(separator: " ")
    guard words.first?.lowercased() == "from",
      let image = words.dropFirst().first(where: { !$0.hasPrefix("--") })
    else { return nil }
    let name = image.prefix { $0 != "@" }
    guard let colon = name.lastIndex(of: ":") else { return nil }
    let repository = name[..<colon].split(separator: "/").last
    return repository == "python" ? version(in: String(name[name.index(after: colon)...])) : nil
  }

  /// Of `3.12`, `3.12.4` or `3.12.4-slim` the first two numbers.
  private static func version(in text: String) -> String? {
    let parts = text.prefix { $0 != "-" }.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count >= 2, parts[0] == "3", let minor = UInt8(parts[1]), "\(minor)" == parts[1] else {
      return nil
    }
    return "3.\(minor)"
  }
}
