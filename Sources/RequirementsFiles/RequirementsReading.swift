import PythonPackaging

/// One run of the reader: what it has read so far and where it stands.
struct RequirementsReading {
  let reader: RequirementsReader
  var input: RequirementsInput
  /// The files being read, outermost first, each with the line that includes the next.
  private var chain: [Frame] = []
  private var fileCount = 0
  /// Whether the files hold overrides.
  private let isOfOverrides: Bool

  private struct Frame {
    let file: IncludedFile
    var line: SourceLocation
  }

  init(reader: RequirementsReader, options: IndexOptions, isOfOverrides: Bool = false) {
    self.reader = reader
    self.isOfOverrides = isOfOverrides
    input = RequirementsInput()
    input.options = options
  }

  /// Reads a file the user named.
  mutating func readTop(_ path: String, isConstraint: Bool) throws(RequirementsFileError) {
    let file = IncludedFile(top: path, workingDirectory: reader.workingDirectory)
    try read(file, isConstraint: isConstraint, at: SourceLocation(file: file.shown))
  }

  private mutating func read(
    _ file: IncludedFile, isConstraint: Bool, at location: SourceLocation
  ) throws(RequirementsFileError) {
    let bytes = try load(file, isConstraint: isConstraint, at: location)
    if !input.files.contains(file.loadPath) { input.files.append(file.loadPath) }
    if !isConstraint { input.requirementFiles.insert(file.loadPath) }
    chain.append(Frame(file: file, line: location))
    do {
      let source = try SourceText(bytes, file: file.shown)
      for line in LogicalLine.lines(of: source, file: file.shown, environment: reader.environment) {
        try read(line, of: file, isConstraint: isConstraint)
      }
    } catch {
      throw withIncludes(error)
    }
    chain.removeLast()
  }

  /// Adds the including lines to an error of the innermost file.
  private func withIncludes(_ error: RequirementsFileError) -> RequirementsFileError {
    guard error.includedFrom.isEmpty else { return error }
    var error = error
    let lines = chain.map(\.line).filter { $0.line > 0 }
    error.includedFrom = lines.reversed().filter { $0 != error.location }
    return error
  }

  private mutating func load(
    _ file: IncludedFile, isConstraint: Bool, at location: SourceLocation
  ) throws(RequirementsFileError) -> [UInt8] {
    func failure(
      _ reason: RequirementsFileError.Reason, _ found: String, _ expected: String, _ remedy: String? = nil
    ) -> RequirementsFileError {
      RequirementsFileError(
        location: location, reason: reason, found: found, expected: expected, remedy: remedy)
    }
    if let first = chain.firstIndex(where: { $0.file.identity == file.identity }) {
      let names = chain[first...].map(\.file.shown) + [file.shown]
      throw failure(
        .includeCycle, "`\(names.joined(separator: "` → `"))`", "files that don't include themselves")
    }
    if chain.count >= reader.limits.depth {
      throw failure(.tooDeep, "files included \(chain.count + 1) deep", "at most \(reader.limits.depth)")
    }
    fileCount += 1
    if fileCount > reader.limits.files {
      throw failure(.tooManyFiles, "more than \(reader.limits.files) included files", "fewer")
    }
    let kind =
      isOfOverrides ? "a file of overrides" : isConstraint ? "a constraints file" : "a requirements file"
    let limit = "at most \(reader.limits.bytesPerFile) bytes"
    let bytes: [UInt8]
    do {
      bytes = try reader.load(file.loadPath)
    } catch {
      switch error {
      case .missing: throw failure(.missingFile, "no file `\(file.shown)`", kind)
      case .tooLarge: throw failure(.tooLarge, "`\(file.shown)`, which is larger", limit)
      case .unreadable(let reason):
        throw failure(.unreadableFile, "`\(file.shown)`, which can't be read (\(reason))", kind)
      }
    }
    if bytes.count > reader.limits.bytesPerFile {
      throw failure(.tooLarge, "`\(file.shown)` with \(bytes.count) bytes", limit)
    }
    return bytes
  }

  // MARK: Lines

  private mutating func read(
    _ line: LogicalLine, of file: IncludedFile, isConstraint: Bool
  ) throws(RequirementsFileError) {
    let options = try OptionLine(line)
    if isOfOverrides { try OverrideCheck(line: line).check(options) }
    try OptionValueCheck(line: line).check(options)
    input.options.applySelections(options)
    let editables = options.values(of: .editable)
    if !options.arguments.isEmpty || !editables.isEmpty {
      try readRequirement(line, options, of: file, isConstraint: isConstraint)
    } else if let include = options.values(of: .requirement).first ?? options.values(of: .constraint).first {
      try readInclude(include, line, options, of: file)
    } else {
      readOptions(line, options, of: file)
    }
  }

  private mutating func readInclude(
    _ include: WrittenOption, _ line: LogicalLine, _ options: OptionLine, of file: IncludedFile
  ) throws(RequirementsFileError) {
    warnOfIgnored(line, options, used: { $0 == include || Self.isSelection($0) })
    let location = line.location(at: include.offset)
    let nested = IncludedFile(
      include, in: file, workingDirectory: reader.workingDirectory, nestedOrigin: reader.nestedOrigin)
    try read(nested, isConstraint: include.name == .constraint, at: location)
  }

