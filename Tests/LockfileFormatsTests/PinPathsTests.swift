import LockfileFormats
import PythonPackaging
import Testing

/// How pins come into a lockfile.
@Suite struct PinPathsTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var file: String
    var name = "urllib3"
    var path: [String]
  }

  static let cases: [Case] = [
    Case(
      testDescription: "asked for by people", file: "urllib3==1\n    # via -r requirements.in\n",
      path: ["-r requirements.in"]),
    Case(
      testDescription: "by way of others",
      file: """
        boto3==1
            # via -r requirements.in
        botocore==1
            # via
            #   boto3
            #   s3transfer
        s3transfer==1
            # via boto3
        urllib3==1
            # via botocore

        """,
      path: ["-r requirements.in", "boto3", "botocore"]),
    Case(
      testDescription: "the shortest of several, then the first by name",
      file: """
        a==1
            # via -r x.in
        b==1
            # via -r x.in
        c==1
            # via b
        urllib3==1
            # via
            #   b
            #   c
            #   a

        """,
      path: ["-r x.in", "a"]),
    Case(
      testDescription: "a ring that people ask for nowhere",
      file: "a==1\n    # via urllib3\nurllib3==1\n    # via a\n", path: []),
    Case(testDescription: "no annotations", file: "urllib3==1\n", path: []),
    Case(testDescription: "not there", file: "a==1\n    # via -r x.in\n", path: []),
    Case(
      testDescription: "an extra of the asker",
      file: "a==1\n    # via -r x.in\nurllib3==1\n    # via a[socks]\n",
      path: ["-r x.in", "a"]),
  ]

  @Test(arguments: cases) func path(_ example: Case) throws {
    let file = PinnedFileReader(keepsOrigins: true).read(Array(example.file.utf8), path: "requirements.txt")
    let path = PinPaths(file).path(to: try PackageName(example.name))
    #expect(path.map(\.description) == example.path)
  }
}
