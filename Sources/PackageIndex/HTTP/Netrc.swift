/// The machines of a netrc file.
///
///     file    = { "machine" name entry | "default" entry | "macdef" name lines-up-to-an-empty-one }
///     entry   = { "login" word | "account" word | "password" word }
///     word    = one without white space | '"' anything with \" and \\ '"'
///
/// `#` at the start of a word where a keyword may stand begins a comment to the line's end. What can't be
/// read is passed over: a stray word must not keep an index from being asked.
package struct Netrc: Sendable, Hashable {
  /// By name, in the order written.
  private var machines: [String: [Credentials]] = [:]
  private var fallback: Credentials?

  /// No entries.
  package init() {}

  /// Reads a file's text; what can't be read is skipped.
  package init(_ text: String) {
    var words = Words(text)
    while let word = words.next() {
      switch word {
      case "machine":
        guard let name = words.next() else { return }
        let entry = Netrc.entry(&words)
        if let entry { machines[name.lowercased(), default: []].append(entry) }
      case "default":
        let entry = Netrc.entry(&words)
        if fallback == nil { fallback = entry }
      case "macdef": words.skipParagraph()
      default:
        if word.hasPrefix("#") { words.skipLine() }
      }
    }
  }

  /// What to send to `host` (lower case, without port): the first entry for it, as in ftp(1), or for this user of it.
  func credentials(for host: String, user: String? = nil) -> Credentials? {
    let entries = machines[host] ?? (fallback.map { [$0] } ?? [])
    guard let user else { return entries.first }
    return entries.first { $0.user == user }
  }

  /// Every form in which one of its passwords may turn up in a program's output.
  package var secrets: [String] {
    (machines.values.joined() + (fallback.map { [$0] } ?? [])).flatMap(\.secrets)
  }

  private static func entry(_ words: inout Words) -> Credentials? {
    var login: String?
    var password: String?
    while let word = words.peek() {
      switch word {
      case "login", "user":
        _ = words.next()
        login = words.next()
      case "account":
        _ = words.next()
        _ = words.next()
      case "password":
        _ = words.next()
        password = words.next()
      default:
        guard word.hasPrefix("#") else {
          return login.map { Credentials(user: $0, password: password ?? "") }
        }
        _ = words.next()
        words.skipLine()
      }
    }
    return login.map { Credentials(user: $0, password: password ?? "") }
  }

  private struct Words {
    private let bytes: [UInt8]
    private var at = 0

    init(_ text: String) { bytes = Array(text.utf8) }

    func peek() -> String? {
      var copy = self
      return copy.next()
    }

    mutating func next() -> String? {
      while at < bytes.count, bytes[at] <= 0x20 { at += 1 }
      guard at < bytes.count else { return nil }
      var word: [UInt8] = []
      if bytes[at] == UInt8(ascii: "\"") {
        at += 1
        while at < bytes.count, bytes[at] != UInt8(ascii: "\"") {
          if bytes[at] == UInt8(ascii: "\\"), at + 1 < bytes.count { at += 1 }
          word.append(bytes[at])
          at += 1
        }
        at += 1
      } else {
        while at < bytes.count, bytes[at] > 0x20 {
          word.append(bytes[at])
          at += 1
        }
      }
      return String(decoding: word, as: UTF8.self)
    }

    mutating func skipLine() {
      // The word read last may have ended at the line's end already.
      while at < bytes.count, bytes[at] != 0x0a { at += 1 }
    }

    mutating func skipParagraph() {
      while at < bytes.count {
        if bytes[at] == 0x0a, at + 1 < bytes.count, bytes[at + 1] == 0x0a { return }
        at += 1
      }
    }
  }
}
