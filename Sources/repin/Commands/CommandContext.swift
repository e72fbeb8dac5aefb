import PackageIndex
import PythonPackaging
import RequirementsFiles

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The world as a command sees it, in one value: what a process inherits, and where it talks to.
struct CommandContext: Sendable {
  /// The environment's variables.
  var environment: [String: String]
  /// Where relative paths begin; absolute.
  var workingDirectory: String
  /// Where results and talk go.
  var terminal: Terminal
  /// The time since some fixed moment.
  var clock = ContinuousClock()
  /// What happens when the user interrupts.
  let interruption = Interruption()
  /// The keyring, with what it has answered.
  let keyring: KeyringAnswers

  init(environment: [String: String], workingDirectory: String, terminal: Terminal) {
    self.environment = environment
    self.workingDirectory = workingDirectory
    self.terminal = terminal
    keyring = KeyringAnswers(KeyringCommand(environment: environment)) { failure in
      terminal.warn("`keyring` \(failure)")
    }
  }

  /// This process's.
  static func current() -> CommandContext {
    let environment = inheritedEnvironment()
    return CommandContext(
      environment: environment, workingDirectory: Files.workingDirectory ?? "/",
      terminal: Terminal(environment: environment))
  }

  /// A variable that is set and not empty.
  func variable(_ name: String) -> String? {
    environment[name].flatMap { $0.isEmpty ? nil : $0 }
  }

  /// A path of the user's, made absolute.
  func absolute(_ path: String) -> String {
    path.hasPrefix("/") ? path : "\(workingDirectory)/\(path)"
  }

  /// A path of the user's, made absolute, and without `.`, `..` and doubled slashes: what it is known by.
  func normalized(_ path: String) -> String { RequirementOrigin.normalizedPath(absolute(path)) }

  /// The same, where one command reads the same things several times: each warning is said once.
  var sayingOnce: CommandContext {
    var context = self
    context.terminal = Terminal(environment: environment, repeatsWarnings: false, beside: terminal)
    return context
  }

  private static func inheritedEnvironment() -> [String: String] {
    var result: [String: String] = [:]
    var place = environ
    while let entry = place.pointee {
      let text = String(cString: entry)
      if let equals = text.firstIndex(of: "=") {
        result[String(text[..<equals])] = String(text[text.index(after: equals)...])
      }
      place += 1
    }
    return result
  }
}
