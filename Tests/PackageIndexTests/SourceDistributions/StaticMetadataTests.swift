import PythonPackaging
import Testing

@testable import PackageIndex

/// What is told of a source tree without a build.
@Suite struct StaticMetadataTests {
  @Test func `a project's table says what a build would`() throws {
    let text = try #require(
      StaticMetadata.text(
        pkgInfo: nil,
        pyproject: Array(
          """
          [project]
          name = "My_App"
          version = "1.0"
          requires-python = ">=3.9"
          dependencies = ["a", "b; os_name == 'nt'"]
          [project.optional-dependencies]
          Dev_Tools = ["c", "d; os_name == 'nt'", "e; os_name == 'nt' or python_version < '3'"]
          all = ["my-app[dev-tools]", "f @ https://h.example/f.zip", "g; os_name == 'nt' and python_version < '3'"]
          """.utf8), version: nil))
    let expected = """
      Metadata-Version: 2.2
      Name: My_App
      Version: 1.0
      Requires-Python: >=3.9
      Provides-Extra: dev-tools
      Provides-Extra: all
      Requires-Dist: a
      Requires-Dist: b; os_name == "nt"
      Requires-Dist: c; extra == "dev-tools"
      Requires-Dist: d; os_name == "nt" and extra == "dev-tools"
      Requires-Dist: e; (os_name == "nt" or python_version < "3") and extra == "dev-tools"
      Requires-Dist: my-app[dev-tools]; extra == "all"
      Requires-Dist: f @ https://h.example/f.zip ; extra == "all"
      Requires-Dist: g; os_name == "nt" and python_version < "3" and extra == "all"

      """
    #expect(String(decoding: text, as: UTF8.self) == expected)
    #expect(try CoreMetadata(utf8: text).hasStaticDependencies)
  }

  struct Table: CustomTestStringConvertible {
    let testDescription: String
    /// What stands for a dynamic version.
    var version: String?
    let isTold: Bool

    init(_ text: String, version: String? = nil, isTold: Bool) {
      testDescription = text
      self.version = version
      self.isTold = isTold
    }
  }

  @Test(arguments: [
    Table("", isTold: false),
    Table("", version: "2", isTold: true),
    Table("version = '1'", isTold: true),
    Table("version = '1'\ndynamic = ['readme', 'scripts', 'unheard-of']", isTold: true),
    Table("dynamic = ['version']", isTold: false),
    Table("dynamic = ['version']", version: "2", isTold: true),
    Table("version = '1'\ndynamic = ['requires-python']", isTold: false),
    Table("version = '1'\ndynamic = ['dependencies']", isTold: false),
    Table("version = '1'\ndynamic = ['optional-dependencies']", isTold: false),
    Table("version = '1'\n[tool.poetry.dependencies]\nsix = '*'", isTold: false),
  ])
  func `only where nothing needed is dynamic`(_ table: Table) throws {
    let text = StaticMetadata.text(
      pkgInfo: nil, pyproject: Array("[project]\nname = 'x'\n\(table.testDescription)".utf8),
      version: try table.version.map { try Version($0) })
    #expect((text != nil) == table.isTold)
  }
}
