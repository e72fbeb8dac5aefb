import PythonPackaging

/// Why a text is no cron expression, and where.
///
/// Example: `0 25 * * *` fails at offset 2 with `.number`, "hour: `25` isn't between 0 and 23".
package struct CronError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What is wrong at ``offset``.
  package enum Reason: Sendable, Hashable {
    /// More bytes than an expression may have.
    case tooLong(limit: Int)
    /// Other than five fields.
    case fieldCount(Int)
    /// A word after `@` that stands for no expression; `@reboot` is no time.
    case macro(String)
    /// Something that some programs have in expressions and cron has not: `?`, `L`, `W`, `#`, `H`, `~`.
    case dialect(String)
    /// Neither a number nor a name of this field.
    case item(String, names: [String])
    /// A number outside the field's range.
    case number(String, allowed: ClosedRange<Int>)
    /// A range whose end is before its start.
    case reversed(String)
    /// A step that isn't 1 or more, or is greater than the field's range.
    case step(String, allowed: ClosedRange<Int>)
    /// A step behind a single number.
    case stepOfNumber(String, upTo: Int)
    /// Two commas, or one at the start or the end.
    case emptyItem
    /// No year has such a day, as 30 February.
    case neverOccurs
  }

  /// The field's name, nil where none is at fault.
  package let field: String?
  /// In UTF-8 bytes from the start of the text.
  package let offset: Int
  /// What is wrong there.
  package let reason: Reason

  init(_ field: CronField.Kind? = nil, at offset: Int, _ reason: Reason) {
    self.field = field?.rawValue
    self.offset = offset
    self.reason = reason
  }

  /// One line: the field, what was found, what is allowed.
  package var description: String {
    let words = phrase
    return field.map { "\($0): \(words)" } ?? words
  }

  private var phrase: String {
    switch reason {
    case .tooLong(let limit): return "the expression is longer than \(limit) bytes"
    case .fieldCount(let count):
      return "expected 5 fields (minute, hour, day of month, month, day of week), found \(count)"
    case .macro(let word):
      return "`\(shown(word))` isn't one of \(CronExpression.macros.map(\.name).joined(separator: ", "))"
    case .dialect(let item): return "`\(shown(item))` is no cron, but an extension of some programs"
    case .item(let item, let names):
      let allowed = names.isEmpty ? "a number" : "a number or a name (\(names.joined(separator: ", ")))"
      return "expected \(allowed), found `\(shown(item))`"
    case .number(let item, let allowed):
      return "`\(shown(item))` isn't between \(allowed.lowerBound) and \(allowed.upperBound)"
    case .reversed(let item): return "`\(shown(item))` ends before it begins; write two ranges"
    case .step(let item, let allowed):
      return "the step `\(shown(item))` isn't between \(allowed.lowerBound) and \(allowed.upperBound)"
    case .stepOfNumber(let item, let last):
      return "a step needs a range: write `\(shown(item))-\(last)/` and the step"
    case .emptyItem: return "expected a number between the commas"
    case .neverOccurs: return "no year has such a day"
    }
  }

  private func shown(_ text: String) -> String { PrintableText.excerpt(text, limit: 40) }
}
