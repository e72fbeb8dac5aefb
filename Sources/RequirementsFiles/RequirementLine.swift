import PythonPackaging

/// The requirement of one line, read as pip's `constructors.py` reads it: a URL, an existing path, an archive's
/// name, else PEP 508.
///
///     requirement = (url | path, [extras] | name-based), [";" marker]   ; "; " after a URL
struct RequirementLine {
  let line: LogicalLine
  let reader: RequirementsReader

  /// What a line asks for.
  struct Parsed {
    var kind: InputRequirement.Kind
    /// The requirement as written, on one line.
    var text: String
    /// The URL as written.
    var writtenURL: String?
    /// An archive's path that names no file.
    var missingArchive: String?
  }

  // MARK: Requirements

  func requirement(_ range: Range<Int>) throws(RequirementsFileError) -> Parsed {
    let bytes = line.text
    let isURL = SplitURL.isURL(line.string(range))
    var nameRange = stripped(range)
    var marker: Marker?
    if let separator = separator(in: range, isURL: isURL) {
      nameRange = stripped(range.lowerBound..<separator)
      marker = try self.marker(stripped(separator + 1..<range.upperBound))
    }
    let name = String(decoding: bytes[nameRange], as: UTF8.self)
    var parsed: Parsed
    if SplitURL.isURL(name) {
      parsed = try url(name, nameRange, marker)
    } else if let path = try path(name, nameRange, marker) {
      parsed = path
    } else {
      parsed = try specifier(nameRange, marker)
    }
    parsed.text = line.written(range.lowerBound..<stripped(range).upperBound)
    return parsed
  }

  /// The first `;`, or for a URL the first `;` before a space.
  private func separator(in range: Range<Int>, isURL: Bool) -> Int? {
    range.first { index in
      guard line.text[index] == UInt8(ascii: ";") else { return false }
      return !isURL || (index + 1 < range.upperBound && line.text[index + 1] == UInt8(ascii: " "))
    }
  }

  private func marker(_ range: Range<Int>) throws(RequirementsFileError) -> Marker? {
    guard !range.isEmpty else { return nil }
    do {
      return try Marker(evaluable: line.string(range))
    } catch {
      throw failure(error, .invalidMarker, in: range)
    }
  }

  /// A PEP 508 requirement.
  private func specifier(_ range: Range<Int>, _ marker: Marker?) throws(RequirementsFileError) -> Parsed {
    let text = line.string(range)
    var requirement: Requirement
    do {
      requirement = try Requirement(text)
    } catch {
      if Self.looksLikePath(text), !text.contains("@"), !text.contains("=") || text.contains("#") {
        throw RequirementsFileError(
          location: line.location(at: range.lowerBound), reason: .invalidRequirement, found: "`\(text)`",
          expected: "a requirement, a URL, or the path of a directory or an archive that is there")
      }
      throw failure(error, .invalidRequirement, in: range, remedy: remedy(for: text))
    }
    requirement.marker = marker
    guard let url = requirement.url else { return Parsed(kind: .named(requirement), text: text) }
    _ = try DirectURL(url, failing: { urlFailure($0, range) })
    return Parsed(kind: .direct(requirement), text: text, writtenURL: writtenURL(url, range))
  }

  private func remedy(for text: String) -> String? {
    if text.contains("/") { return "if it is a path, there is no such file or directory" }
    let operators = ["~=", "==", "!=", "<=", ">=", "<", ">"]
    if text.contains("="), !operators.contains(where: text.contains) { return "write `==` for one version" }
    return nil
  }

  /// A bare URL: its name is the wheel's, or what `#egg=` says.
  private func url(
    _ text: String, _ range: Range<Int>, _ marker: Marker?
  ) throws(RequirementsFileError) -> Parsed {
    let direct = try DirectURL(text, failing: { urlFailure($0, range) }).normalizingDots(
      in: reader.workingDirectory)
    return try Parsed(
      kind: kind(direct, path: nil, extras: [], marker, range), text: text,
      writtenURL: direct.text == text ? writtenURL(text, range) : direct.text)
  }

  private func kind(
    _ direct: DirectURL, path: String?, extras: [ExtraName], _ marker: Marker?, _ range: Range<Int>
  ) throws(RequirementsFileError) -> InputRequirement.Kind {
    if direct.isWheel {
      do {
        let wheel = try WheelFilename(direct.split.filename)
        return .direct(Requirement(name: wheel.name, extras: extras, url: direct.text, marker: marker))
      } catch {
        throw RequirementsFileError(
          location: line.location(at: range.lowerBound), reason: .invalidWheelFilename,
          found: "`\(direct.split.filename)`",
          expected: "a wheel's file name, `name-version-python-abi-platform.whl`")
      }
    }
    if let egg = direct.egg, let name = try? PackageName(egg) {
      return .direct(Requirement(name: name, extras: extras, url: direct.text, marker: marker))
    }
    return .unnamed(UnnamedRequirement(url: direct.text, path: path, extras: extras, marker: marker))
  }

