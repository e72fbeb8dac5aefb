import ArgumentParser
import PackageIndex
import PythonPackaging
import RequirementsFiles
import Resolution

/// `repin compile`: requirements to pins.
struct CompileCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compile",
    abstract: "Pins requirements into a lockfile.",
    discussion: """
      Pins that the lockfile already has are kept where the requirements still allow them, unless -U or -P says \
      otherwise. The lockfile is written whole or not at all.
      """
  )

  @Argument(
    help: """
      Requirements files, pyproject.toml, setup.cfg or setup.py, or - for standard input [default: the [[compile]] \
      list of repin.toml, else the first of requirements.in, setup.py, pyproject.toml and setup.cfg].
      """)
  var sources: [String] = []

  @Option(
    name: [.customShort("o"), .long],
    help: "The lockfile, or - for standard output [default: the source's name with .txt].")
  var outputFile: String?

  @Flag(
    name: [.customShort("U"), .long], inversion: .prefixedNo,
    help: "Keep no pin: take the newest that the requirements allow.")
  var upgrade = false

  @Option(
    name: [.customShort("P"), .long],
    help: "A package whose pin is not kept, perhaps with a specifier; may be given more than once.")
  var upgradePackage: [String] = []

  @Option(
    name: [.customShort("c"), .long],
    help: "A file of constraints: bounds on what something else asks for; may be given more than once.")
  var constraint: [String] = []

  @Option(help: "An extra of the project to pin too; may be given more than once, or several with commas.")
  var extra: [String] = []

  @Flag(help: "Pin all extras of the project too.")
  var allExtras = false

  @Option(
    help:
      "A dependency group of pyproject.toml, or of the one at PATH: [PATH:]NAME; may be given more than once."
  )
  var group: [String] = []

  @Option(
    help: "Pin what building the project needs too: wheel, sdist or editable; may be given more than once.")
  var buildDepsFor: [BuildTarget] = []

  @Flag(help: "Pin what building the project needs in every way.")
  var allBuildDeps = false

  @Flag(help: "Pin only what building the project needs.")
  var onlyBuildDeps = false

  @Flag(
    inversion: .prefixedNo,
    help: "Write the hashes of every file of a release [default: as the lockfile has it].")
  var generateHashes: Bool?

  @Flag(
    inversion: .prefixedNo,
    help: "Keep the hashes that the lockfile has of a pin that stays; else take those of the index anew.")
  var reuseHashes = true

  @Flag(inversion: .prefixedNo, help: "Say below each pin who asks for it.")
  var annotate = true

  @Option(help: "Annotations on lines of their own (split) or beside the pin (line).")
  var annotationStyle = AnnotationStyle.split

  @Flag(inversion: .prefixedNo, help: "Say at the top how the lockfile was made.")
  var header = true

  @Flag(inversion: .prefixedNo, help: "Leave extras out of the lockfile.")
  var stripExtras = false

  @Flag(inversion: .prefixedNo, help: "Pin setuptools, pip and distribute too.")
  var allowUnsafe = false

  @Option(
    help: "A package to hold back instead of setuptools, pip and distribute; may be given more than once.")
  var unsafePackage: [String] = []

  @Flag(
    inversion: .prefixedNo,
    help: "Write the index's address into the lockfile where it isn't the default one.")
  var emitIndexUrl = true

  @Flag(inversion: .prefixedNo, help: "Write find-links into the lockfile.")
  var emitFindLinks = true

  @Flag(inversion: .prefixedNo, help: "Write trusted hosts into the lockfile.")
  var emitTrustedHost = true

  @Flag(inversion: .prefixedNo, help: "Write any option into the lockfile.")
  var emitOptions = true

  @Option(help: "The lockfile's line ends: preserve, lf, crlf or native.")
  var newline = Newline.Choice.preserve

  @Option(help: "The configuration to read instead of looking for one.")
  var config: String?

  @Flag(help: "Read no configuration.")
  var noConfig = false

  @Option(help: "What the header shows as the command.")
  var customCompileCommand: String?

  @Option(help: "Packages to take as wheels only, or :all:; may be given more than once.")
  var onlyBinary: [String] = []

  @Option(help: "Packages to take as source distributions only, or :all:; may be given more than once.")
  var noBinary: [String] = []

  @Option(
    help: "Packages that must not be built to learn what they need, or :all:; may be given more than once.")
  var noBuild: [String] = []

  @Flag(inversion: .prefixedNo, help: "Build in environments of their own; else in the interpreter's.")
  var buildIsolation = true

  @Option(help: "How long a build may take, in seconds.")
  var buildTimeout = 600

  @Option(help: "The Python to pin for: a path, a name on PATH or a version like 3.12.")
  var python: String?

  @Option(help: "Pin for this Python version, such as 3.12 or 3.12.4, instead of the interpreter's.")
  var pythonVersion: String?

  @Option(
    help: """
      Pin for this platform instead of this one: \(TargetEnvironment.platformNamePatterns.joined(separator: ", ")); those \
      of manylinux also as manylinux_2_28_x86_64.
      """)
  var pythonPlatform: String?

  @Flag(help: "Write nothing; where the lockfile would change, show how and exit with 1.")
  var check = false

  @Flag(name: [.customShort("n"), .long], help: "Show the lockfile and write nothing.")
  var dryRun = false

  @Option(help: "How a refusal is told: text, or json, which is written to standard output too.")
  var format = OutputFormat.text

  @Flag(name: [.customShort("q"), .long], help: "Say only what is wrong.")
  var quiet = false

  @Flag(name: [.customShort("v"), .long], help: "Say more: files, indexes, times.")
  var verbose = false

  @OptionGroup(title: "Resolution options")
  var resolution: ResolutionArguments

  @OptionGroup(title: "Index options")
  var index: IndexArguments

  @OptionGroup(title: "History options")
  var history: HistoryArguments

  @OptionGroup(visibility: .hidden)
  var habits: PipCompileArguments

  enum AnnotationStyle: String, ExpressibleByArgument, CaseIterable {
    case split
    case line
  }

  func validate() throws {
    if quiet && verbose { throw ValidationError("`--quiet` and `--verbose` exclude each other") }
    for (name, isEmpty) in [
      ("a source", sources.contains("")), ("`--constraint`", constraint.contains("")),
      ("`--override`", resolution.override.contains("")), ("`--python`", python?.isEmpty == true),
      ("`--config`", config?.isEmpty == true), ("`--extra`", extra.contains("")),
      ("`--group`", group.contains("")),
    ] where isEmpty {
      throw ValidationError("\(name) is empty")
    }
    if check && outputFile == "-" {
      throw ValidationError("`--check` needs a lockfile to check, and standard output is none")
    }
    if check && dryRun { throw ValidationError("`--check` and `--dry-run` exclude each other") }
    if config != nil && noConfig { throw ValidationError("`--config` and `--no-config` exclude each other") }
    if allExtras && !extra.isEmpty {
      throw ValidationError("`--extra` has no effect with `--all-extras`; leave one out")
    }
    if allBuildDeps && !buildDepsFor.isEmpty {
      throw ValidationError("`--build-deps-for` has no effect with `--all-build-deps`; leave one out")
    }
    if onlyBuildDeps {
      if !allBuildDeps && buildDepsFor.isEmpty {
        throw ValidationError("`--only-build-deps` needs `--build-deps-for` or `--all-build-deps`")
      }
      if allExtras || !extra.isEmpty || !group.isEmpty {
        throw ValidationError("`--only-build-deps` excludes `--extra`, `--all-extras` and `--group`")
      }
    }
    try Self.checkNames(onlyBinary, of: "--only-binary")
    try Self.checkNames(noBinary, of: "--no-binary")
    try Self.checkNames(noBuild, of: "--no-build")
    for name in unsafePackage where (try? PackageName(name)) == nil {
      throw ValidationError(
        "`--unsafe-package`: `\(PrintableText.escaped(name, limit: 100))` is no package's name")
    }
    guard (1...86_400).contains(buildTimeout) else {
      throw ValidationError("`--build-timeout` must be between 1 and 86400 seconds")
    }
  }
}

extension CompileCommand {
  /// Refuses a misspelt name, which would select nothing.
  private static func checkNames(_ values: [String], of option: String) throws {
    for name in values.flatMap({ $0.split(separator: ",", omittingEmptySubsequences: false) })
    where name != NameSelection.all && name != NameSelection.none && (try? PackageName(String(name))) == nil {
      throw ValidationError(
        "`\(option)`: `\(PrintableText.escaped(String(name), limit: 100))` is no package's name, expected names with "
          + "commas between them, `:all:` or `:none:`")
    }
  }
}

extension BuildTarget: ExpressibleByArgument {}

extension Newline.Choice: ExpressibleByArgument {
  init?(argument: String) { self.init(option: argument) }
}

extension CompileCommand {
  /// Which options of the inputs reach the lockfile.
  var emittedOptions: Lockfile.EmittedOptions {
    guard emitOptions else { return [] }
    var emitted = Lockfile.EmittedOptions.all
    if !emitIndexUrl { emitted.remove(.indexURLs) }
    if !emitFindLinks { emitted.remove(.findLinks) }
    if !emitTrustedHost { emitted.remove(.trustedHosts) }
    return emitted
  }
}
