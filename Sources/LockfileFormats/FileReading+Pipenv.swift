import JSONReading
import PythonPackaging

/// `Pipfile.lock` (specification 6): `_meta`, then an object a category, `default` and `develop` among them.
extension FileReading {
  mutating func readPipfileLock() {
    var reader = PipfileLockReader(text)
    do throws(JSONError) {
      try reader.readDocument(&self)
    } catch {
      reader.report(error, &self)
      reader.recover(&self)
    }
    guard reader.hasMeta else {
      if file.pins.isEmpty || file.faults.isEmpty {
        fault(
          .missingField, .warning, at: .start, found: "no `_meta`",
          expected: "what Pipenv writes into `Pipfile.lock`",
          remedy: "lock again, or take the file from version control")
      }
      return
    }
    guard let (specification, offset) = reader.specification else {
      reportNoFormatVersion("pipfile-spec")
      return
    }
    let isKnown = checkFormat(
      String(specification), known: (6, 0), at: reader.lines.place(of: offset), tool: "`pipenv requirements`")
    if !isKnown { file.pins = [] }
  }
}

extension PinGroup {
  /// A category as Pipenv names it.
  init(pipenv name: String) {
    self = name == "default" ? .main : .group(PrintableText.excerpt(name, limit: 200))
  }
}

extension JSONScanner.Kind {
  /// What the value is, as a phrase.
  var noun: String {
    switch self {
    case .object: "an object"
    case .array: "an array"
    case .string: "a string"
    case .number: "a number"
    case .boolean: "a boolean"
    case .null: "`null`"
    }
  }
}