  /// A path to a directory or an archive; nil if the text is neither.
  private func path(
    _ text: String, _ range: Range<Int>, _ marker: Marker?
  ) throws(RequirementsFileError) -> Parsed? {
    let looksLikePath = Self.looksLikePath(text)
    // a bare name's extension is the whole path's
    guard looksLikePath || PosixPath(Self.strippingExtras(text).path).isArchive else { return nil }
    let (path, extras) = Self.strippingExtras(PosixPath(text).absolute(in: reader.workingDirectory).text)
    let isArchive = PosixPath(path).isArchive
    var missing: String?
    switch reader.pathKind(path) {
    case .directory(let isInstallable) where looksLikePath:
      guard isInstallable else { throw notInstallable(text, range) }
    case .file where isArchive: break
    default:
      guard isArchive else { return nil }
      // `name @ file.zip` is PEP 508's form, not a path
      if let at = text.firstIndex(of: "@"), !Self.looksLikePath(String(text[..<at])) { return nil }
      missing = text
    }
    let url = PosixPath(path).fileURL(in: reader.workingDirectory)
    let direct = try DirectURL(url, failing: { urlFailure($0, range) })
    let names = try extraNames(extras, range)
    return Parsed(
      kind: try kind(direct, path: path, extras: names, marker, range), text: text, writtenURL: nil,
      missingArchive: missing)
  }

  // MARK: Editables

  func editable(_ option: WrittenOption) throws(RequirementsFileError) -> Parsed {
    let range = option.valueOffset..<option.valueOffset
    let shown = option.written.contains(where: { " \t\"'\\".contains($0) })
    var parsed = try editableSubject(option.value, range)
    parsed.text = shown ? ShellWord.quoted(option.written) : option.written
    if parsed.writtenURL != nil {
      parsed.writtenURL = (try? Requirement(option.written))?.url ?? option.written
    }
    return parsed
  }

  private func editableSubject(_ text: String, _ range: Range<Int>) throws(RequirementsFileError) -> Parsed {
    if let requirement = try? Requirement(text), let url = requirement.url {
      let direct = try DirectURL(url, failing: { urlFailure($0, range) })
      guard direct.isVersionControl || direct.text.hasPrefix("file:") else { throw notEditable(text, range) }
      return Parsed(kind: .direct(requirement), text: text, writtenURL: url)
    }
    var (path, extrasText) = Self.strippingExtras(text)
    let extras = try extraNames(extrasText, range)
    var local: String?
    if !path.isEmpty,
      case .directory(let isInstallable) = reader.pathKind(
        PosixPath(path).absolute(in: reader.workingDirectory).text)
    {
      guard isInstallable else { throw notInstallable(path, range) }
      local = PosixPath(path).absolute(in: reader.workingDirectory).text
      path = PosixPath(path).fileURL(in: reader.workingDirectory)
    }
    if path.lowercased().hasPrefix("file:") {
      let direct = try DirectURL(path, failing: { urlFailure($0, range) })
      let kind: InputRequirement.Kind =
        if let egg = direct.egg, let name = try? PackageName(egg) {
          .direct(Requirement(name: name, extras: extras, url: path))
        } else {
          .unnamed(UnnamedRequirement(url: path, path: local, extras: extras))
        }
      return Parsed(kind: kind, text: text, writtenURL: local == nil ? text : nil)
    }
    var url = text
    for system in ["bzr", "git", "hg", "svn"] where url.lowercased().hasPrefix("\(system):") {
      url = "\(system)+\(url)"
      break
    }
    let direct = try DirectURL(url, failing: { urlFailure($0, range) })
    guard direct.isVersionControl else { throw notEditable(text, range) }
    guard let egg = direct.egg, let name = try? PackageName(egg) else {
      throw RequirementsFileError(
        location: line.location(at: range.lowerBound), reason: .invalidEditable,
        found: "`\(URLCredentials.redacted(text))` without a name", expected: "the project's name",
        remedy: "write it as `name @ URL`")
    }
    return Parsed(kind: .direct(Requirement(name: name, url: direct.text)), text: text, writtenURL: text)
  }

  private func notInstallable(_ path: String, _ range: Range<Int>) -> RequirementsFileError {
    RequirementsFileError(
      location: line.location(at: range.lowerBound), reason: .notInstallable,
      found: "the directory `\(path)`", expected: "a directory with a `pyproject.toml` or a `setup.py`")
  }

  private func notEditable(_ text: String, _ range: Range<Int>) -> RequirementsFileError {
    RequirementsFileError(
      location: line.location(at: range.lowerBound), reason: .invalidEditable,
      found: "`\(URLCredentials.redacted(text))`",
      expected: "the path of a local project or a version control URL, `git+https://…`")
  }
}
