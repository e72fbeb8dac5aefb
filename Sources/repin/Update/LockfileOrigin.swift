import ArgumentParser
import LockfileFormats
import PythonPackaging
import RequirementsFiles

/// Finds out what lockfiles are made from: which sources, by which options.
///
/// The first of these that tells it counts: the configuration that writes it, the command in its header, and its name, as
/// `repin compile requirements.in` writes requirements.txt.
struct LockfileOrigin: Sendable {
  /// What configuration says.
  let plan: CompileInvocation.Plan
  /// The words of the command.
  let words: [String]
  let context: CommandContext
  /// Reads the options of compiling from words of the command.
  let parse: @Sendable ([String]) throws -> CompileCommand

  /// What writes a lockfile.
  func compilation(of path: String) throws -> PlannedCompile {
    let shown = PrintableText.escaped(path, limit: 300)
    for compilation in plan.compilations {
      let compile = compilation.command
      guard plan.isList || !compile.sources.isEmpty || !compile.group.isEmpty,
        let inputs = try? CompileInputs(compile, context: context), isSame(inputs.output, path)
      else { continue }
      return compilation
    }
    let contents = try contents(of: path, shown: shown)
    if let text = contents.contents.command {
      return try compilation(
        recorded: text, in: path, at: "\(shown)\(line(of: text, in: contents.bytes).map { ":\($0)" } ?? "")")
    }
    guard let source = namedSource(of: path) else {
      throw CommandFailure.usage(
        "nothing says what `\(shown)` is made from: no `[[compile]]` writes it, no command is in its header, and there is no "
          + "`\(PrintableText.escaped(Self.requirements(for: path), limit: 300))`",
        hint:
          "say it in repin.toml: `[[compile]]`, `sources = [\"requirements.in\"]`, `output = \"\(shown)\"`")
    }
    return try planned(sources: [source], options: [], output: nil)
  }

  // MARK: The file

  private func contents(
    of path: String, shown: String
  ) throws(CommandFailure) -> (bytes: [UInt8], contents: LockfileContents) {
    let bytes: [UInt8]
    do throws(Files.Failure) {
      bytes = try Files.readRegular(context.absolute(path), limit: PinnedFileReader.Limits().bytes)
    } catch {
      var hint = "name a lockfile"
      if case .missing = error { hint = "compile it, or name another lockfile" }
      throw .usage("the lockfile `\(shown)` can't be read: \(error.reason)", hint: hint)
    }
    let file = PinnedFileReader().read(bytes, path: shown)
    guard file.format == .requirements else {
      throw .usage(
        "`\(shown)`: found \(file.format.map { "a lockfile of \($0.maker)" } ?? "a file that is no lockfile"), expected one "
          + "of `repin compile`: repin updates lockfiles that it compiles",
        hint: file.format.map { "`\($0.command)` updates it" })
    }
    if file.pins.isEmpty, let fault = file.faults.first(where: { $0.severity == .error }) {
      throw .usage(
        "\(fault.description), and nothing is pinned: `\(shown)` is no lockfile",
        hint: "name a lockfile that `repin compile` wrote")
    }
    return (bytes, LockfileContents(bytes))
  }

  /// The line, from 1, on which a header has its command.
  private func line(of command: String, in bytes: [UInt8]) -> Int? {
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    return lines.firstIndex { line in
      line.first == UInt8(ascii: "#")
        && String(decoding: line, as: UTF8.self).contains(command)
    }.map { $0 + 1 }
  }

  // MARK: The command in its header