  private mutating func readOptions(_ line: LogicalLine, _ options: OptionLine, of file: IncludedFile) {
    let firstLinks = options.values(of: .findLinks).first
    let usedIndex = options.values(of: .indexURL).last
    warnOfIgnored(line, options) { option in
      switch option.name {
      case .findLinks: option == firstLinks
      case .indexURL: option == usedIndex
      case .hash, .configSettings: false
      default: true
      }
    }
    for option in options.options where [.indexURL, .extraIndexURL, .findLinks].contains(option.name) {
      warnOfCredential(option.written, at: line.location(at: option.valueOffset))
    }
    let links = options.values(of: .findLinks).first.map {
      resolveFindLinks(OptionValue(value: $0.value, written: $0.written), in: file)
    }
    input.options.apply(options, of: line, findLinks: links)
  }

  /// pip: a `--find-links` path that exists relative to its file counts from there, and is then absolute.
  private func resolveFindLinks(_ option: OptionValue, in file: IncludedFile) -> OptionValue {
    guard !file.isURL else { return option }
    let base = file.identity == "-" ? PosixPath("") : PosixPath(file.identity)
    let directory = base.text.isEmpty ? reader.workingDirectory : base.directory
    let joined = PosixPath(directory).joined(option.value)
    guard reader.pathKind(joined.normalized.text) != .missing else { return option }
    return OptionValue(
      value: joined.text, written: option.written == option.value ? joined.text : option.written)
  }

  private mutating func readRequirement(
    _ line: LogicalLine, _ options: OptionLine, of file: IncludedFile, isConstraint: Bool
  ) throws(RequirementsFileError) {
    let editables = options.values(of: .editable)
    let parser = RequirementLine(line: line, reader: reader)
    var parsed: RequirementLine.Parsed
    if let editable = editables.first {
      if isConstraint {
        throw RequirementsFileError(
          location: line.location(at: editable.offset), reason: .editableConstraint, found: "an editable",
          expected: "constraints that aren't editable", remedy: "move it to a requirements file")
      }
      parsed =
        if options.arguments.isEmpty {
          try parser.editable(editable)
        } else {
          try parser.editable(
            WrittenOption(
              name: .editable, value: line.string(options.arguments),
              written: line.written(options.arguments), offset: 0, valueOffset: 0))
        }
    } else {
      parsed = try parser.requirement(options.arguments)
    }
    let isEditable = !editables.isEmpty
    let usedEditable = options.arguments.isEmpty ? editables.first : nil
    warnOfIgnored(line, options) { option in
      switch option.name {
      case .editable: option == usedEditable
      case .hash: !isEditable
      case .configSettings: true
      default: Self.isSelection(option)
      }
    }
    if isOfOverrides {
      try OverrideCheck(line: line).check(parsed.kind, text: parsed.text, at: options.arguments.lowerBound)
    }
    let location = line.location(at: usedEditable?.valueOffset ?? options.arguments.lowerBound)
    if let missing = parsed.missingArchive {
      input.warnings.append(RequirementsFileWarning(location: location, kind: .missingArchive, text: missing))
    }
    if let url = parsed.writtenURL { warnOfCredential(url, at: location) }
    input.entries.append(
      InputRequirement(
        kind: parsed.kind, isEditable: isEditable, isConstraint: isConstraint,
        origin: file.origin(isConstraint: isConstraint), location: location,
        hashes: isEditable ? [] : options.values(of: .hash).map(\.value),
        configSettings: options.values(of: .configSettings).compactMap { ConfigSetting($0.value) },
        text: parsed.text, writtenURL: parsed.writtenURL))
  }

  // MARK: Warnings

  /// The options pip applies wherever they stand.
  private static func isSelection(_ option: WrittenOption) -> Bool {
    [.noBinary, .onlyBinary, .allReleases, .onlyFinal].contains(option.name)
  }

  private mutating func warnOfIgnored(
    _ line: LogicalLine, _ options: OptionLine, used: (WrittenOption) -> Bool
  ) {
    for option in options.options where !used(option) {
      let isLoneHash =
        option.name == .hash && options.arguments.isEmpty && options.values(of: .editable).isEmpty
      input.warnings.append(
        RequirementsFileWarning(
          location: line.location(at: option.offset),
          kind: isLoneHash ? .hashWithoutRequirement : .ignoredOption,
          text: option.name.rawValue))
    }
    if let first = options.ignored.first, let last = options.ignored.last {
      input.warnings.append(
        RequirementsFileWarning(
          location: line.location(at: first.range.lowerBound), kind: .ignoredText,
          text: URLCredentials.redacted(line.written(first.range.lowerBound..<last.range.upperBound))))
    }
  }

  private mutating func warnOfCredential(_ written: String, at location: SourceLocation) {
    guard URLCredentials.areLiteral(in: written) else { return }
    input.warnings.append(
      RequirementsFileWarning(
        location: location, kind: .literalCredential, text: URLCredentials.redacted(written)))
  }
}
