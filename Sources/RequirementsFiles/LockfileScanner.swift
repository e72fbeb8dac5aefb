import PythonPackaging

/// The pass over a lockfile's bytes, line by line.
///
/// A line is, by its first character: nothing, a comment (`#`: header, origin, heading), an option (`-`), or an
/// entry. What follows an entry's version, on its own line or continued ones, is its *tail*: marker, hashes,
/// annotation.
struct LockfileScanner {
  private let bytes: [UInt8]
  private var lineNumber = 0
  /// Whether the line before ended in a backslash.
  private var isContinued = false
  /// Whether origins may follow, one a line.
  private var expectsOrigins = false
  private var expectsCommand = false
  private var isBelowUnsafeHeading = false
  /// Whether an entry was the last thing but comments, so that hashes and origins belong to it.
  private var hasEntry = false

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  mutating func scan(into contents: inout LockfileContents) {
    var start = 0
    while start < bytes.count {
      // LF, CR LF and CR end lines; nearly every byte is above both
      var end = start
      while end < bytes.count, bytes[end] > 0x0D || (bytes[end] != 0x0A && bytes[end] != 0x0D) { end += 1 }
      var next = end + 1
      if end < bytes.count {
        if bytes[end] == 0x0A {
          contents.newline = contents.newline ?? .lf
        } else if next < bytes.count, bytes[next] == 0x0A {
          contents.newline = .crlf
          next += 1
        }
      }
      lineNumber += 1
      var first = start
      while first < end, Self.isSpace(bytes[first]) { first += 1 }
      while end > first, Self.isSpace(bytes[end - 1]) { end -= 1 }
      if first < end {
        line(first..<end, isIndented: first > start, &contents)
      } else {
        isContinued = false
        expectsOrigins = false
      }
      start = next
    }
  }

  private mutating func line(_ range: Range<Int>, isIndented: Bool, _ contents: inout LockfileContents) {
    let first = bytes[range.lowerBound]
    if first == UInt8(ascii: "#") {
      isContinued = false
      comment(range, isIndented: isIndented, &contents)
      return
    }
    expectsOrigins = false
    if hasEntry, isContinued || starts(range, with: "--hash") {
      tail(range, &contents)
    } else if isContinued {
      // the rest of a line that was no pin
      isContinued = bytes[range].last == UInt8(ascii: "\\")
    } else if first == UInt8(ascii: "-") {
      option(range, &contents)
    } else {
      entry(range, &contents)
    }
  }

  // MARK: Comments

  private mutating func comment(_ range: Range<Int>, isIndented: Bool, _ contents: inout LockfileContents) {
    let text = trimmed(range.dropFirst())
    if hasEntry, let origins = viaOrigins(text) {
      contents.entries[contents.entries.count - 1].lastLine = lineNumber
      if origins.isEmpty { expectsOrigins = true } else { addOrigins(origins, &contents) }
      return
    }
    if expectsOrigins, !text.isEmpty, isIndented || text.lowerBound - range.lowerBound > 2 {
      contents.entries[contents.entries.count - 1].lastLine = lineNumber
      addOrigin(text, &contents)
      return
    }
    expectsOrigins = false
    if isIndented || text.isEmpty { return }
    if isBelowUnsafeHeading {
      if !text.contains(where: { Self.isSpace(bytes[$0]) }) { contents.unsafeNames.append(string(text)) }
    } else {
      heading(text, &contents)
    }
  }

  private mutating func heading(_ text: Range<Int>, _ contents: inout LockfileContents) {
    if expectsCommand {
      contents.command = string(text)
      expectsCommand = false
    } else if starts(text, with: "This file "), contents.entries.isEmpty {
      let line = string(text)
      if line.contains(" by repin") {
        contents.generator = .repin
      } else if line.contains(" by pip-compile") {
        contents.generator = .pipCompile
      } else if line.contains(" by uv") {
        contents.generator = .uv
      }
      if let python = line.split(separator: " with Python ").dropFirst().first {
        contents.headerPython = String(python.prefix { $0.isNumber || $0 == "." })
      }
      expectsCommand = line.hasSuffix("the following command:")
    } else if starts(text, with: "by the following command:"), contents.entries.isEmpty {
      expectsCommand = true
    } else if starts(text, with: "The following packages are considered to be unsafe")
      || starts(text, with: "WARNING: The following packages were not pinned")
    {
      isBelowUnsafeHeading = true
      hasEntry = false
    }
  }

  /// What follows `via`; nil if the comment is another one.
  private func viaOrigins(_ text: Range<Int>) -> Range<Int>? {
    guard starts(text, with: "via") else { return nil }
    let rest = text.dropFirst(3)
    if rest.isEmpty { return rest }
    return Self.isSpace(bytes[rest.lowerBound]) ? trimmed(rest) : nil
  }

