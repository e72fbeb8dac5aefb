import IndexServer
import TestSupport
import Testing

/// What `repin why` does over several lockfiles: how often it asks the index, what it says, how it ends.
@Suite struct WhySurveyTests {
  /// Lockfiles of `[[compile]]` over the same line, each by itself.
  static func fixture(_ names: [String], line: String = "requests\n") async throws -> CommandFixture {
    let fixture = try await WhyTests.fixture()
    var list = ""
    for name in names {
      list += "[[compile]]\nsources = ['\(name).in']\noutput = '\(name).txt'\n"
      fixture.write(["\(name).in": line, "\(name).txt": "requests==2.0\nurllib3==1.26\n"])
    }
    fixture.write(["repin.toml": list])
    return fixture
  }

  @Test(arguments: [["why", "urllib3"], ["why", "urllib3>=2"]])
  func `what lockfiles share is fetched once`(_ words: [String]) async throws {
    let fixture = try await Self.fixture(["one", "two", "three"])
    let outcome = try await fixture.run(words + CommandFixture.target)
    #expect(outcome.status == 0, Comment(rawValue: outcome.errors))
    let paths = fixture.server.requests.map(\.path)
    #expect(!paths.isEmpty)
    #expect(paths.count == Set(paths).count, "\(paths.sorted())")
  }

  @Test(arguments: [["why", "urllib3"], ["why", "urllib3>=2"]])
  func `a warning is said once`(_ words: [String]) async throws {
    let fixture = try await Self.fixture(
      ["one", "two"], line: "-r shared.in\n")
    fixture.write(["shared.in": "requests\nwidgets; platform_release >= 'x'\n"])
    let outcome = try await fixture.run(words + CommandFixture.target)
    #expect(outcome.status == 0, Comment(rawValue: outcome.errors))
    #expect(outcome.errors.split(separator: "\n").count { $0.contains("compares text") } == 1)
  }

  @Test func `what no command does isn't a yes`() async throws {
    let fixture = try await Self.fixture(["base", "dev"])
    fixture.write(["dev.in": "requests\nurllib3<2\n"])
    let outcome = try await fixture.run(["why", "urllib3>=2", "-o", "base.txt"] + CommandFixture.target)
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("can't be had in `dev.txt`"))
    let json = try await fixture.run(
      ["why", "urllib3>=2", "-o", "base.txt", "--format=json"] + CommandFixture.target)
    #expect(json.output.contains("\"possible\" : false"))
  }

  @Test(arguments: [
    ["--generate-hashes"], ["--no-generate-hashes"], ["--no-reuse-hashes"], ["--build-timeout=30"],
    ["--no-cache"], ["--refresh"],
  ])
  func `the hint has the question's options`(_ options: [String]) async throws {
    let fixture = try await WhyTests.fixture()
    let outcome = try await fixture.run(["why", "urllib3==1.25"] + options + CommandFixture.target)
    #expect(outcome.status == 0, Comment(rawValue: outcome.errors))
    for option in options {
      #expect(
        outcome.errors.contains("-P urllib3==1.25") && outcome.errors.contains(" \(option)"),
        Comment(rawValue: outcome.errors))
    }
  }
}
