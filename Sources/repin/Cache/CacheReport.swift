import PackageIndex
import Reports

/// What a cache holds, or what was removed from it; docs/cache.md describes it as data, and its version changes where a reader
/// could break.
struct CacheReport {
  let directory: String
  let contents: CacheContents
  /// What it held before something was removed; nil: nothing was asked to be.
  var before: CacheContents?
  /// What was to be removed, as a phrase.
  var removed = ""

  private struct Document: Encodable {
    struct Amount: Encodable {
      let count: Int64
      let bytes: Int64
    }

    let version = 1
    let directory: String
    let bytes: Int64
    var limit: Int64?
    var holds: [String: Amount]?
    var removed: [String: Amount]?
    var freed: Int64?
  }

  func text(_ format: OutputFormat) -> String {
    format == .json ? JSONText.text(of: document) : lines.joined(separator: "\n")
  }

  private var document: Document {
    var document = Document(directory: directory, bytes: contents.bytes)
    if let gone {
      document.removed = Self.amounts(gone)
      document.freed = gone.bytes
    } else {
      document.limit = CacheBound.usual
      document.holds = Self.amounts(contents)
    }
    return document
  }

  private static func amounts(_ contents: CacheContents) -> [String: Document.Amount] {
    Dictionary(
      uniqueKeysWithValues: CacheContents.Kind.allCases.map { kind in
        let amount = contents.amount(kind)
        return (kind.rawValue, Document.Amount(count: amount.count, bytes: amount.bytes))
      })
  }

  /// What isn't there any more.
  private var gone: CacheContents? { before?.removed(to: contents) }

  private var lines: [String] {
    guard let gone else {
      return ["\(directory): \(Self.size(contents.bytes))"] + Self.table(contents)
    }
    let left = contents.bytes == 0 ? "nothing is left" : "\(Self.size(contents.bytes)) are left"
    let table = Self.table(gone)
    return [table.isEmpty ? "\(directory) has nothing to remove" : "removed from \(directory): \(removed)"]
      + table
      + ["freed \(Self.size(gone.bytes)); \(left)"]
  }

  private static func table(_ contents: CacheContents) -> [String] {
    CacheContents.Kind.allCases.compactMap { kind in
      guard let amount = contents.amounts[kind] else { return nil }
      let count = String(amount.count)
      let words = kind.words
      return "  \(words)\(spaces(34 - words.count - count.count))\(count)  \(size(amount.bytes))"
    }
  }

  private static func spaces(_ count: Int) -> String { String(repeating: " ", count: max(1, count)) }

  /// `412 bytes`, `1.2 KiB`, `71.0 MiB`.
  static func size(_ bytes: Int64) -> String {
    if bytes < 1024 { return bytes == 1 ? "1 byte" : "\(bytes) bytes" }
    var tenths = bytes * 10 / 1024
    for unit in ["KiB", "MiB"] {
      if tenths < 10_240 { return "\(tenths / 10).\(tenths % 10) \(unit)" }
      tenths /= 1024
    }
    return "\(tenths / 10).\(tenths % 10) GiB"
  }
}

extension CacheContents.Kind {
  /// In the plural.
  fileprivate var words: String {
    switch self {
    case .pages: "project pages"
    case .metadata: "metadata of files"
    case .builds: "metadata of builds"
    case .interpreters: "interpreters"
    case .links: "find-links pages"
    case .repositories: "repositories"
    case .advisories: "advisories"
    case .outdated: "caches of older versions"
    }
  }
}
