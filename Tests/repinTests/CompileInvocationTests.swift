import ArgumentParser
import Synchronization
import TestSupport
import Testing

@testable import repin

/// How often a command line is read: a reading takes milliseconds.
@Suite struct CompileInvocationTests {
  struct Reading: CustomTestStringConvertible {
    let testDescription: String
    let toml: String
    /// Beside the first reading, that of the user's own words.
    let count: Int
  }

  static let names = (1...20).map { "\"p\($0)\"" }.joined(separator: ", ")
  static let settings =
    "header = false\nannotate = false\nstrip-extras = true\nallow-unsafe = true\nnewline = \"lf\"\npre = true\n"
    + "build-timeout = 60\nunsafe-package = [\(names)]\n"
  static let layers = (1...4).map { "[[compile]]\nsources = [\"\($0).in\"]\n" }.joined()

  @Test(arguments: [
    Reading(testDescription: "no configuration", toml: "", count: 0),
    Reading(testDescription: "sources", toml: "sources = [\"a.in\"]\n", count: 1),
    Reading(testDescription: "settings and a list", toml: settings, count: 1),
    Reading(testDescription: "four lockfiles", toml: settings + layers, count: 4),
  ]) func `settings are read once a lockfile`(_ reading: Reading) throws {
    let directory = TemporaryDirectory()
    directory.write("repin.toml", reading.toml)
    let count = Mutex(0)
    var invocation = CompileInvocation(
      asked: try CompileCommand.parse([]), words: [],
      context: CommandContext(
        environment: [:], workingDirectory: directory.path, terminal: Terminal(environment: [:])))
    invocation.parse = { words in
      count.withLock { $0 += 1 }
      return try CompileCommand.parse(words)
    }
    let plan = try invocation.plan()
    #expect(plan.commands.count == max(1, reading.toml.components(of: "[[compile]]")))
    #expect(count.withLock { $0 } == reading.count)
  }
}

extension String {
  fileprivate func components(of text: String) -> Int { ranges(of: text).count }
}
