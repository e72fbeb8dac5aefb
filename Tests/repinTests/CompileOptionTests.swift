import FoundationEssentials
import Testing

@testable import repin

/// The options that configuration and environment know, held to those that the command declares.
@Suite struct CompileOptionTests {
  /// What `--experimental-dump-help` tells of a command.
  private struct Dump: Decodable {
    struct Command: Decodable {
      let commandName: String
      var arguments: [Argument]?
    }

    struct Argument: Decodable {
      struct Name: Decodable {
        let kind: String
        let name: String
      }

      let kind: String
      var names: [Name]?
      let isRepeating: Bool

      var longName: String? { names?.first { $0.kind == "long" }?.name }
    }

    let command: Command
  }

  @Test func `the options known are those that the command has`() async throws {
    let outcome = try await CommandFixture().run(["compile", "--experimental-dump-help"])
    #expect(outcome.status == 0)
    let dump = try JSONDecoder().decode(Dump.self, from: Data(outcome.output.utf8))
    let arguments = (dump.command.arguments ?? []).filter { $0.kind != "positional" }
    let flags = Set(arguments.filter { $0.kind == "flag" }.compactMap(\.longName))
    var options: Set<CompileOption> = []
    for argument in arguments {
      let name = try #require(argument.longName)
      let isOpposite =
        argument.kind == "flag" && name.hasPrefix("no-") && flags.contains(String(name.dropFirst(3)))
      if isOpposite || ["help", "version"].contains(name) { continue }
      let kind: CompileOption.Kind =
        switch (argument.kind, argument.isRepeating) {
        case ("flag", _): flags.contains("no-\(name)") ? .switching : .flag
        case (_, true): .list
        case (_, false): .value
        }
      let letter = argument.names?.first { $0.kind == "short" }?.name.first
      #expect(options.insert(CompileOption(name, kind, letter)).inserted)
    }
    let known = CompileOption.all.map { CompileOption($0.name, $0.kind, $0.letter) }
    #expect(Set(known).subtracting(options).map(\.name).sorted() == [])
    #expect(options.subtracting(known).map(\.name).sorted() == [])
    #expect(Set(CompileOption.all.map(\.name)).count == CompileOption.all.count)
  }
}
