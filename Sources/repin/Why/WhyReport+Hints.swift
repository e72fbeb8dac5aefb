import PythonPackaging
import Resolution

extension WhyReport {
  /// What would help, a line each.
  var hints: [String] {
    switch answer {
    case .pinned: return []
    case .possible(_, _, let way): return [hint(by: way)]
    case .impossible(let refusal): return wayOutHints(of: refusal) + refusal.hints
    case nil: break
    }
    switch absence {
    case .heldBack: return ["`--allow-unsafe` pins it"]
    case .unneeded: return ["`\(command.compiling)` takes it out"]
    case .unknown(let near) where !near.isEmpty: return [Self.meant(near)]
    case .noSuchExtra(_, _, let near, let provided):
      if !near.isEmpty { return [Self.meant(near)] }
      if provided.isEmpty { return ["`\(subject.name)` has no extras"] }
      let shown = provided.prefix(8).map { "`\($0)`" }.joined(separator: ", ")
      return ["its extras are \(shown)\(provided.count > 8 ? " and \(provided.count - 8) more" : "")"]
    case .unknown, .extraNotAskedFor, .excluded, nil: return []
    }
  }

  private static func meant(_ near: [String]) -> String {
    "did you mean \(near.map { "`\($0)`" }.joined(separator: " or "))?"
  }

  private func hint(by way: Way) -> String {
    switch way {
    case .compile: return "`\(command.compiling)` does it"
    case .upgrade: return "`\(command.upgrading(subject))` does it"
    case .line:
      let file = source.map { $0 == "-" ? "standard input" : "`\(PrintableText.escaped($0, limit: 300))`" }
      let reason = pin == nil ? "nothing asks for `\(subject.name)`" : "giving up the pin isn't enough"
      return "\(reason): write `\(subject.shown)` into \(file ?? "your requirements"), and "
        + "`\(command.compiling)` does it"
    case .nothing:
      let names = stuck.map { "`\(PrintableText.escaped($0, limit: 300))`" }.joined(separator: ", ")
      return
        "`\(command.upgrading(subject))` compiles all lockfiles of `[[compile]]` and writes none, since it "
        + "can't be had in \(names)"
    }
  }
}
