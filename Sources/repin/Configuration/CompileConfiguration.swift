import PythonPackaging
import PythonProjects
import TOMLReading

/// What configuration files say of `repin compile`.
///
/// The files are looked for in the first source's directory and, where it has none of them with a word for repin or
/// pip-tools, in the working directory. For each option the first of
/// these that has it counts:
///
///     repin.toml              top level and [compile]
///     .pip-tools.toml         [tool.pip-tools.compile], [tool.pip-tools]
///     pyproject.toml          [tool.repin.compile], [tool.repin]
///     pyproject.toml          [tool.pip-tools.compile], [tool.pip-tools], unless there is a .pip-tools.toml
///
/// `--config FILE` is read instead of all of them.
struct CompileConfiguration {
  /// One lockfile of a `[[compile]]` list.
  struct Layer {
    let sources: [String]
    let output: String?
    let settings: OptionSettings
    /// Where it is configured, for messages.
    let place: String

    /// What it says of itself, as settings.
    var ownSettings: [OptionSettings.Setting] {
      let output = output ?? sources.first.map(CompileInputs.defaultOutput)
      return CompileConfiguration.settings(sources: sources, output: output, place: place)
    }
  }

  /// What holds for every lockfile.
  private(set) var settings = OptionSettings()
  /// The sources to compile where none are named; empty: none are.
  private(set) var sources: [String] = []
  /// Where they are configured.
  private(set) var sourcesPlace = ""
  /// The lockfiles of `[[compile]]`, in the order written.
  private(set) var layers: [Layer] = []
  /// The files that were read, for `--verbose`.
  private(set) var files: [String] = []

  /// Nothing configured.
  init() {}

  /// Reads what there is.
  ///
  /// - Parameter read: the bytes of a file; nil if there is none.
  init(
    config: String?, sources: [String], read: (String) throws(CommandFailure) -> [UInt8]?
  ) throws(CommandFailure) {
    if let config {
      guard let file = try Self.file(config, read) else {
        throw .usage("`--config \(PrintableText.escaped(config, limit: 300))`: no such file")
      }
      try take(file, isOwn: file.tool("pip-tools") == nil && file.tool("repin") == nil)
      return
    }
    let first = sources.first ?? ""
    let directory = first.lastIndex(of: "/").map { String(first[...$0]) } ?? ""
    try takeFiles(in: directory, read)
    if files.isEmpty, !directory.isEmpty { try takeFiles(in: "", read) }
  }

  /// Reads the files of a directory, given with its slash.
  private mutating func takeFiles(
    in directory: String, _ read: (String) throws(CommandFailure) -> [UInt8]?
  ) throws(CommandFailure) {
    let pyproject = try Self.file("\(directory)pyproject.toml", read)
    let pipTools = try Self.file("\(directory).pip-tools.toml", read)
    let own = try Self.file("\(directory)repin.toml", read)
    if let pyproject { try take(pyproject, isOwn: false, withPipTools: pipTools == nil) }
    if let pipTools { try take(pipTools, isOwn: false) }
    if let own { try take(own, isOwn: true) }
  }

  private static func file(
    _ path: String, _ read: (String) throws(CommandFailure) -> [UInt8]?
  ) throws(CommandFailure) -> PyprojectFile? {
    guard let bytes = try read(path) else { return nil }
    do throws(ProjectFileError) {
      return try PyprojectFile(bytes, file: path)
    } catch {
      throw .project(error)
    }
  }

  /// Takes what a file says, over what was taken before.
  private mutating func take(
    _ file: PyprojectFile, isOwn: Bool, withPipTools: Bool = true
  ) throws(CommandFailure) {
    do throws(ConfigurationError) {
      if withPipTools, !isOwn, let table = file.tool("pip-tools") { try take(table, of: file, isOwn: false) }
      if let table = isOwn ? file.root : file.tool("repin") { try take(table, of: file, isOwn: true) }
    } catch {
      throw .invalidConfiguration(error)
    }
  }

  private mutating func take(
    _ table: TOMLTable, of file: PyprojectFile, isOwn: Bool
  ) throws(ConfigurationError) {
    files.append(file.file)
    settings.override(
      with: try OptionSettings(
        table, file: file.file, others: isOwn ? Self.ownTables : Self.pipToolsTables))
    try takeSources(table, of: file)
    guard let compile = table.item("compile") else { return }
    switch compile.value {
    case .table(let compile):
      settings.override(with: try OptionSettings(compile, file: file.file, others: Self.sourceKeys))
      try takeSources(compile, of: file)
    case .array(let items) where isOwn:
      layers = []
      for item in items { layers.append(try layer(item, of: file)) }
    default:
      throw ConfigurationError(
        place: "\(file.file):\(compile.place)", found: "\(compile.value.noun) for `compile`",
        expected: isOwn ? "a table `[compile]` or tables `[[compile]]`" : "a table")
    }
  }

