import PythonPackaging

/// Why a YAML document can't be read, and where.
struct YAMLError: Error, Hashable, CustomStringConvertible {
  /// What is wrong.
  enum Reason: Hashable {
    /// It isn't YAML, in libyaml's words.
    case syntax(String)
    /// The text has more bytes.
    case tooLarge(limit: Int)
    /// Mappings and sequences stand deeper inside one another.
    case tooDeep(limit: Int)
    /// An alias: what it would repeat can be beyond all bounds.
    case alias
    /// A mapping's key that is no scalar.
    case key
    /// A mapping has a key twice.
    case repeatedKey(String)
    /// There is no document, or none with anything in it.
    case empty
    /// There is a second document.
    case secondDocument
    case outOfMemory
  }

  /// From 1 on.
  let line: Int
  /// From 1 on, in characters.
  let column: Int
  let reason: Reason

  /// The place, and the reason as a phrase.
  var description: String { "line \(line), column \(column): \(phrase)" }

  private var phrase: String {
    switch reason {
    case .syntax(let words): "no YAML: \(PrintableText.excerpt(words, limit: 120))"
    case .tooLarge(let limit): "the text is larger than \(limit) bytes"
    case .tooDeep(let limit): "more than \(limit) levels inside one another"
    case .alias: "an alias, which isn't read here"
    case .key: "a key that is no scalar"
    case .repeatedKey(let key): "the key `\(PrintableText.excerpt(key, limit: 60))` for the second time"
    case .empty: "nothing"
    case .secondDocument: "a second document"
    case .outOfMemory: "more than there is memory for"
    }
  }
}
