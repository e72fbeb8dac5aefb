import IndexServer
import TestSupport
import Testing

/// `repin update` of one lockfile, run as a process beside an index.
@Suite struct UpdateCommandTests {
  struct Case: CustomTestStringConvertible {
    let testDescription: String
    var files: [String: String] = [:]
    var arguments: [String]
    var environment: [String: String] = [:]
    var status: Int32 = 0
    var output = ""
    let errors: String
    /// Nil: as it was.
    var pins: String?
  }

  static let before = "boto3==1.17.5 botocore==1.20.5 six==1.15 urllib3==1.26.3"

  static let cases: [Case] = [
    Case(
      testDescription: "a pin is raised with the parent that caps it, and nothing else",
      arguments: ["urllib3"],
      errors: """
          ~ botocore==1.20.40 (was 1.20.5): lets urllib3 move
          ~ urllib3==1.26.4 (was 1.26.3): asked for
        wrote requirements.txt: 4 pins (TIME)

        """, pins: "boto3==1.17.5 botocore==1.20.40 six==1.15 urllib3==1.26.4"),
    Case(
      testDescription: "the lockfile named", arguments: ["requirements.txt", "six"],
      errors: """
          ~ six==1.16 (was 1.15): asked for
        wrote requirements.txt: 4 pins (TIME)

        """, pins: "boto3==1.17.5 botocore==1.20.5 six==1.16 urllib3==1.26.3"),
    Case(
      testDescription: "bounds", arguments: ["urllib3>=1.26.5", "six<2"],
      errors: """
          ~ botocore==1.20.40 (was 1.20.5): lets urllib3 move
          ~ urllib3==1.26.5 (was 1.26.3): asked for
        six 1.15 is within <2 already
        wrote requirements.txt: 4 pins (TIME)

        """, pins: "boto3==1.17.5 botocore==1.20.40 six==1.15 urllib3==1.26.5"),
    Case(
      testDescription: "bounds that hold already", arguments: ["six<2"],
      errors: "six 1.15 is within <2 already\nunchanged requirements.txt: 4 pins (TIME)\n", pins: before),
    Case(
      testDescription: "a downgrade that is asked for",
      files: ["requirements.txt": "boto3==1.17.5\nbotocore==1.20.40\nsix==1.16\nurllib3==1.26.5\n"],
      arguments: ["six<1.16"],
      errors: """
          ~ six==1.15 (was 1.16): a downgrade, there is no other way; asked for
        wrote requirements.txt: 4 pins (TIME)

        """, pins: "boto3==1.17.5 botocore==1.20.40 six==1.15 urllib3==1.26.5"),
    Case(
      testDescription: "the newest", arguments: ["urllib3", "--latest"],
      errors: """
          ~ botocore==1.20.40 (was 1.20.5): lets urllib3 move
          ~ urllib3==1.26.5 (was 1.26.3): asked for
        wrote requirements.txt: 4 pins (TIME)

        """, pins: "boto3==1.17.5 botocore==1.20.40 six==1.15 urllib3==1.26.5"),
    Case(
      testDescription: "all", arguments: ["--all"],
      errors: """
          ~ botocore==1.20.40 (was 1.20.5): the newest that can be had; lets urllib3 move
          ~ six==1.16 (was 1.15): the newest that can be had
          ~ urllib3==1.26.5 (was 1.26.3): the newest that can be had
        wrote requirements.txt: 4 pins (TIME)

        """, pins: "boto3==1.17.5 botocore==1.20.40 six==1.16 urllib3==1.26.5"),
    Case(
      testDescription: "all, with one that is held",
      files: ["requirements.in": "six\nboto3\nurllib3<1.26.4\n"], arguments: ["--all", "-q"], errors: "",
      pins: "boto3==1.17.5 botocore==1.20.40 six==1.16 urllib3==1.26.3"),
    Case(
      testDescription: "a line of one's own", files: ["requirements.in": "six\nboto3\nurllib3<1.26.4\n"],
      arguments: ["urllib3", "six"], status: 1,
      errors: """
          ~ six==1.16 (was 1.15): asked for
        blocked: urllib3 1.26.3 → 1.26.4 is held by requirements.in:3: urllib3<1.26.4 (yours to change); and by \
        botocore 1.20.5 (urllib3<1.26.4), via boto3 1.17.5, requirements.in:2; botocore 1.20.40 lifts it
          change urllib3<1.26.4 (requirements.in:3): urllib3==1.26.4 can be had
        wrote requirements.txt: 4 pins (TIME)

        """, pins: "boto3==1.17.5 botocore==1.20.5 six==1.16 urllib3==1.26.3"),
    Case(
      testDescription: "a line that holds the parent",
      files: ["requirements.in": "six\nboto3\nbotocore<1.20.40\n"], arguments: ["urllib3"], status: 1,
      errors: """
        blocked: urllib3 1.26.3 → 1.26.4 is held by botocore 1.20.5 (urllib3<1.26.4), via requirements.in:3; \
        botocore 1.20.40 lifts it
          in the way of botocore>=1.20.40: requirements.in:3: botocore<1.20.40 (yours to change)
          change botocore<1.20.40 (requirements.in:3): botocore==1.20.40 goes with urllib3==1.26.4
        unchanged requirements.txt: 4 pins (TIME)

        """, pins: before),
    Case(
      testDescription: "a larger step than is allowed", arguments: ["six", "urllib3", "--max", "patch"],
      status: 1,
      errors: """
          ~ botocore==1.20.40 (was 1.20.5): lets urllib3 move
          ~ urllib3==1.26.4 (was 1.26.3): asked for
        blocked: six 1.15 stays: no newer release may be picked
        held back: six 1.16 is a larger step than patch
        wrote requirements.txt: 4 pins (TIME)

        """, pins: "boto3==1.17.5 botocore==1.20.40 six==1.15 urllib3==1.26.4"),
    Case(
      testDescription: "by variables of the environment", arguments: ["six"],
      environment: ["REPIN_MAX": "patch"], status: 1,
      errors: """
        blocked: six 1.15 stays: no newer release may be picked
        held back: six 1.16 is a larger step than patch
        unchanged requirements.txt: 4 pins (TIME)

        """, pins: before),
    Case(
      testDescription: "nothing is due", arguments: [],
      errors: "nothing to update in requirements.txt\n", pins: before),
    Case(
      testDescription: "nothing is due, as data", arguments: ["--security", "--format", "json"],
      output: """
        {
          "dryRun" : false,
          "failures" : [

          ],
          "lockfiles" : [

          ],
          "outcome" : "nothing",
          "schema" : "repin.update/1"
        }

        """, errors: "nothing to update in requirements.txt\n", pins: before),
    Case(
      testDescription: "a dry run", arguments: ["six", "-n"],
      output: """
        --- requirements.txt
        +++ requirements.txt (updated)
        """,
      errors: """
          ~ six==1.16 (was 1.15): asked for
        dry run: nothing written, 4 pins (TIME)

        """, pins: before),
  ]

