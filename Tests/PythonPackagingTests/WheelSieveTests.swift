import PythonPackaging
import Testing

/// A sieve lets every wheel through that has a priority, and few others.
struct WheelSieveTests {
  @Test(arguments: TagPriorityTests.environments.indices)
  func `loses no wheel that could be picked`(_ index: Int) throws {
    let tags = TagPriorityTests.environments[index]
    let sieve = WheelSieve(tags)
    var (passed, compatible) = (0, 0)
    for row in try OracleTable("filenames.tsv").rows("wheel", atLeast: 1000) {
      guard let wheel = try? WheelFilename(row.fields[1]) else { continue }
      let isLet = sieve.lets(row.fields[1].utf8.span)
      if isLet { passed += 1 }
      guard tags.priority(of: wheel) != nil else { continue }
      compatible += 1
      #expect(isLet, "\(row.fields[1])")
    }
    #expect(compatible > 10)
    // Tags that fit one by one needn't fit together: `cp39-abi3` does, `cp39-cp311` doesn't.
    #expect(passed <= compatible + 40)
  }

  @Test(arguments: [
    ("-py3-none-any.whl", true), ("-1-py3-none-any.whl", true), ("-PY3-none-ANY.whl", true),
    ("-py2.py3-none-any.whl", true), ("-cp311-abi3-win32.manylinux_2_28_x86_64.whl", true),
    ("-py2-none-any.whl", false), ("-cp311-cp311-win32.whl", false), ("-cp311-cp310-any.whl", false),
    // What isn't whole or can't be compared byte by byte is left to whoever reads the name.
    ("py3-none-any.whl", true), ("none-any.whl", true), (".whl", true), ("", true),
    ("-pÿ3-none-any.whl", true),
  ]) func `goes by the three tags at the end`(_ name: String, _ isLet: Bool) {
    #expect(WheelSieve(TagPriorityTests.environments[0]).lets(name.utf8.span) == isLet)
  }
}
