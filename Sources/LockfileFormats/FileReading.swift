import PythonPackaging
import RequirementsFiles

/// A file while it is read: its text, and what has been found so far.
struct FileReading {
  /// The text, UTF-8 without a byte order mark; lines of merge markers are blank.
  var text: [UInt8] = []
  let limits: PinnedFileReader.Limits
  var file: PinnedFile
  /// Whether the file says that its packages may conflict, by extras or groups that exclude one another.
  var hasConflicts = false
  /// Whether ``FilePin/hashes`` and ``FilePin/askers`` are wanted.
  let keepsOrigins: Bool
  /// What pins ask for, by their place in the file.
  var dependencies: [(pin: Int, asked: [PinDependency])] = []
  private var hasTooManyPins = false
  private var knownLineCount: Int?

  init(path: String, limits: PinnedFileReader.Limits, keepsOrigins: Bool = false) {
    self.limits = limits
    self.keepsOrigins = keepsOrigins
    file = PinnedFile(path: PrintableText.escaped(path))
  }

  /// The number of lines, counted when it is first asked for.
  var lineCount: Int {
    mutating get {
      let count = knownLineCount ?? LineIndex(text).count
      knownLineCount = count
      return count
    }
  }

  /// Keeps a pin; behind the limit there is one fault and no more pins.
  mutating func add(_ pin: FilePin, asking asked: [PinDependency] = []) {
    guard file.pins.count < limits.pins else {
      if !hasTooManyPins {
        hasTooManyPins = true
        fault(
          .tooManyPins, at: FilePlace(line: pin.line), found: "more pins", expected: "at most \(limits.pins)",
          unread: "what follows")
      }
      return
    }
    if !asked.isEmpty { dependencies.append((file.pins.count, asked)) }
    file.pins.append(pin)
  }

  /// Counts a fault that isn't kept, if there are as many as are kept; gives whether that is so.
  mutating func omitsFault() -> Bool {
    guard file.faults.count >= limits.faults else { return false }
    file.omittedFaultCount += 1
    return true
  }

  /// Keeps a fault, unless there are too many.
  mutating func fault(
    _ reason: PinnedFileFault.Reason, _ severity: PinnedFileFault.Severity = .error, at place: FilePlace,
    found: String, expected: String, unread: String? = nil, remedy: String? = nil
  ) {
    if omitsFault() { return }
    file.faults.append(
      PinnedFileFault(
        location: SourceLocation(file: file.path, line: place.line, column: place.column), severity: severity,
        reason: reason, found: PrintableText.excerpt(found, limit: 300),
        expected: PrintableText.excerpt(expected, limit: 300),
        unread: unread.map { PrintableText.excerpt($0, limit: 200) },
        remedy: remedy.map { PrintableText.excerpt($0, limit: 300) }))
  }
}

/// Text from the file in backticks, cut to a length that fits into a message.
func quoted(_ text: String) -> String { "`\(PrintableText.excerpt(text, limit: 80))`" }
