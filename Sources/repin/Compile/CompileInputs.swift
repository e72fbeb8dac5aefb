import PackageIndex
import PythonPackaging
import RequirementsFiles

/// The files a compilation reads and writes.
struct CompileInputs {
  /// All sources as the user gave them, or as they were found.
  let sources: [String]
  /// Those of them that are a project's own files: `pyproject.toml`, `setup.cfg`, `setup.py`.
  let projects: [String]
  /// The lockfile as the user gave it or as it follows from the source; `-` is standard output.
  let output: String

  /// The lockfile as messages show it.
  var shownOutput: String { PrintableText.escaped(output, limit: 300) }

  /// What is compiled where nothing is named: the first of these that is there.
  static let defaultSources = ["requirements.in", "setup.py", "pyproject.toml", "setup.cfg"]

  /// The sources that are requirements files.
  var requirementsFiles: [String] { sources.filter { !Self.isProject($0) } }

  /// Settles which files are meant.
  ///
  /// - Throws: where none is there, several have no common output, the output is one of them, or options for projects are
  ///   given and none is among them.
  init(_ command: CompileCommand, context: CommandContext) throws(CommandFailure) {
    var sources = command.sources
    if sources.isEmpty, command.group.isEmpty {
      let found = Self.defaultSources.first { Files.status(of: context.absolute($0)) != nil }
      guard let found else {
        throw .usage(
          "no source: there is no \(Self.listed(Self.defaultSources)) in \(context.workingDirectory)",
          hint: "name one: `repin compile app/requirements.in`")
      }
      sources = [found]
    }
    self.sources = sources
    projects = sources.filter(Self.isProject)
    try Self.refuseUseless(command, sources: sources)
    output = try Self.output(command, sources: sources)
    guard output != "-" else { return }
    let mentioned = MentionedOption("output-file", output)
    guard !output.isEmpty else { throw .usage("`--output-file` is empty", about: mentioned) }
    if let slash = output.lastIndex(of: "/"), slash > output.startIndex {
      let folder = String(output[..<slash])
      guard Files.status(of: context.absolute(folder))?.isDirectory == true else {
        throw .usage(
          "there is no directory `\(PrintableText.escaped(folder, limit: 300))` for the lockfile `\(shownOutput)`",
          hint: "make it, or name another by `--output-file`", about: mentioned)
      }
    }
    for source in sources where source != "-" {
      if Self.isSame(context.absolute(source), context.absolute(output)) {
        throw .usage(
          "the output `\(shownOutput)` is the source `\(PrintableText.escaped(source, limit: 300))`",
          hint: "name another by `--output-file`", about: mentioned)
      }
    }
  }

  /// Refuses options for projects where a source is none.
  private static func refuseUseless(
    _ command: CompileCommand, sources: [String]
  ) throws(CommandFailure) {
    let hint = "compile a pyproject.toml, a setup.cfg or a setup.py"
    if !sources.contains(where: isProject), command.allExtras || !command.extra.isEmpty {
      throw .usage(
        "`--extra` and `--all-extras` are for projects, and no source is one", hint: hint,
        about: MentionedOption(command.allExtras ? "all-extras" : "extra"))
    }
    if command.allBuildDeps || !command.buildDepsFor.isEmpty,
      let source = sources.first(where: { !isProject($0) })
    {
      throw .usage(
        "`\(source)` has no build requirements: it is no project", hint: hint,
        about: MentionedOption(command.allBuildDeps ? "all-build-deps" : "build-deps-for"))
    }
  }

  private static func output(
    _ command: CompileCommand, sources: [String]
  ) throws(CommandFailure) -> String {
    if let given = command.outputFile { return given }
    let hint = "name it: `--output-file requirements.txt`"
    guard let first = sources.first else { return "requirements.txt" }
    if isProject(first) {
      return first.lastIndex(of: "/").map { "\(first[...$0])requirements.txt" } ?? "requirements.txt"
    }
    if sources.count > 1 {
      throw .usage("several sources need an output", hint: hint, about: MentionedOption("sources"))
    }
    if first == "-" { throw .usage("standard input needs an output", hint: hint) }
    if first.contains("://") { throw .usage("a source on the web needs an output", hint: hint) }
    return defaultOutput(of: first)
  }

  /// `x.in` gives `x.txt`, and so does any other suffix; a name without one gets `.txt`.
  static func defaultOutput(of source: String) -> String {
    let nameStart = source.lastIndex(of: "/").map { source.index(after: $0) } ?? source.startIndex
    let name = source[nameStart...]
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return "\(source).txt" }
    return "\(source[..<dot]).txt"
  }

  /// Whether a source is a project's own file, by its name.
  static func isProject(_ source: String) -> Bool {
    let name = source.split(separator: "/").last ?? ""
    return ["setup.py", "setup.cfg", "pyproject.toml"].contains(name)
  }

  /// Refuses an output that is a file which the sources include, or one of overrides: what a person wrote would be lost.
  func refuseOverwriting(_ files: Set<String>, context: CommandContext) throws(CommandFailure) {
    guard output != "-" else { return }
    for file in files.sorted()
    where file != "-" && Self.isSame(context.absolute(file), context.absolute(output)) {
      throw .usage(
        "the output `\(shownOutput)` is read too: it is included by a source, or a file of `--override`",
        hint: "name another by `--output-file`", about: MentionedOption("output-file", output))
    }
  }

  /// Refuses a lockfile that its owner has marked as read-only: a rename would replace it all the same.
  func refuseReadOnly(context: CommandContext) throws(CommandFailure) {
    guard output != "-", let status = Files.status(of: context.absolute(output)), status.isRegular,
      status.mode & 0o200 == 0
    else { return }
    throw .unwritable(
      path: shownOutput, reason: "it is read-only",
      remedy: "`chmod u+w \(ShellWord.quoted(shownOutput))` lets it be replaced")
  }

  private static func isSame(_ left: String, _ right: String) -> Bool {
    if left == right { return true }
    guard let one = Files.status(of: left), let other = Files.status(of: right) else { return false }
    return one.device == other.device && one.node == other.node
  }

  private static func listed(_ names: [String]) -> String {
    names.dropLast().map { "`\($0)`" }.joined(separator: ", ") + " or `\(names.last ?? "")`"
  }
}
