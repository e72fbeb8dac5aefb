import PythonPackaging

/// One `--only-binary` or `--no-binary` of a command line.
struct FormatSelection: Sendable, Hashable {
  /// Whether it takes wheels only; else source distributions only.
  let takesWheels: Bool
  /// Names with commas between them, `:all:` or `:none:`.
  let value: String

  /// Those among the words of a command line, in order.
  static func all(in words: [String]) -> [FormatSelection] {
    var selections: [FormatSelection] = []
    var rest = words.prefix { $0 != "--" }
    while let word = rest.popFirst() {
      for (option, takesWheels) in [("--only-binary", true), ("--no-binary", false)] {
        if word == option, let value = rest.popFirst() {
          selections.append(FormatSelection(takesWheels: takesWheels, value: value))
        } else if word.hasPrefix("\(option)=") {
          let value = String(word.dropFirst(option.count + 1))
          selections.append(FormatSelection(takesWheels: takesWheels, value: value))
        }
      }
    }
    return selections
  }
}

extension FormatControl {
  /// What selections come to, in order.
  fileprivate init(_ selections: [FormatSelection]) {
    self.init()
    add(selections)
  }

  /// Adds selections in order, `:all:` first, so that a name given beside it is the exception, whichever comes first.
  mutating func add(_ selections: [FormatSelection]) {
    for isOfAll in [true, false] {
      for selection in selections where selection.value.contains(NameSelection.all) == isOfAll {
        if selection.takesWheels {
          addOnlyBinary(selection.value)
        } else {
          addNoBinary(selection.value)
        }
      }
    }
  }
}

extension CompileCommand {
  /// `--no-binary` and `--only-binary` where their order is of no consequence.
  var formatSelections: [FormatSelection] {
    noBinary.map { FormatSelection(takesWheels: false, value: $0) }
      + onlyBinary.map { FormatSelection(takesWheels: true, value: $0) }
  }

  /// Where the words that the command was read from say `--only-binary` and `--no-binary` of the same package, leaves it to
  /// the later, as pip does; the header shows what is left.
  mutating func settleFormats(by words: [String]) {
    let written = FormatSelection.all(in: words)
    guard written.filter(\.takesWheels).map(\.value) == onlyBinary,
      written.filter({ !$0.takesWheels }).map(\.value) == noBinary
    else { return }
    let settled = FormatControl(written)
    let isSettled = [formatSelections, formatSelections.reversed()].allSatisfy {
      FormatControl($0) == settled
    }
    if isSettled { return }
    onlyBinary = Self.values(settled.onlyBinary, instead: onlyBinary)
    noBinary = Self.values(settled.noBinary, instead: noBinary)
  }

  /// Names as values of an option; what emptied its list before still does.
  private static func values(_ names: Set<String>, instead values: [String]) -> [String] {
    let empties = values.contains { $0.split(separator: ",").contains(Substring(NameSelection.none)) }
    return (empties ? [NameSelection.none] : []) + names.sorted()
  }
}