  private func compilation(recorded text: String, in path: String, at place: String) throws -> PlannedCompile
  {
    let shown = PrintableText.excerpt(text, limit: 200)
    let remedy =
      "say in `[[compile]]` of repin.toml what it is made from: `sources = […]`, `output = \"\(PrintableText.escaped(path, limit: 300))\"`"
    let recorded: RecordedCommand
    do throws(RecordedCommand.Fault) {
      recorded = try RecordedCommand(text)
    } catch {
      let reason =
        switch error {
        case .unknown: "expected `repin compile …`, `pip-compile …` or `uv pip compile …`"
        case .options(let message): PrintableText.excerpt(message, limit: 300)
        }
      throw CommandFailure.usage("\(place): found the command `\(shown)`: \(reason)", hint: remedy)
    }
    var compilation: PlannedCompile
    do {
      compilation = try planned(
        sources: recorded.sources, options: recorded.options,
        output: recorded.isRedirected ? path : recorded.output)
    } catch let failure as CommandFailure {
      throw failure
    } catch {
      throw CommandFailure.usage("\(place): \(CompileCommand.message(for: error))", hint: remedy)
    }
    let settings = compilation.settings + recorded.settings(at: place, beside: words)
    compilation = PlannedCompile(command: compilation.command, settings: settings)
    let output: String
    do throws(CommandFailure) {
      output = try CompileInputs(compilation.command, context: context).output
    } catch {
      try refuseMissing(of: compilation.command, at: place, remedy: remedy)
      // An option that would help isn't given by who updates, but by who compiles.
      guard case .usage(let text, hint: _, let option) = error else { throw error.placed(among: settings) }
      throw CommandFailure.usage(text, hint: remedy, about: option).placed(among: settings)
    }
    if isSame(output, path) {
      try refuseMissing(of: compilation.command, at: place, remedy: remedy)
      return compilation
    }
    let directory = HistoryPlace.directory(of: path)
    if isSame("\(directory)/\(output)", path) {
      throw CommandFailure.usage(
        "\(place): the command was run in `\(PrintableText.escaped(directory, limit: 300))`, where its paths begin",
        hint: "run `repin update` there")
    }
    throw CommandFailure.usage(
      "\(place): the command writes `\(PrintableText.escaped(output, limit: 300))`, and not this file",
      hint: remedy)
  }

  /// Refuses a command that reads files which aren't there.
  private func refuseMissing(
    of command: CompileCommand, at place: String, remedy: String
  ) throws(CommandFailure) {
    for file in command.sources + command.constraint + command.resolution.override
    where file != "-" && !file.contains("://") && Files.status(of: context.absolute(file)) == nil {
      throw .usage(
        "\(place): the command reads `\(PrintableText.escaped(file, limit: 300))`, and there is no such file",
        hint: "put it back, or \(remedy)")
    }
  }

  /// What configuration makes of sources and options that are said elsewhere; what the user says himself wins over these.
  private func planned(sources: [String], options: [String], output: String?) throws -> PlannedCompile {
    func settled(_ compile: CompileCommand) -> CompileCommand {
      var compile = compile
      compile.sources = sources
      compile.outputFile = output
      return compile
    }
    let all = options + words
    let plan = try CompileInvocation(
      asked: settled(try parse(all)), words: all, context: context, parse: { settled(try parse($0)) }
    ).plan()
    guard !plan.isList, let compilation = plan.compilations.first else {
      throw CommandFailure.usage(
        "its command names no source, and `[[compile]]` of the configuration doesn't write it",
        hint: "name its sources in `[[compile]]`")
    }
    return compilation
  }

  // MARK: Its name

  /// The source that is compiled into a file of this name; nil: there is none.
  private func namedSource(of path: String) -> String? {
    let directory = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    var candidates = [Self.requirements(for: path)]
    if path.dropFirst(directory.count) == "requirements.txt" {
      candidates += ["pyproject.toml", "setup.py", "setup.cfg"].map { directory + $0 }
    }
    return candidates.first { $0 != path && Files.status(of: context.absolute($0))?.isRegular == true }
  }

  /// `x.txt` is of `x.in`.
  private static func requirements(for path: String) -> String {
    path.hasSuffix(".txt") ? "\(path.dropLast(4)).in" : "\(path).in"
  }

  private func isSame(_ left: String, _ right: String) -> Bool {
    context.normalized(left) == context.normalized(right)
  }
}

extension PinnedFile.Format {
  /// Whose format it is.
  var maker: String {
    switch self {
    case .requirements: "`repin compile`"
    case .pylock: "PEP 751"
    case .poetry: "Poetry"
    case .uv: "uv"
    case .pipenv: "Pipenv"
    }
  }

  /// What updates it.
  fileprivate var command: String {
    switch self {
    case .requirements: "repin update"
    case .pylock: "the tool that wrote it"
    case .poetry: "poetry update"
    case .uv: "uv lock --upgrade-package NAME"
    case .pipenv: "pipenv update"
    }
  }
}
