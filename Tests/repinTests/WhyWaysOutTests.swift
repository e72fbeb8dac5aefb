import IndexServer
import TestSupport
import Testing

/// What `repin why PKG SPEC` tells of the user's own lines where the lockfile can't have what is asked about.
@Suite struct WhyWaysOutTests {
  typealias Case = WhyTests.Case

  static let proof = """
    requirements.txt can't have urllib3>=2.5 (now 1.26)
      in the way of urllib3>=2.5:
        cloud-core==1.0 needs urllib3<1.27,>=1.25; python_version >= "3.10" (cloud-core==3.0 is the first release that \
    lifts it)
      in the way of cloud-core>=3.0:
    """

  static let ways: [Case] = [
    Case(
      testDescription: "the user's own line two levels up",
      files: ["requirements.in": "requests[socks]\n\ncloud<2\n"], arguments: ["urllib3>=2.5"], status: 1,
      output: Self.proof + """

            cloud==1.0 needs cloud-core<2,>=1 (cloud==2.0 is the first release that lifts it)
          in the way of cloud>=2.0:
            requirements.in:3: cloud<2 (yours to change)
          change cloud<2 (requirements.in:3): cloud==2.0 goes with urllib3==2.5
        """,
      errors: """
        hint: write `cloud==2.0` instead of `cloud<2` (requirements.in:3), and \
        `repin compile -P 'urllib3>=2.5'\(WhyTests.options)` does it
        """),
    Case(
      testDescription: "the user's own line", files: ["requirements.in": "requests[socks]\nurllib3<2\n"],
      arguments: ["urllib3>=2", "-q"], status: 1,
      output: """
        requirements.txt can't have urllib3>=2 (now 1.26)
          in the way of urllib3>=2:
            requirements.in:2: urllib3<2 (yours to change)
          change urllib3<2 (requirements.in:2): urllib3==2.5 can be had
        """,
      errors: """
        hint: write `urllib3==2.5` instead of `urllib3<2` (requirements.in:2), and \
        `repin compile -P 'urllib3>=2'\(WhyTests.options)` does it
        """),
    Case(
      testDescription: "an override",
      files: [
        "over.txt": "urllib3<2\n", "requirements.in": "requests\nurllib3\n",
        "requirements.txt": "requests==2.0\nurllib3==1.26\n",
      ], arguments: ["urllib3>=2", "--override", "over.txt"], status: 1,
      output: """
        requirements.txt can't have urllib3>=2 (now 1.26)
          in the way of urllib3>=2:
            over.txt:1: urllib3<2 (an override, yours to change)
          change urllib3<2 (over.txt:1): urllib3==2.5 can be had
        """,
      errors: """
        hint: write `urllib3==2.5` instead of `urllib3<2` (over.txt:1), and \
        `repin compile -P 'urllib3>=2' --override=over.txt\(WhyTests.options)` does it
        """),
    Case(
      testDescription: "a constraint", files: ["limits.txt": "urllib3<2\n"],
      arguments: ["urllib3>=2", "requirements.in", "-c", "limits.txt", "-q"], status: 1,
      output: """
        requirements.txt can't have urllib3>=2 (now 1.26)
          in the way of urllib3>=2:
            limits.txt:1: urllib3<2 (a constraint, yours to change)
            cloud-core==1.0 needs urllib3<1.27,>=1.25; python_version >= "3.10" (cloud-core==2.0 is the first release \
        that lifts it)
          in the way of cloud-core>=2.0:
            cloud==1.0 needs cloud-core<2,>=1 (cloud==2.0 is the first release that lifts it)
          change urllib3<2 (limits.txt:1): urllib3==2.5 can be had
        """,
      errors: """
        hint: write `urllib3==2.5` instead of `urllib3<2` (limits.txt:1), and \
        `repin compile -P 'urllib3>=2' --constraint=limits.txt\(WhyTests.options) requirements.in` does it
        """),
    Case(
      testDescription: "one lockfile of [[compile]] can't follow another",
      files: [
        "repin.toml":
          "[[compile]]\nsources = ['base.in']\noutput = 'base.txt'\n"
          + "[[compile]]\nsources = ['dev.in']\noutput = 'dev.txt'\n",
        "base.in": "urllib3\n", "base.txt": "urllib3==1.26\n", "dev.in": "urllib3<2\n",
        "dev.txt": "urllib3==1.26\n",
      ], arguments: ["urllib3>=2,<2.5"], status: 1,
      output: """
        base.txt can't have urllib3==2.0 (now 1.26), since dev.txt can't follow
          alone it could: no other pin moves

        dev.txt can't have urllib3<2.5,>=2 (now 1.26)
          in the way of urllib3<2.5,>=2:
            dev.in:1: urllib3<2 (yours to change)
          change urllib3<2 (dev.in:1): urllib3==2.0 can be had
        """,
      errors: """
        hint: `repin compile -P 'urllib3<2.5,>=2'\(WhyTests.options)` compiles all lockfiles of `[[compile]]` and \
        writes none, since it can't be had in `dev.txt`
        hint: write `urllib3==2.0` instead of `urllib3<2` (dev.in:1), and \
        `repin compile -P 'urllib3<2.5,>=2'\(WhyTests.options)` does it
        """),
    Case(
      testDescription: "several lines",
      files: ["requirements.in": "requests[socks]\ncloud<2\n", "limits.txt": "cloud-core<2\n"],
      arguments: ["urllib3>=2", "requirements.in", "-c", "limits.txt", "-q"], status: 1,
      output: """
        requirements.txt can't have urllib3>=2 (now 1.26)
          in the way of urllib3>=2:
            cloud-core==1.0 needs urllib3<1.27,>=1.25; python_version >= "3.10" (cloud-core==2.0 is the first release \
        that lifts it)
          in the way of cloud-core>=2.0:
            limits.txt:1: cloud-core<2 (a constraint, yours to change)
            cloud==1.0 needs cloud-core<2,>=1 (cloud==2.0 is the first release that lifts it)
          in the way of cloud>=2.0:
            requirements.in:2: cloud<2 (yours to change)
          change cloud<2 (requirements.in:2) and change cloud-core<2 (limits.txt:1): cloud==2.0 and cloud-core==3.0 go \
        with urllib3==2.5
        """,
      errors: """
        hint: write `cloud==2.0` instead of `cloud<2` (requirements.in:2), write `cloud-core==3.0` instead of \
        `cloud-core<2` (limits.txt:1), and `repin compile -P 'urllib3>=2' --constraint=limits.txt\(WhyTests.options) \
        requirements.in` does it
        """),
    Case(
      testDescription: "no change of a line helps", files: ["requirements.in": "cloud<2\n"],
      arguments: ["urllib3>=3.0rc1,!=2.6", "-q"], status: 1,
      output: """
        requirements.txt can't have urllib3!=2.6,>=3.0rc1 (now 1.26)
          in the way of urllib3!=2.6,>=3.0rc1:
            cloud-core==1.0 needs urllib3<1.27,>=1.25; python_version >= "3.10" (no newer release of cloud-core lifts it)
          no change to the bounds of your lines gives it
        """),
  ]

  @Test(arguments: ways) func way(_ given: Case) async throws { try await WhyQuestionTests.ask(given) }
}
