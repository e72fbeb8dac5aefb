import ArgumentParser
import Testing

@testable import repin

/// Words that are read without the argument parser are read as it reads them.
@Suite struct CompileWordsTests {
  /// A value that each option takes, where not any word will do.
  private static let values = [
    "annotation-style": "line", "newline": "LF", "build-timeout": "60", "format": "json",
    "resolution": "lowest",
    "prerelease": "allow", "exclude-newer": "2026-01-31", "exclude-newer-package": "flask=false",
    "uploaded-prior-to": "P7D", "index-strategy": "first-index", "build-deps-for": "wheel", "max-rounds": "3",
    "resolver": "backtracking",
  ]

  /// Each option in each way in which it can be written.
  private static let options: [[String]] = CompileOption.all.flatMap { option -> [[String]] in
    let value = values[option.name] ?? "name"
    let letter = option.letter.map { "-\($0)" }
    switch option.kind {
    case .flag: return [["--\(option.name)"]] + (letter.map { [[$0]] } ?? [])
    case .switching:
      return [["--\(option.name)"], ["--no-\(option.name)"], ["--\(option.name)", "--no-\(option.name)"]]
        + (letter.map { [[$0]] } ?? [])
    case .value, .list:
      return [["--\(option.name)", value], ["--\(option.name)=\(value)"]]
        + [["--\(option.name)", value, "--\(option.name)=\(value)"]].filter { _ in
          option.name != "exclude-newer-package"
        }
        + (letter.map { [[$0, value]] } ?? [])
    }
  }

  /// Options that the argument parser reads: they need another beside them, or take words that begin with a dash.
  private static let notPlain: Set = ["--only-build-deps", "--pip-args"]

  @Test func `no words ask for what the declarations say`() throws {
    #expect(shown(CompileCommand.unasked) == shown(try CompileCommand.parse([])))
  }

  @Test(arguments: options) func `an option`(_ words: [String]) throws {
    let words = ["one.in"] + words + ["two.in", "-"]
    let plain = CompileCommand(plain: words)
    if Self.notPlain.contains(where: { words[1].hasPrefix($0) }) {
      #expect(plain == nil)
      return
    }
    let command = try #require(plain)
    #expect(shown(command) == shown(try CompileCommand.parse(words)))
    #expect(shown(command) != shown(CompileCommand.unasked))
  }

  @Test(arguments: [
    ["--help"], ["-h"], ["--version"], ["--unheard-of"], ["-x"], ["--output-file"], ["--output-file="],
    ["-o", "-q"],
    ["-ofile"], ["-qU"], ["--", "file.in"], ["--quiet=yes"], ["--upgr"], ["--build-timeout", "soon"],
    ["--format", "xml"], ["--quiet", "--verbose"], ["--offline", "--refresh"], ["--resolver", "legacy"],
    ["--pre", "--prerelease", "disallow"], ["--exclude-newer", "P1M"], ["-o=file"], [""],
    ["--output-file", ""],
    ["--newline", "cr"], ["--pip-args", "--no-index"],
  ])
  func `what takes the argument parser is left to it`(_ words: [String]) {
    #expect(CompileCommand(plain: words) == nil)
  }

  @Test(arguments: [
    [], ["a.txt", "-q", "b.txt"], ["--recursive", "x", "--recursive=y", "a.txt"], ["--quiet-if-unchanged"],
    ["--advisories-source", "osv-api", "--strict"], ["--public-index=a", "-i", "b", "--public-index", "c"],
    ["--format", "json", "--no-history"], ["--advisories-source=a", "--advisories-source=b"],
    ["-i", "strict", "--offline"], ["--image-labels", "a.json", "--image=web:1"],
    ["--image-labels", "-", "-q"],
    ["--image-labels=a", "--image-labels", "b", "--image", "x", "--image", "y"],
  ])
  func `words of a check`(_ words: [String]) throws {
    let plain = try #require(CheckCommand(plain: words))
    #expect(shown(plain) == shown(try CheckCommand.parse(words)))
  }

  @Test(arguments: [
    ["--strict=yes"], ["--recursive"], ["--recursive="], ["--advisories-source", "--strict"], ["--strct"],
    ["-h"],
    ["--index-url", "--strict", "a"], ["--quiet-if-unchanged="], ["--quiet", "--verbose"],
    ["--public-index", ""], ["--image-labels"], ["--image-labels="], ["--image", "--strict"],
  ])
  func `what takes the argument parser is left to it by a check`(_ words: [String]) {
    #expect(CheckCommand(plain: words) == nil)
  }

  /// All values of a command, a line each, without how help shows groups of them.
  private func shown(_ command: some ParsableCommand) -> [String] {
    var text = ""
    dump(command, to: &text)
    return text.split(separator: "\n").map(String.init).filter { line in
      !line.contains("- title: ") && !line.contains("ArgumentVisibility")
    }
  }
}
