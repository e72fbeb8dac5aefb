import PythonPackaging
import Testing

/// Core metadata of every age is read as Python's tools read it.
struct CoreMetadataTests {
  @Test func readsEveryField() throws {
    let metadata = try CoreMetadata(
      """
      Metadata-Version: 2.4
      Name: Zope.Interface
      Version: 7.0-RC1
      Summary: Interfaces
       for Python
      Home-page: https://project.example/
      License: ZPL 2.1
      License-Expression: ZPL-2.1
      Project-URL: Changelog, https://project.example/a,b
      project-url: https://project.example/only
      Classifier: Requires-Dist: not-this
      Requires-Python: >=3.8
      Requires-Dist: setuptools
      REQUIRES-DIST: Sphinx (>=1.0.*) ; extra == 'Docs'
      Requires-Dist: coverage[toml]
        >=5 ;
      \tpython_version < "3.11"
      Provides-Extra: Docs
      Provides-Extra: docs
      Provides-Extra: test
      Provides-Extra: :python_version<'3'
      Dynamic: Description
      Description-Content-Type: text/markdown

      Requires-Dist: not-a-header
      Name: body
      """)
    #expect(metadata.metadataVersion == "2.4")
    #expect(metadata.name.normalized == "zope-interface")
    #expect(metadata.writtenName == "Zope.Interface")
    #expect(metadata.version.description == "7.0rc1")
    #expect(metadata.summary == "Interfaces for Python")
    #expect(metadata.homePage == "https://project.example/")
    #expect(metadata.license == "ZPL 2.1")
    #expect(metadata.licenseExpression == "ZPL-2.1")
    #expect(
      metadata.projectURLs == [
        CoreMetadata.ProjectURL(label: "Changelog", url: "https://project.example/a,b"),
        CoreMetadata.ProjectURL(label: "", url: "https://project.example/only"),
      ])
    #expect(metadata.requiresPython?.description == ">=3.8")
    #expect(
      metadata.requiresDist.map(\.description) == [
        "setuptools", "Sphinx>=1.0; extra == \"docs\"", "coverage[toml]>=5; python_version < \"3.11\"",
      ])
    #expect(metadata.providesExtra.map(\.normalized) == ["docs", "test"])
    #expect(metadata.dynamic == ["description"])
    #expect(metadata.hasStaticDependencies)
  }

  struct Case: CustomTestStringConvertible, Sendable {
    let text: String
    /// Name, version, and the requirements.
    let read: [String]
    var testDescription: String { text }
  }

  static let shapes = [
    Case(
      text: "Name: a\r\nVersion: 1\r\nRequires-Dist: b\r\n\r\nRequires-Dist: c\r\n", read: ["a", "1", "b"]),
    Case(text: "Name: a\rVersion: 1\rRequires-Dist: b", read: ["a", "1", "b"]),
    Case(text: "\u{FEFF}Name: a\nVersion: 1\n", read: ["a", "1"]),
    Case(text: "Name:a\nVersion:1\nName: b\nVersion: 2", read: ["a", "1"]),
    Case(text: "Name: a\nVersion: 1\nnot a header\nRequires-Dist: b", read: ["a", "1"]),
    Case(text: "Name: a\nVersion: 1\n: x\nRequires-Dist: b", read: ["a", "1"]),
    Case(text: "Name: a\nVersion: 1\nX-Other: y\n \n  z\nRequires-Dist: b", read: ["a", "1", "b"]),
    Case(text: "Name: a\nVersion:\n 1\nRequires-Dist: b\n  >=\n\t2", read: ["a", "1", "b>=2"]),
    Case(text: "Metadata-Version: 2.99\nName: a\nVersion: 1", read: ["a", "1"]),
    Case(text: "Metadata-Version: 1.0\nName: a\nVersion: 1\nRequires-Python: \n", read: ["a", "1"]),
    Case(text: "Metadata-Version: 1.0\nName: a\nVersion: 1\nRequires-Python: three\n", read: ["a", "1"]),
  ]

  @Test(arguments: shapes)
  func readsHeadersOfEveryShape(_ row: Case) throws {
    let metadata = try CoreMetadata(row.text)
    let found =
      [metadata.name.normalized, metadata.version.description] + metadata.requiresDist.map(\.description)
    #expect(found == row.read)
    #expect(metadata.requiresPython == nil)
  }

  @Test(arguments: [
    ("", "the field `Name` is missing"),
    ("Version: 1", "the field `Name` is missing"),
    ("Name: a", "the field `Version` is missing"),
    ("\nName: a\nVersion: 1", "the field `Name` is missing"),
    (" Name: a\nVersion: 1", "the field `Name` is missing"),
    ("Metadata-Version: 3.0\nName: a\nVersion: 1", "metadata version `3.0` is not supported"),
    ("Metadata-Version: two\nName: a\nVersion: 1", "metadata version `two` is not supported"),
    ("Name: -a\nVersion: 1", "the name `-a`: a name must begin and end with a letter or a digit, not `-`"),
    ("Name: a\nVersion: x", "the version `x`: expected a digit, found `x`"),
    (
      "Name: a\nVersion: 1\nX: y\n z\nRequires-Dist: b bogus",
      "line 5, `Requires-Dist: b bogus`: expected one of `==`, `!=`, `<=`, `>=`, `<`, `>`, `~=`, `===`, found `b`"
    ),
    (
      "Name: a\nVersion: 1\nRequires-Dist: ;\u{1B}[2J",
      "line 3, `Requires-Dist: ;<U+001B>[2J`: expected a package name, found `;`"
    ),
  ])
  func saysWhatIsWrong(text: String, message: String) throws {
    let error = try #require(throws: CoreMetadataError.self) { try CoreMetadata(text) }
    #expect(error.description == message)
  }

  @Test(arguments: [
    ("2.1", [], false), ("2.2", [], true), ("2.2", ["Requires-Dist"], false),
    ("2.4", ["requires-python"], false),
    ("2.4", ["Summary", "Version"], true), ("2.10", ["PROVIDES-EXTRA"], false), ("2.10", [], true),
  ])
  func tellsWhetherDependenciesAreFixed(version: String, dynamic: [String], isStatic: Bool) throws {
    let text =
      "Metadata-Version: \(version)\nName: a\nVersion: 1\n" + dynamic.map { "Dynamic: \($0)\n" }.joined()
    #expect(try CoreMetadata(text).hasStaticDependencies == isStatic)
  }

  @Test func replacesWhatIsNotUTF8() throws {
    let bytes = Array("Name: a\nVersion: 1\nSummary: caf".utf8) + [0xE9, 0x0A]
    #expect(try CoreMetadata(utf8: bytes).summary == "caf\u{FFFD}")
  }

  @Test func takesUnknownForNothing() throws {
    let metadata = try CoreMetadata(
      "Name: a\nVersion: 1\nSummary: UNKNOWN\nLicense: UNKNOWN\nHome-page: UNKNOWN")
    #expect(metadata.summary == nil && metadata.license == nil && metadata.homePage == nil)
  }
}
