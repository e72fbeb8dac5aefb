import PackageIndex
import PythonPackaging
import RequirementsFiles

/// The files a compilation reads and writes.
struct CompileInputs {
  /// The sources as the user gave them, or as they were found.
  let sources: [String]
  /// The lockfile as the user gave it or as it follows from the source; `-` is standard output.
  let output: String

  /// Settles which files are meant.
  ///
  /// - Throws: where none is there, several have no common output, or the output is one of them.
  init(_ command: CompileCommand, context: CommandContext) throws(CommandFailure) {
    var sources = command.sources
    if sources.isEmpty {
      guard Files.status(of: context.absolute("requirements.in")) != nil else {
        throw .usage(
          "no source: there is no `requirements.in` in \(context.workingDirectory)",
          hint: "name one: `repin compile app/requirements.in`")
      }
      sources = ["requirements.in"]
    }
    for source in sources {
      let name = source.split(separator: "/").last.map(String.init) ?? source
      if ["setup.py", "setup.cfg", "pyproject.toml"].contains(name) {
        throw .usage(
          "`\(source)`: project metadata can't be compiled yet",
          hint: "list the requirements in a requirements.in")
      }
    }
    if let given = command.outputFile {
      output = given
    } else if sources.count > 1 {
      throw .usage("several sources need an output", hint: "name it: `--output-file requirements.txt`")
    } else if sources[0] == "-" {
      throw .usage("standard input needs an output", hint: "name it: `--output-file requirements.txt`")
    } else {
      output = Self.defaultOutput(of: sources[0])
    }
    self.sources = sources
    guard output != "-" else { return }
    guard !output.isEmpty else { throw .usage("`--output-file` is empty") }
    for source in sources where source != "-" {
      if Self.isSame(context.absolute(source), context.absolute(output)) {
        throw .usage(
          "the output `\(output)` is the source `\(source)`", hint: "name another by `--output-file`")
      }
    }
  }

  /// `x.in` gives `x.txt`, and so does any other suffix; a name without one gets `.txt`.
  static func defaultOutput(of source: String) -> String {
    let nameStart = source.lastIndex(of: "/").map { source.index(after: $0) } ?? source.startIndex
    let name = source[nameStart...]
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return "\(source).txt" }
    return "\(source[..<dot]).txt"
  }

  private static func isSame(_ left: String, _ right: String) -> Bool {
    if left == right { return true }
    guard let one = Files.status(of: left), let other = Files.status(of: right) else { return false }
    return one.device == other.device && one.node == other.node
  }
}