  private mutating func takeSources(
    _ table: TOMLTable, of file: PyprojectFile
  ) throws(ConfigurationError) {
    for key in Self.sourceKeys {
      guard let item = table.item(key) else { continue }
      sources = try Self.sources(item, key: key, of: file)
      sourcesPlace = "\(file.file):\(item.place)"
    }
  }

  private func layer(_ item: TOMLItem, of file: PyprojectFile) throws(ConfigurationError) -> Layer {
    let place = "\(file.file):\(item.place)"
    guard case .table(let table) = item.value else {
      throw ConfigurationError(
        place: place, found: item.value.noun, expected: "a table with `sources` and `output`")
    }
    var settings = try OptionSettings(
      table, file: file.file, others: Self.sourceKeys.union(["output", "options"]))
    if let options = table.item("options") {
      guard case .table(let options) = options.value else {
        throw ConfigurationError(
          place: "\(file.file):\(options.place)", found: "\(options.value.noun) for `options`",
          expected: "a table of options")
      }
      settings.override(with: try OptionSettings(options, file: file.file))
    }
    guard let key = Self.sourceKeys.sorted().first(where: { table.item($0) != nil }),
      let sources = table.item(key)
    else {
      throw ConfigurationError(
        place: place, found: "a `[[compile]]` without `sources`",
        expected: "`sources = [\"requirements.in\"]`")
    }
    var output: String?
    if let item = table.item("output") {
      guard case .string(let text) = item.value, !text.isEmpty, text != "-" else {
        throw ConfigurationError(
          place: "\(file.file):\(item.place)", found: "\(item.value.noun) for `output`",
          expected: "the path of a lockfile")
      }
      output = text
    }
    return Layer(
      sources: try Self.sources(sources, key: key, of: file), output: output, settings: settings, place: place
    )
  }

  /// Sources and an output as settings, so that what is wrong with them is told with their place.
  static func settings(sources: [String], output: String?, place: String) -> [OptionSettings.Setting] {
    let option = CompileOption("sources", .list)
    let setting = OptionSettings.Setting(option: option, words: option.words(sources), place: place)
    guard let output else { return [setting] }
    let words = ["--output-file=\(output)"]
    return [
      setting,
      OptionSettings.Setting(option: CompileOption("output-file", .value), words: words, place: place),
    ]
  }

  private static func sources(
    _ item: TOMLItem, key: String, of file: PyprojectFile
  ) throws(ConfigurationError) -> [String] {
    let names = try strings(item, key: key, of: file)
    guard names.isEmpty || names.contains(where: { $0.isEmpty || $0 == "-" }) else { return names }
    throw ConfigurationError(
      place: "\(file.file):\(item.place)",
      found: names.contains("-") ? "standard input for `\(key)`" : "no source for `\(key)`",
      expected: "the paths of sources")
  }

  private static func strings(
    _ item: TOMLItem, key: String, of file: PyprojectFile
  ) throws(ConfigurationError) -> [String] {
    func failure(_ item: TOMLItem) -> ConfigurationError {
      ConfigurationError(
        place: "\(file.file):\(item.place)", found: "\(item.value.noun) for `\(key)`",
        expected: "a string or an array of strings")
    }
    if case .string(let text) = item.value { return [text] }
    guard case .array(let items) = item.value else { throw failure(item) }
    var values: [String] = []
    for item in items {
      guard case .string(let text) = item.value else { throw failure(item) }
      values.append(text)
    }
    return values
  }

  /// The keys under which sources stand: repin's, and pip-tools'.
  private static let sourceKeys: Set<String> = ["sources", "src-files", "src_files"]
  /// Tables of repin's configuration that say something else.
  private static let ownTables: Set<String> = sourceKeys.union([
    "compile", "policy", "schedule", "rebuild", "pull-request", "advisories",
  ])
  /// Tables and keys of pip-tools' configuration that say something else: `pip-sync` shares the table.
  private static let pipToolsTables: Set<String> = sourceKeys.union([
    "compile", "sync", "ask", "force", "python-executable", "user", "user-only", "color",
  ])
}
