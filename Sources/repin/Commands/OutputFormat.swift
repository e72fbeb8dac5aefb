import ArgumentParser
import PythonPackaging

/// How an answer is written to standard output.
enum OutputFormat: Sendable, Hashable, ExpressibleByArgument {
  /// For people.
  case text
  /// For programs, by a documented schema.
  case json
  /// The language of Graphviz, where there is something to draw.
  case dot
  /// There is none of this name. Commands have different ones, and each says which.
  case unknown(String)

  init(argument: String) {
    self =
      switch argument {
      case "text": .text
      case "json": .json
      case "dot": .dot
      default: .unknown(argument)
      }
  }

  /// Those that every command has.
  static let allValueStrings = ["text", "json"]

  /// As the option takes it.
  var name: String {
    switch self {
    case .text: "text"
    case .json: "json"
    case .dot: "dot"
    case .unknown(let name): name
    }
  }

  var defaultValueDescription: String { "\(self)" }
}

extension CompileCommand {
  /// Refuses a format that there isn't, or that `repin compile` has nothing to write in.
  func checkFormat() throws(CommandFailure) {
    switch format {
    case .text, .json: return
    case .dot: throw .usage("`--format dot` is for `repin why`", hint: "take text or json")
    case .unknown(let name): throw .format(name, expected: "text or json")
    }
  }
}

extension CompileCommand {
  /// Takes the format that `REPIN_FORMAT` says where the words give none: for commands that show something.
  mutating func settleFormat(by context: CommandContext, beside words: [String]) {
    guard let value = context.variable("REPIN_FORMAT"),
      !words.contains(where: { $0 == "--format" || $0.hasPrefix("--format=") })
    else { return }
    format = OutputFormat(argument: value)
  }
}

extension CommandFailure {
  /// A format that there isn't.
  static func format(_ name: String, expected: String) -> CommandFailure {
    .usage("`--format`: found `\(PrintableText.excerpt(name, limit: 100))`, expected \(expected)")
  }
}
