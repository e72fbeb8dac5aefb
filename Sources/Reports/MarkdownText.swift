import LockDiff

/// Text from outside in Markdown as GitHub and GitLab render it, so that nothing in it is obeyed.
///
/// In prose a punctuation mark that could mean something is a character reference, which never has a meaning (CommonMark
/// 0.31, section 2.5). Links to people and threads are made of what is shown, so a zero-width space follows each of the
/// marks that begin one; that is a reference, too. The text doesn't begin a line.
enum MarkdownText {
  /// As prose, in a table's cell as well.
  static func prose(_ text: String) -> String {
    let scalars = Array(text.unicodeScalars)
    var result = ""
    for (index, scalar) in scalars.enumerated() {
      if isHarmless(scalar, at: index, in: scalars) {
        result.unicodeScalars.append(scalar)
        continue
      }
      result += "&#x\(String(scalar.value, radix: 16, uppercase: true));"
      // Of people and groups; of threads (`#1`, `GH-1`), merge requests, milestones, labels, epics, snippets.
      if scalar == "-" || "@#!%~&$".unicodeScalars.contains(scalar) { result += "&#x200B;" }
    }
    return result
  }

  private static func isHarmless(_ scalar: Unicode.Scalar, at index: Int, in text: [Unicode.Scalar]) -> Bool {
    let isBehindWord = index > 0 && isWord(text[index - 1])
    switch scalar {
    case _ where isWord(scalar) || !scalar.isASCII: return true
    case " ", ",", "(", ")", ";", "'": return true
    // No emoji (`:x:`), no scheme of a URL.
    case ":": return index + 1 < text.count && text[index + 1] == " "
    // `www.` makes a link, `GH-` a thread's.
    case ".": return isBehindWord && !ends(text[..<index], with: "www")
    case "-": return isBehindWord && !ends(text[..<index], with: "gh")
    case "/": return isBehindWord
    default: return false
    }
  }

  private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9": true
    default: false
    }
  }

  private static func ends(_ text: ArraySlice<Unicode.Scalar>, with word: String) -> Bool {
    String(String.UnicodeScalarView(text.suffix(word.unicodeScalars.count))).lowercased() == word
  }

  /// As code, where neither links nor anything else is made of it.
  static func code(_ text: String) -> String {
    let isPlain =
      !text.isEmpty && text.first != " " && text.last != " "
      && text.unicodeScalars.allSatisfy { scalar in
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", " ", ".", "-", "_", "/", "=", "+", ":", "!", ",", "(", ")": true
        default: false
        }
      }
    return isPlain ? "`\(text)`" : "<code>\(prose(text))</code>"
  }
}

extension MarkdownText {
  /// As code between tags of HTML, where backticks mean nothing.
  static func codeElement(_ text: String) -> String { "<code>\(prose(text))</code>" }

  /// A link whose text is our own.
  ///
  /// An address of a thread or commit on GitHub would leave a mention there; by its other name it leads to the same
  /// place and leaves none.
  static func link(_ label: String, to link: WebLink) -> String {
    let address = link.isOnGitHub ? "https://redirect.github.com\(link.path)" : link.description
    var escaped = ""
    for byte in address.utf8 {
      switch byte {
      case UInt8(ascii: "&"): escaped += "&amp;"
      case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "*"),
        UInt8(ascii: "'"), UInt8(ascii: "!"), UInt8(ascii: "$"), UInt8(ascii: "_"), UInt8(ascii: "~"):
        escaped += "%" + String(byte, radix: 16, uppercase: true)
      default: escaped.unicodeScalars.append(UnicodeScalar(byte))
      }
    }
    return "[\(label)](\(escaped))"
  }
}

/// Markdown of a bounded length, which ends at a row's end.
struct MarkdownWriter {
  /// What GitHub takes for a comment is 65 536; the rest is left for what others put around.
  static let limit = 60_000
  /// Room for the end of a `<details>` and for the sentence that says what is missing.
  private static let reserve = 400

  private(set) var text = ""
  private var count = 0
  private var isFolded = false
  private(set) var omittedRows = 0

  /// Writes lines that belong together, or none of them; whether they were written.
  @discardableResult
  mutating func write(_ lines: String) -> Bool {
    guard omittedRows == 0 else { return false }
    let size = lines.utf16.count + 1
    guard count + size <= Self.limit - Self.reserve else { return false }
    text += lines + "\n"
    count += size
    return true
  }

  /// Writes a table, or as many of its rows as there is room for.
  ///
  /// - Parameter summary: what stands on a table that is folded, our own words; nil for one that isn't.
  mutating func writeTable(heading: String, columns: [String], rows: [String], isFolded: Bool) {
    if rows.isEmpty { return }
    let opening = isFolded ? "\n<details>\n<summary>\(heading)</summary>\n" : "\n### \(heading)\n"
    let titles = "| \(columns.joined(separator: " | ")) |"
    let rule = "|" + String(repeating: " --- |", count: columns.count)
    guard write("\(opening)\n\(titles)\n\(rule)") else {
      omittedRows += rows.count
      return
    }
    self.isFolded = isFolded
    for (index, row) in rows.enumerated() where !write(row) {
      omittedRows += rows.count - index
      break
    }
    if self.isFolded { append("\n</details>\n") }
    self.isFolded = false
  }

  /// The text, and behind it what is missing.
  func finished() -> String {
    if omittedRows == 0 { return text }
    return text + "\nCut here: \(ShownCount.text(omittedRows, "more row")) would make this too long; "
      + "`--format json` has all of them.\n"
  }

  private mutating func append(_ lines: String) {
    text += lines
    count += lines.utf16.count
  }
}
