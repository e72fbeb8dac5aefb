import PythonPackaging

/// The command that writes a lockfile, as its header shows it: normalised, so that how the options were spelled
/// and ordered makes no difference.
///
/// Long options sorted, then sources sorted. Short options are spelled long; what is at its default and what
/// doesn't change the result is dropped; values are quoted for a shell; credentials in URLs are redacted.
///
///     CompileCommandLine(program: "repin compile", options: [.init("-o", "requirements.txt"), .init("-q")],
///       sources: ["requirements.in"]).description
///     // repin compile --output-file=requirements.txt requirements.in
package struct CompileCommandLine: Sendable, Hashable, CustomStringConvertible {
  /// One option as it was set, on the command line, in configuration or in the environment.
  package struct Option: Sendable, Hashable {
    /// Any spelling: `-o`, `--output-file`, `--no-header`.
    package var name: String
    /// The value; nil for a flag.
    package var value: String?

    /// A value of the given parts.
    package init(_ name: String, _ value: String? = nil) {
      self.name = name
      self.value = value
    }
  }

  /// The words before the options: `repin compile`.
  package var program: String
  /// What was set. Of an option that can be given once the last counts, of a flag and its negation too.
  package var options: [Option]
  /// The source files as given; empty if they were found.
  package var sources: [String]

  /// What is dropped beside pip-compile's own defaults: flags and values that hold anyway.
  package var defaults: [Option]

  /// A value of the given parts.
  package init(program: String, options: [Option], sources: [String], defaults: [Option] = []) {
    self.program = program
    self.options = options
    self.sources = sources
    self.defaults = defaults
  }

  /// The normalised command on one line.
  package var description: String {
    var words = normalizedOptions.map(Self.word).sorted(by: String.codePointOrder)
    words.insert(program, at: 0)
    // `--` stays in front of the files whatever their names
    if sources.contains(where: { $0.hasPrefix("-") && $0 != "-" }) { words.append("--") }
    words += sources.map(ShellWord.quoted).sorted(by: String.codePointOrder)
    return words.joined(separator: " ")
  }

  /// The options that stay, in their long spelling.
  private var normalizedOptions: [Option] {
    var kept: [Option] = []
    for option in options {
      var long = Option(Self.longNames[option.name] ?? option.name, option.value)
      if long.name == "--newline", let choice = long.value.flatMap(Newline.Choice.init(option:)) {
        long.value = choice.rawValue
      }
      if Self.droppedOptions.contains(Self.positiveName(long.name)) { continue }
      if !Self.repeatableOptions.contains(long.name) {
        kept.removeAll { Self.positiveName($0.name) == Self.positiveName(long.name) }
      }
      kept.append(long)
    }
    return kept.filter { !isDefault($0) }
  }

  /// An option as one word of a shell's, without credentials.
  package static func word(_ option: Option) -> String {
    guard let value = option.value else { return ShellWord.quoted(option.name) }
    if option.name == "--pip-args" { return "\(option.name)=\(pythonLiteral(value))" }
    let redacted = SplitURL.isURL(value) ? URLCredentials.redacted(value) : value
    return "\(option.name)=\(ShellWord.quoted(redacted))"
  }

  /// `--no-header` → `--header`, for flags that come in pairs.
  private static func positiveName(_ name: String) -> String {
    guard name.hasPrefix("--no-"), !onlyNegativeOptions.contains(name) else { return name }
    return "--" + name.dropFirst(5)
  }

  private func isDefault(_ option: Option) -> Bool {
    if defaults.contains(option) { return true }
    if let value = option.value {
      if option.name == "--config" { return Self.defaultConfigurations.contains(value) }
      return Self.defaultValues.contains { $0.name == option.name && $0.value == value }
    }
    return Self.defaultFlags.contains(option.name)
  }

  /// The short spellings of pip-compile and repin.
  private static let longNames = [
    "-o": "--output-file", "-c": "--constraint", "-i": "--index-url", "-f": "--find-links", "-p": "--pre",
    "-P": "--upgrade-package", "-U": "--upgrade", "-n": "--dry-run", "-q": "--quiet", "-v": "--verbose",
    "-r": "--rebuild", "--pypi-url": "--index-url",
  ]

  /// What never changes the pins of a second run, or is for one run only; by the positive spelling.
  private static let droppedOptions = [
    "--dry-run", "--quiet", "--verbose", "--rebuild", "--upgrade", "--upgrade-package", "--cache-dir",
    "--reuse-hashes", "--no-config", "--check", "--offline", "--refresh", "--cache", "--history",
    "--format", "--custom-compile-command",
  ]

  /// Options whose names begin with `no-` and have no positive twin.
  private static let onlyNegativeOptions = ["--no-index", "--no-config", "--no-binary", "--no-build"]

  private static let repeatableOptions = [
    "--constraint", "--exclude-newer-package", "--extra", "--extra-index-url", "--find-links", "--group",
    "--no-binary", "--no-build", "--only-binary",
    "--override", "--trusted-host", "--unsafe-package", "--build-deps-for",
  ]

  /// Flags that say what holds anyway.
  private static let defaultFlags = [
    "--header", "--annotate", "--emit-index-url", "--emit-find-links", "--emit-trusted-host",
    "--emit-options",
    "--build-isolation", "--no-allow-unsafe",
  ]

  private static let defaultValues = [
    Option("--annotation-style", "split"), Option("--newline", "preserve"), Option("--max-rounds", "10"),
    Option("--resolver", "backtracking"),
  ]

  private static let defaultConfigurations = ["repin.toml", ".pip-tools.toml", "pyproject.toml"]

  /// Python's `repr` of a string, which pip-tools uses for `--pip-args` alone.
  private static func pythonLiteral(_ text: String) -> String {
    let quote: Unicode.Scalar = text.contains("'") && !text.contains("\"") ? "\"" : "'"
    var result = String(quote)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": result += "\\\\"
      case quote: result += "\\\(quote)"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case _ where !PrintableText.isPrintable(scalar):
        let digits = String(scalar.value, radix: 16)
        let width = scalar.value > 0xFF ? 4 : 2
        result += (width == 4 ? "\\u" : "\\x") + String(repeating: "0", count: width - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + String(quote)
  }
}
