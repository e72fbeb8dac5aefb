import PythonPackaging

extension RequirementLine {
  /// pip: a path has a slash or begins with a dot; whether it exists is not asked.
  static func looksLikePath(_ text: String) -> Bool {
    text.utf8.contains(UInt8(ascii: "/")) || text.utf8.first == UInt8(ascii: ".")
  }

  /// `^(.+)(\[[^\]]+\])$`: `./pkg[dev]` → `./pkg` and `[dev]`.
  static func strippingExtras(_ path: String) -> (path: String, extras: String?) {
    guard path.utf8.last == UInt8(ascii: "]"), let open = path.lastIndex(of: "["), open > path.startIndex
    else {
      return (path, nil)
    }
    let extras = path[open...]
    guard extras.utf8.count > 2, extras.firstIndex(of: "]") == extras.indices.last else { return (path, nil) }
    var bare = path[..<open]
    while let last = bare.unicodeScalars.last, WhiteSpace.isSpace(last) { bare.unicodeScalars.removeLast() }
    return (String(bare), String(extras))
  }

  /// The names in `[a,b]`.
  func extraNames(_ extras: String?, _ range: Range<Int>) throws(RequirementsFileError) -> [ExtraName] {
    guard let extras else { return [] }
    do {
      return try Requirement("placeholder\(extras.lowercased())").extras
    } catch {
      throw RequirementsFileError(
        location: line.location(at: range.lowerBound), reason: .invalidRequirement,
        found: "the extras `\(extras)`",
        expected: "names separated by commas")
    }
  }

  func stripped(_ range: Range<Int>) -> Range<Int> {
    WhiteSpace.stripped(line.text[range]).indices
  }

  /// A URL within the bytes of `range`, as written.
  func writtenURL(_ url: String, _ range: Range<Int>) -> String {
    guard line.isExpanded else { return url }
    let needle = Array(url.utf8)
    for start in range where line.text[start..<range.upperBound].starts(with: needle) {
      return line.written(start..<start + needle.count)
    }
    return line.written(range)
  }

  /// An error of the requirement grammar at its place in the file.
  func failure(
    _ error: RequirementError, _ reason: RequirementsFileError.Reason, in range: Range<Int>,
    remedy: String? = nil
  ) -> RequirementsFileError {
    let position = min(range.lowerBound + error.offset, range.upperBound)
    let location = line.location(at: position)
    let (found, expected) = error.phrases(
      subject: token(at: position, in: range),
      noun: reason == .invalidMarker ? "an environment marker" : "a requirement")
    return RequirementsFileError(
      location: location, reason: reason, found: found, expected: expected, remedy: remedy)
  }

  /// The text at `position` up to white space or a delimiter, for messages.
  private func token(at position: Int, in range: Range<Int>) -> String {
    let rest = line.text[position..<range.upperBound].prefix { byte in
      byte > 0x20 && byte != UInt8(ascii: ",") && byte != UInt8(ascii: ";") && byte != UInt8(ascii: "]")
    }
    return rest.isEmpty ? "the end" : "`\(line.written(rest.indices))`"
  }

  func urlFailure(_ problem: DirectURL.Problem, _ range: Range<Int>) -> RequirementsFileError {
    let location = line.location(at: range.lowerBound)
    switch problem {
    case .malformed:
      return RequirementsFileError(
        location: location, reason: .invalidURL, found: "a URL whose brackets don't match", expected: "a URL")
    case .remoteFile(let host):
      return RequirementsFileError(
        location: location, reason: .invalidURL, found: "the host `\(host)` in a `file:` URL",
        expected: "`file:///` and an absolute path")
    case .egg(let egg):
      let hasExtras = egg.contains("[")
      return RequirementsFileError(
        location: location, reason: .invalidEggFragment, found: "`#egg=\(egg)`",
        expected: "a project's name alone",
        remedy: hasExtras ? "write it as `name[extras] @ URL`" : "write it as `name @ URL`")
    }
  }
}
