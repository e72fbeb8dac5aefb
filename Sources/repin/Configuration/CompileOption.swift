/// An option of `repin compile` as configuration and environment name it.
struct CompileOption: Sendable, Hashable {
  /// What an option takes.
  enum Kind: Sendable, Hashable {
    /// Nothing: it is there or not.
    case flag
    /// Nothing; `--no-NAME` is its opposite.
    case switching
    /// One value.
    case value
    /// A value each time it is given.
    case list
  }

  /// Without dashes: `generate-hashes`.
  let name: String
  let kind: Kind
  /// The one letter that stands for it.
  var letter: Character?
  /// Whether it can be configured; else it is for one run only, or says where the configuration is.
  var isConfigurable = true

  init(_ name: String, _ kind: Kind, _ letter: Character? = nil, isConfigurable: Bool = true) {
    self.name = name
    self.kind = kind
    self.letter = letter
    self.isConfigurable = isConfigurable
  }

  /// Whether values are moments, which TOML writes without quotes.
  var takesMoment: Bool { ["exclude-newer", "exclude-newer-package", "uploaded-prior-to"].contains(name) }

  /// All there are; a test holds them to what the command itself declares.
  static let all: [CompileOption] = [
    CompileOption("output-file", .value, "o"), CompileOption("upgrade", .switching, "U"),
    CompileOption("upgrade-package", .list, "P"), CompileOption("constraint", .list, "c"),
    CompileOption("extra", .list), CompileOption("all-extras", .flag), CompileOption("group", .list),
    CompileOption("build-deps-for", .list), CompileOption("all-build-deps", .flag),
    CompileOption("only-build-deps", .flag), CompileOption("generate-hashes", .switching),
    CompileOption("reuse-hashes", .switching), CompileOption("annotate", .switching),
    CompileOption("annotation-style", .value), CompileOption("header", .switching),
    CompileOption("strip-extras", .switching), CompileOption("allow-unsafe", .switching),
    CompileOption("unsafe-package", .list), CompileOption("emit-index-url", .switching),
    CompileOption("emit-find-links", .switching), CompileOption("emit-trusted-host", .switching),
    CompileOption("emit-options", .switching), CompileOption("newline", .value),
    CompileOption("config", .value, isConfigurable: false),
    CompileOption("no-config", .flag, isConfigurable: false), CompileOption("custom-compile-command", .value),
    CompileOption("pre", .flag, "p"), CompileOption("only-binary", .list), CompileOption("no-binary", .list),
    CompileOption("no-build", .list), CompileOption("build-isolation", .switching),
    CompileOption("build-timeout", .value), CompileOption("python", .value),
    CompileOption("uploaded-prior-to", .value), CompileOption("resolution", .value),
    CompileOption("prerelease", .value), CompileOption("override", .list), CompileOption("no-deps", .flag),
    CompileOption("exclude-newer", .value), CompileOption("exclude-newer-package", .list),
    CompileOption("python-version", .value), CompileOption("python-platform", .value),
    CompileOption("check", .flag, isConfigurable: false),
    CompileOption("format", .value, isConfigurable: false),
    CompileOption("dry-run", .flag, "n"),
    CompileOption("quiet", .flag, "q"), CompileOption("verbose", .flag, "v"),
    CompileOption("index-url", .value, "i"), CompileOption("extra-index-url", .list),
    CompileOption("find-links", .list, "f"), CompileOption("no-index", .flag),
    CompileOption("index-strategy", .value),
    CompileOption("trusted-host", .list), CompileOption("cert", .value), CompileOption("client-cert", .value),
    CompileOption("keyring-provider", .value), CompileOption("cache-dir", .value),
    CompileOption("no-cache", .flag), CompileOption("offline", .flag), CompileOption("refresh", .flag),
    CompileOption("history", .value), CompileOption("no-history", .flag),
    CompileOption("resolver", .value), CompileOption("max-rounds", .value),
    CompileOption("rebuild", .flag, "r"), CompileOption("color", .switching, isConfigurable: false),
    CompileOption("pip-args", .value),
  ]

  /// The option that has no say where this one is given.
  var opposite: String? {
    switch name {
    case "history": "no-history"
    case "no-history": "history"
    default: nil
    }
  }

  /// The option of this name.
  static func named(_ name: String) -> CompileOption? { all.first { $0.name == name } }

  /// The option that a word of a command line gives: `-o`, `-ofile`, `--output-file=x`, `--no-header`.
  static func given(by word: String) -> CompileOption? {
    if word.hasPrefix("--") {
      let name = String(word.dropFirst(2).prefix { $0 != "=" })
      if let option = named(name) { return option }
      return name.hasPrefix("no-") ? named(String(name.dropFirst(3))) : nil
    }
    guard word.hasPrefix("-"), let letter = word.dropFirst().first else { return nil }
    return all.first { $0.letter == letter }
  }

  /// The words that give it a value.
  func words(_ values: [String]) -> [String] { values.map { "--\(name)=\($0)" } }

  /// The words that switch it; nil where it can't be said on a command line, and need not be.
  func words(isOn: Bool) -> [String] {
    if isOn { return ["--\(name)"] }
    return kind == .switching ? ["--no-\(name)"] : []
  }
}
