import FoundationEssentials
import Testing

@testable import Scheduling

/// The files at the repository's root that other programs read: pre-commit's hooks and GitHub's action.
@Suite struct RootFilesTests {
  private static func file(_ name: String) throws -> YAMLValue {
    try YAMLValue(String(decoding: try Data(contentsOf: Zones.root.appending(path: name)), as: UTF8.self))
  }

  private static func hook(_ id: String) throws -> YAMLValue {
    try #require(try file(".pre-commit-hooks.yaml").items.first { $0["id"]?.text == id })
  }

  @Test func hooksRunTheProgramOnPath() throws {
    let hooks = try Self.file(".pre-commit-hooks.yaml").items
    #expect(hooks.map { $0["id"]?.text } == ["repin-compile", "repin-check"])
    #expect(hooks.map { $0["entry"]?.text } == ["repin compile --check", "repin check"])
    for hook in hooks {
      #expect(hook["language"] == .text("system") && hook["pass_filenames"] == .text("false"))
    }
    #expect(hooks[1]["stages"]?.items == [.text("pre-push"), .text("manual")])
  }

  struct Path: Sendable, CustomTestStringConvertible {
    var path: String
    var hooks: [String]
    var testDescription: String { path }

    init(_ path: String, _ hooks: String...) {
      self.path = path
      self.hooks = hooks
    }
  }

  /// Which files make which hook run, as pre-commit searches: anywhere in the path.
  @Test(arguments: [
    Path("requirements.in", "repin-compile"), Path("requirements.txt", "repin-compile", "repin-check"),
    Path("service/requirements-dev.txt", "repin-compile", "repin-check"), Path("dev.in", "repin-compile"),
    Path("requirements/dev.in", "repin-compile"),
    Path("requirements/dev.txt", "repin-compile", "repin-check"),
    Path("constraints.txt", "repin-compile"), Path("pyproject.toml", "repin-compile"),
    Path("setup.cfg", "repin-compile"),
    Path("repin.toml", "repin-compile", "repin-check"), Path(".pip-tools.toml", "repin-compile"),
    Path("poetry.lock", "repin-check"), Path("app/uv.lock", "repin-check"),
    Path("pylock.dev.toml", "repin-check"),
    Path("notes.txt"), Path("config.h.in"), Path("requirements.txt.orig"), Path("src/app.py"),
    Path("my-repin.toml"),
    Path("docs/requirements/how/to.txt"),
  ]) func hooksAreForTheirFiles(_ path: Path) throws {
    var found: [String] = []
    for id in ["repin-compile", "repin-check"] {
      let pattern = try #require(try Self.hook(id)["files"]?.text)
      if try Regex(pattern).firstMatch(in: path.path) != nil { found.append(id) }
    }
    #expect(found == path.hooks)
  }

  /// What somebody gives an action reaches a shell through the environment alone.
  @Test func theActionPutsNoInputIntoAScript() throws {
    let action = try Self.file("action.yml")
    #expect(action["runs"]?["using"] == .text("composite"))
    let inputs = try #require(action["inputs"]).keys
    #expect(
      inputs == ["command", "lockfiles", "working-directory", "binary", "url", "sha256", "version", "token"])
    let steps = try #require(action["runs"]?["steps"]).items
    #expect(steps.count == 2)
    var used: Set<String> = ["working-directory"]
    for step in steps {
      #expect(step["run"]?.text?.contains("${{") == false && step["shell"] == .text("bash"))
      for text in step["env"]?.allTexts ?? [] {
        if let name = text.firstMatch(of: #/^\$\{\{ inputs\.([a-z0-9-]+) \}\}$/#)?.1 {
          used.insert(String(name))
        }
      }
    }
    #expect(used == Set(inputs))
  }
}