  /// Origins separated by commas and spaces.
  private func addOrigins(_ range: Range<Int>, _ contents: inout LockfileContents) {
    var start = range.lowerBound
    for index in range where bytes[index] == UInt8(ascii: ",") {
      guard index + 1 < range.upperBound, Self.isSpace(bytes[index + 1]) else { continue }
      addOrigin(trimmed(start..<index), &contents)
      start = index + 1
    }
    addOrigin(trimmed(start..<range.upperBound), &contents)
  }

  private func addOrigin(_ range: Range<Int>, _ contents: inout LockfileContents) {
    guard !range.isEmpty else { return }
    contents.entries[contents.entries.count - 1].pin.origins.append(RequirementOrigin(string(range)))
  }

  // MARK: Options

  private mutating func option(_ range: Range<Int>, _ contents: inout LockfileContents) {
    isContinued = false
    let nameEnd =
      range.first { Self.isSpace(bytes[$0]) || bytes[$0] == UInt8(ascii: "=") } ?? range.upperBound
    let name = string(range.lowerBound..<nameEnd)
    let value = withoutComment(trimmed(min(nameEnd + 1, range.upperBound)..<range.upperBound))
    if name == "-e" || name == "--editable" {
      editable(trimmed(min(nameEnd + 1, range.upperBound)..<range.upperBound), &contents)
      return
    }
    hasEntry = false
    let short: OptionName? = name.count == 2 ? name.last.flatMap(OptionName.init(short:)) : nil
    contents.options.append(
      .init(name: short?.rawValue ?? name, value: string(value), line: lineNumber))
  }

  private mutating func editable(_ range: Range<Int>, _ contents: inout LockfileContents) {
    // the text ends where a tail can begin: space, then `;`, `#`, `--hash` or `\`
    let end = range.first { index in
      guard index + 1 < range.upperBound, Self.isSpace(bytes[index]) else { return false }
      let next = bytes[index + 1]
      return next == UInt8(ascii: ";") || next == UInt8(ascii: "#") || next == UInt8(ascii: "\\")
        || starts(index + 1..<range.upperBound, with: "--hash") || Self.isSpace(next)
    }
    let textRange = range.lowerBound..<(end ?? range.upperBound)
    let text = string(textRange)
    let name = SplitURL.fragmentValue("egg", in: text) ?? text.split(separator: " @ ").first.map(String.init)
    let pin = LockedPin(name: name.flatMap { try? PackageName($0) }, source: .editable(text))
    add(pin, &contents)
    tail(trimmed(textRange.upperBound..<range.upperBound), &contents)
  }

  private func withoutComment(_ range: Range<Int>) -> Range<Int> {
    let hash = range.first { index in
      bytes[index] == UInt8(ascii: "#") && index > range.lowerBound && Self.isSpace(bytes[index - 1])
    }
    return trimmed(range.lowerBound..<(hash ?? range.upperBound))
  }

  // MARK: Entries

  private mutating func add(_ pin: LockedPin, _ contents: inout LockfileContents) {
    contents.entries.append(
      .init(pin: pin, line: lineNumber, lastLine: lineNumber, isUnsafe: isBelowUnsafeHeading))
    hasEntry = true
  }

  private mutating func entry(_ range: Range<Int>, _ contents: inout LockfileContents) {
    var index = range.lowerBound
    while index < range.upperBound, Self.isNameByte(bytes[index]) { index += 1 }
    let nameRange = range.lowerBound..<index
    skipSpace(&index, range.upperBound)
    var extras: [ExtraName] = []
    if index < range.upperBound, bytes[index] == UInt8(ascii: "[") {
      guard let close = (index..<range.upperBound).first(where: { bytes[$0] == UInt8(ascii: "]") }) else {
        return other(range, &contents)
      }
      let names = string(index + 1..<close).split(separator: ",")
      extras = Set(names.compactMap { try? ExtraName(String($0.filter { !$0.isWhitespace })) }).sorted()
      index = close + 1
      skipSpace(&index, range.upperBound)
    }
    guard let name = try? PackageName(string(nameRange)) else { return direct(range, &contents) }
    if starts(index..<range.upperBound, with: "==") {
      let isArbitrary = starts(index..<range.upperBound, with: "===")
      index += isArbitrary ? 3 : 2
      skipSpace(&index, range.upperBound)
      let version = token(index..<range.upperBound) { $0 == UInt8(ascii: ";") || $0 == UInt8(ascii: ",") }
      let isWildcard = !isArbitrary && bytes[version].last == UInt8(ascii: "*")
      var rest = version.upperBound
      skipSpace(&rest, range.upperBound)
      let isOneOfSeveral = rest < range.upperBound && bytes[rest] == UInt8(ascii: ",")
      guard !version.isEmpty, !isWildcard, !isOneOfSeveral else { return other(range, &contents) }
      let text = string(version)
      add(
        LockedPin(name: name, extras: extras, source: isArbitrary ? .arbitraryVersion(text) : .version(text)),
        &contents)
      tail(version.upperBound..<range.upperBound, &contents)
    } else if index < range.upperBound, bytes[index] == UInt8(ascii: "@") {
      index += 1
      skipSpace(&index, range.upperBound)
      let url = token(index..<range.upperBound) { _ in false }
      guard !url.isEmpty else { return other(range, &contents) }
      add(LockedPin(name: name, extras: extras, source: .url(string(url))), &contents)
      tail(url.upperBound..<range.upperBound, &contents)
    } else {
      direct(range, &contents)
    }
  }

