/// A comparison operator of a marker.
package enum MarkerOperator: String, Sendable, Hashable {
  case arbitraryEqual = "==="
  case equal = "=="
  case compatible = "~="
  case notEqual = "!="
  case lessOrEqual = "<="
  case greaterOrEqual = ">="
  case less = "<"
  case greater = ">"
  case `in`
  case notIn = "not in"

  /// The operators that are not words, each before those it begins with.
  static let symbols: [MarkerOperator] = [
    .arbitraryEqual, .equal, .compatible, .notEqual, .lessOrEqual, .greaterOrEqual, .less, .greater,
  ]
}

/// One side of a comparison.
enum MarkerOperand: Sendable, Hashable, CustomStringConvertible {
  case variable(MarkerVariable)
  case literal(String)

  /// The operand as `packaging` writes it: literals in double quotes unless they hold one.
  var description: String {
    switch self {
    case .variable(let variable): variable.rawValue
    case .literal(let text): text.utf8.contains(UInt8(ascii: "\"")) ? "'\(text)'" : "\"\(text)\""
    }
  }

  /// The text that `packaging` compares with when the other side decides how: a literal's, or a variable's name.
  var text: String {
    switch self {
    case .variable(let variable): variable.rawValue
    case .literal(let text): text
    }
  }
}

/// A comparison of a marker: `python_version >= "3.8"`.
///
/// Names of extras and groups are normalised (PEP 685). The test is decided once, here, so that evaluation neither
/// parses nor allocates.
struct MarkerComparison: Sendable, Hashable, CustomStringConvertible {
  /// How the comparison is evaluated.
  enum Test: Sendable, Hashable {
    /// The variable's value is a version within the specifier.
    case version(MarkerVariable, Specifier)
    /// The variable's value is this text, letter case aside (`===`).
    case identity(MarkerVariable, String)
    /// The literal is a version within the specifier of the operator and the variable's value.
    case reversedVersion(String, MarkerOperator, MarkerVariable)
    /// The variable's value compares so with the text.
    case text(MarkerVariable, MarkerOperator, String)
    /// The text compares so with the variable's value.
    case reversedText(String, MarkerOperator, MarkerVariable)
    /// The requested extra compares so with the name.
    case extra(MarkerOperator, String)
    /// The name compares so with the requested extra.
    case reversedExtra(String, MarkerOperator)
    /// The name is in the set.
    case member(String, MarkerVariable)
    /// The name is not in the set.
    case notMember(String, MarkerVariable)
    /// The answer doesn't depend on the environment.
    case constant(Bool)
  }

  let left: MarkerOperand
  let `operator`: MarkerOperator
  let right: MarkerOperand
  let test: Test

  init(left: MarkerOperand, operator: MarkerOperator, right: MarkerOperand) {
    var (left, right) = (left, right)
    if case .variable(.extra) = left, case .literal(let name) = right {
      right = .literal(NameNormalization.normalized(name))
    } else if case .variable(let variable) = right, variable == .extra || variable.isSet,
      case .literal(let name) = left
    {
      left = .literal(NameNormalization.normalized(name))
    }
    self.left = left
    self.operator = `operator`
    self.right = right
    test = Self.test(left, `operator`, right)
  }

  /// Whether `packaging` refuses to evaluate the comparison, whatever the environment: texts know no `~=` and no `===`,
  /// and one side must be a variable.
  var isUndefined: Bool {
    switch (test, left, right) {
    case (_, .literal, .literal): true
    case (.text, _, _), (.reversedText, _, _), (.extra, _, _), (.reversedExtra, _, _):
      `operator` == .compatible || `operator` == .arbitraryEqual
    default: false
    }
  }

  /// Whether a variable of the comparison is `extra`.
  var mentionsExtra: Bool { left == .variable(.extra) || right == .variable(.extra) }

  /// The comparison as `packaging` writes it.
  var description: String { "\(left) \(`operator`.rawValue) \(right)" }

  private static func test(_ left: MarkerOperand, _ comparison: MarkerOperator, _ right: MarkerOperand)
    -> Test
  {
    switch (left, right) {
    case (.variable(.extra), _): return .extra(comparison, right.text)
    case (.variable(let variable), _) where variable.isSet: return .constant(false)
    case (.variable(let variable), _) where variable.isVersion:
      return versionTest(variable, comparison, right.text)
    case (.variable(let variable), _): return .text(variable, comparison, right.text)
    case (.literal(let name), .variable(.extra)): return .reversedExtra(name, comparison)
    case (.literal(let name), .variable(let variable)) where variable.isSet:
      switch comparison {
      case .in: return .member(name, variable)
      case .notIn: return .notMember(name, variable)
      case .notEqual: return .constant(true)
      default: return .constant(false)
      }
    case (.literal(let text), .variable(let variable)):
      return variable.isVersion
        ? .reversedVersion(text, comparison, variable) : .reversedText(text, comparison, variable)
    case (.literal, .literal): return .constant(false)
    }
  }

  /// As `packaging`: a version comparison if the operator and the text make a specifier, else one of texts.
  private static func versionTest(
    _ variable: MarkerVariable, _ comparison: MarkerOperator, _ text: String
  ) -> Test {
    switch specifier(comparison, text) {
    case .version(let specifier): .version(variable, specifier)
    case .identity(let text): .identity(variable, text)
    case nil: .text(variable, comparison, text)
    }
  }

  /// What an operator and a text make of a version.
  enum VersionTest {
    case version(Specifier)
    case identity(String)
  }

  /// The specifier that an operator and a text make when they are written together; nil if they make none.
  static func specifier(_ comparison: MarkerOperator, _ text: String) -> VersionTest? {
    switch comparison {
    case .in, .notIn: return nil
    case .arbitraryEqual:
      let trimmed = trimmingWhiteSpace(text)
      let isVersion = trimmed.utf8.allSatisfy { byte in
        byte > 0x20 && byte != UInt8(ascii: ";") && byte != UInt8(ascii: ")")
      }
      return isVersion ? .identity(trimmed.lowercased()) : nil
    default:
      guard let specifier = try? Specifier(comparison.rawValue + text) else { return nil }
      return .version(specifier)
    }
  }

  private static func trimmingWhiteSpace(_ text: String) -> String {
    var part = text[...]
    while let last = part.last, last.isWhitespace { part.removeLast() }
    return String(part.drop { $0.isWhitespace })
  }
}
