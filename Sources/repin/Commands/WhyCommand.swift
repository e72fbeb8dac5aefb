import ArgumentParser
import PythonPackaging

/// `repin why`: who asks for a pin, and whether it could be another.
struct WhyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "why",
    abstract: "Shows who asks for a pin, and what keeps it from other releases.",
    usage: "repin why <package> [<specifier>] [<sources> ...] [<options>]",
    discussion: """
      Without a specifier: every path from your requirements to the pin, with what is asked for on the way. With one \
      (`repin why 'urllib3>=2.5'`): whether the lockfile could have such a release and which other pins would move, or \
      what stands in the way and which release would lift it.

      Takes the sources and the options of `repin compile` that say what is pinned, and its configuration: -o says \
      which lockfile is meant, -c, --extra, --group, --pre, --python, --python-version, --python-platform, index \
      options, --offline and so on are as there. Nothing is written. --format says how the answer is shown: text, json or \
      dot (the language of Graphviz).

      Exit codes: 0 the paths are shown, or the answer is yes; 1 nothing asks for it, it has no such extra, \
      or the answer is no; 2 the input is wrong; 3 an outside source failed.
      """
  )

  @Argument(help: "The package, perhaps with a specifier: urllib3, 'urllib3>=2.5', 'requests[socks]'.")
  var package: String

  @OptionGroup(visibility: .hidden)
  var compile: CompileCommand

  /// What a specifier by itself begins with.
  private static let operators = ["<", ">", "==", "!=", "~="]

  /// The specifier where it is a word of its own, behind the package.
  private var specifier: String? {
    compile.sources.first.flatMap { word in
      Self.operators.contains { word.hasPrefix($0) } ? word : nil
    }
  }

  /// The command whose lockfile is meant.
  var asked: CompileCommand {
    var compile = compile
    if specifier != nil { compile.sources.removeFirst() }
    return compile
  }

  /// What is asked about: a project, perhaps with extras, perhaps with the releases that are wanted.
  func subject() throws(CommandFailure) -> Requirement {
    let text = package + (specifier ?? "")
    let shown = PrintableText.escaped(text, limit: 300)
    let hint = "write a name, perhaps with a specifier: `repin why urllib3` or `repin why 'urllib3>=2.5'`"
    let requirement: Requirement
    do throws(RequirementError) {
      requirement = try Requirement(text)
    } catch {
      throw .usage("`\(shown)`: \(error.description)", hint: hint)
    }
    guard requirement.url == nil, requirement.marker == nil else {
      throw .usage(
        "`\(shown)`: found a \(requirement.url == nil ? "marker" : "URL"), expected a name and perhaps a specifier",
        hint: hint)
    }
    return requirement
  }

  /// Refuses what would have no effect; none of this is refused where it is configured.
  func checkUse() throws(CommandFailure) {
    try compile.refuseCompiling("`repin why` goes by the lockfile and writes nothing", takesOutput: true)
    if case .unknown(let name) = compile.format { throw .format(name, expected: "text, json or dot") }
    if compile.format == .dot, try !subject().specifiers.isEmpty {
      throw .usage(
        "`--format dot` draws paths, and a specifier asks for something else",
        hint: "leave out the specifier, or take `--format json`")
    }
    if let word = asked.sources.first, specifier == nil, (try? Version(word)) != nil {
      throw .usage(
        "`\(PrintableText.escaped(word, limit: 100))` is neither a specifier nor a source",
        hint: "write `\(PrintableText.escaped("\(package)==\(word)", limit: 100))`")
    }
  }
}
