import PythonPackaging
import Testing

@testable import PackageIndex

struct FoldedNamesTests {
  private static let names = [
    "Foo_Bar-1.0-py3-none-any.whl", "foo-2.0.tar.gz", "foo.bar-0.9.zip", "foo__bar-1.1-py3-none-any.whl",
    "food-1.0.tar.gz", "FOO-bar-baz-3.tar.gz", "readme.txt", "foo", "-", "",
  ]

  @Test(arguments: [
    ("foo", [0, 1, 2, 3, 5]), ("foo-bar", [0, 2, 3, 5]), ("foo.bar.baz", [5]), ("food", [4]), ("fo", []),
    ("zoo", []),
  ]) func `are found by how a project's name is normalised, in their order`(
    _ project: String, _ places: [Int]
  ) throws {
    let found = FoldedNames(Self.names).beginning(with: try PackageName(project))
    #expect(found == places.map { Self.names[$0] })
  }
}
