import PythonPackaging

/// A line of a requirements file that pip reads as one requirement: as no option, no path, no variable of the
/// environment, and together with no other line.
///
/// Requirements of a build come from whoever wrote the tree: `--index-url=…` among them would make pip ask there, and
/// `${TOKEN}` in an address would send what the variable holds.
struct RequirementLine: Sendable, Hashable {
  /// As written, without blanks around it.
  let text: String

  /// Nil: it is no requirement (PEP 508; the ways of old releases are read as well).
  init?(_ written: String) {
    let isBlank: (Unicode.Scalar) -> Bool = { $0 == " " || $0 == "\t" || $0 == "\n" || $0 == "\r" }
    var scalars = Substring(written).unicodeScalars
    while let last = scalars.last, isBlank(last) { scalars.removeLast() }
    let trimmed = String(scalars.drop(while: isBlank))
    let isOneLine = trimmed.unicodeScalars.allSatisfy { $0 == "\t" || PrintableText.isPrintable($0) }
    guard isOneLine, !trimmed.hasSuffix("\\"), (try? Requirement(lenient: trimmed)) != nil else { return nil }
    text = trimmed
  }

  /// The line as it is written for pip.
  var escaped: String {
    var result = ""
    for character in text {
      // The same in an address, and nowhere else in a requirement.
      result += character == "{" && result.hasSuffix("$") ? "%7B" : String(character)
    }
    return result
  }
}
