extension Character {
  /// The character in backticks, or its code points where it can't be shown safely: `U+000A`, `a space`.
  var quoted: String {
    let isHidden = unicodeScalars.contains { scalar in
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: true
      default: false
      }
    }
    if self == "`" { return "a backtick" }
    if self == " " { return "a space" }
    guard isHidden else { return "`\(self)`" }
    return unicodeScalars.prefix(8).map { scalar in
      let digits = String(scalar.value, radix: 16, uppercase: true)
      return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }.joined(separator: " ")
  }
}

extension String {
  /// The text in backticks, at most 80 characters of it, each that can't be shown safely as `<U+000A>`.
  var quoted: String {
    var shown = "`"
    for (index, character) in self.enumerated() {
      if index == 80 { return shown + "…`" }
      let form = character.quoted
      shown += form.hasPrefix("U+") ? "<\(form)>" : String(character)
    }
    return shown + "`"
  }
}