  /// A bare URL or path; anything else is no pin.
  private mutating func direct(_ range: Range<Int>, _ contents: inout LockfileContents) {
    let end = token(range) { _ in false }
    let text = string(end)
    let isPath = text.hasPrefix("./") || text.hasPrefix("../") || text.hasPrefix("/")
    guard isPath || SplitURL.isURL(text) else { return other(range, &contents) }
    var name = SplitURL.fragmentValue("egg", in: text).flatMap { try? PackageName($0) }
    if name == nil, let filename = SplitURL(text)?.filename, filename.hasSuffix(".whl") {
      name = (try? WheelFilename(filename))?.name
    }
    add(LockedPin(name: name, source: .url(text)), &contents)
    tail(end.upperBound..<range.upperBound, &contents)
  }

  private mutating func other(_ range: Range<Int>, _ contents: inout LockfileContents) {
    hasEntry = false
    isContinued = bytes[range].last == UInt8(ascii: "\\")
    contents.otherLines.append(.init(text: string(range), line: lineNumber))
  }

  // MARK: Tails

  /// Marker, hashes, annotation, and the backslash that continues them, in any order and number.
  private mutating func tail(_ range: Range<Int>, _ contents: inout LockfileContents) {
    let last = contents.entries.count - 1
    contents.entries[last].lastLine = lineNumber
    isContinued = false
    var index = range.lowerBound
    while true {
      skipSpace(&index, range.upperBound)
      guard index < range.upperBound else { return }
      let rest = index..<range.upperBound
      if bytes[index] == UInt8(ascii: "\\"), rest.count == 1 {
        isContinued = true
        return
      } else if bytes[index] == UInt8(ascii: "#") {
        if let origins = viaOrigins(trimmed(rest.dropFirst())) {
          if origins.isEmpty { expectsOrigins = true } else { addOrigins(origins, &contents) }
        }
        return
      } else if bytes[index] == UInt8(ascii: ";") {
        let marker = markerRange(rest.dropFirst())
        if !marker.isEmpty { contents.entries[last].pin.marker = string(marker) }
        index = max(marker.upperBound, index + 1)
      } else if starts(rest, with: "--hash") {
        index += 6
        if index < range.upperBound, bytes[index] == UInt8(ascii: "=") { index += 1 }
        skipSpace(&index, range.upperBound)
        let hash = token(index..<range.upperBound) { _ in false }
        if !hash.isEmpty { contents.entries[last].pin.hashes.append(string(hash)) }
        index = hash.upperBound
      } else {
        index = max(token(rest) { _ in false }.upperBound, index + 1)
      }
    }
  }

  /// A marker ends before ` --hash`, ` #` or a closing backslash.
  private func markerRange(_ range: Range<Int>) -> Range<Int> {
    var end = range.upperBound
    for index in range.dropFirst() where Self.isSpace(bytes[index - 1]) {
      let rest = index..<range.upperBound
      let isBackslash = bytes[index] == UInt8(ascii: "\\") && rest.count == 1
      if bytes[index] == UInt8(ascii: "#") || isBackslash || starts(rest, with: "--hash") {
        end = index
        break
      }
    }
    return trimmed(range.lowerBound..<end)
  }

  // MARK: Bytes

  /// The bytes up to white space, the closing backslash, or a byte that ends it.
  private func token(_ range: Range<Int>, endsAt isEnd: (UInt8) -> Bool) -> Range<Int> {
    var index = range.lowerBound
    while index < range.upperBound, !Self.isSpace(bytes[index]), !isEnd(bytes[index]) { index += 1 }
    if index == range.upperBound, index > range.lowerBound, bytes[index - 1] == UInt8(ascii: "\\") {
      index -= 1
    }
    return range.lowerBound..<index
  }

  private func string(_ range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }

  private func trimmed(_ range: Range<Int>) -> Range<Int> {
    var range = range
    while !range.isEmpty, Self.isSpace(bytes[range.lowerBound]) { range = range.dropFirst() }
    while !range.isEmpty, Self.isSpace(bytes[range.upperBound - 1]) { range = range.dropLast() }
    return range
  }

  private func skipSpace(_ index: inout Int, _ end: Int) {
    while index < end, Self.isSpace(bytes[index]) { index += 1 }
  }

  private func starts(_ range: Range<Int>, with prefix: StaticString) -> Bool {
    guard range.count >= prefix.utf8CodeUnitCount else { return false }
    return prefix.withUTF8Buffer { $0.elementsEqual(bytes[range.prefix($0.count)]) }
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || (byte >= 0x09 && byte <= 0x0D)
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
      true
    default: false
    }
  }
}