  @Test(arguments: cases) func update(_ given: Case) async throws {
    var fixture = try await UpdateFixture.cloud()
    fixture.command.environment.merge(given.environment) { $1 }
    fixture.command.write(given.files)
    let before = fixture.command.directory.text("requirements.txt")
    let outcome = try await fixture.command.run(["update"] + CommandFixture.target + given.arguments)
    #expect(outcome.status == given.status)
    #expect(outcome.output.hasPrefix(given.output), Comment(rawValue: outcome.output))
    #expect(given.output.isEmpty ? outcome.output.isEmpty : true)
    #expect(outcome.errors.hasPrefix(given.errors), Comment(rawValue: outcome.errors))
    if given.errors.hasSuffix("\n") || given.errors.isEmpty { #expect(outcome.errors == given.errors) }
    if let pins = given.pins { #expect(fixture.pins() == pins) }
    guard fixture.command.directory.text("requirements.txt") != before else { return }
    let again = try await fixture.command.compile("requirements.in", "-q", "--check")
    #expect(again == .init(status: 0, output: "", errors: ""))
  }

  @Test func `hashes and annotations are as a compile writes them`() async throws {
    let fixture = try await UpdateFixture.cloud()
    _ = try await fixture.command.compile(
      "requirements.in", "--generate-hashes", "--annotation-style=line", "--strip-extras")
    let old = fixture.command.directory.text("requirements.txt") ?? ""
    #expect(old.contains("--generate-hashes"))
    let outcome = try await fixture.command.run(["update", "urllib3"])
    #expect(outcome.status == 0, Comment(rawValue: outcome.errors))
    let new = fixture.command.directory.text("requirements.txt") ?? ""
    let moved = new.split(separator: "\n").filter { !old.contains($0) }
    #expect(moved.count == 4)
    #expect(moved.filter { $0.contains("--hash=sha256:") }.count == 2)
    let again = try await fixture.command.compile(
      "requirements.in", "--generate-hashes", "--annotation-style=line", "--strip-extras", "--check", "-q")
    #expect(again == .init(status: 0, output: "", errors: ""))
  }

  @Test func `an index that fails leaves the lockfile`() async throws {
    for arguments in [["urllib3"], ["--all"], []] {
      let fixture = try await UpdateFixture.cloud()
      let before = fixture.command.directory.text("requirements.txt")
      for _ in 0..<8 { fixture.command.server.fail("/simple/botocore/", .status(503, retryAfter: "0")) }
      let outcome = try await fixture.command.run(["update"] + CommandFixture.target + arguments)
      #expect(outcome.status == 3, Comment(rawValue: outcome.errors))
      #expect(outcome.errors.contains("nothing was written"))
      #expect(fixture.command.directory.text("requirements.txt") == before)
    }
  }

  @Test func `a package by name doesn't need what others' pages would tell`() async throws {
    let fixture = try await UpdateFixture.cloud()
    let outcome = try await fixture.update("six")
    #expect(outcome.status == 0)
    #expect(fixture.command.server.requestCount("/simple/six/") == 1)
  }
}
