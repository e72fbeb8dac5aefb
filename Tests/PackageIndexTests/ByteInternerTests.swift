import Testing

@testable import PackageIndex

@Suite("Distinct byte strings")
struct ByteInternerTests {
  @Test("Equal strings have one number, different strings different ones")
  func numbers() {
    var random = SeededRandom(seed: 5)
    var interner = ByteInterner()
    var known: [[UInt8]: Int] = [:]
    for _ in 0..<5_000 {
      let length = Int.random(in: 0..<20, using: &random)
      let string = (0..<length).map { _ in UInt8.random(in: 0..<3, using: &random) }
      let text = [9] + string + [9]
      let number = interner.number(of: 1..<1 + length, in: text.span)
      if let first = known[string] {
        if first != number { Issue.record("\(string): \(first), \(number)") }
      } else {
        if number != known.count { Issue.record("\(string): \(number) of \(known.count)") }
        known[string] = number
      }
    }
    #expect(known.count > 2_000 && interner.offsets.count == known.count)
    for (string, number) in known {
      let offset = interner.offsets[number]
      let length = Int(interner.bytes[offset]) | Int(interner.bytes[offset + 1]) << 8
      if Array(interner.bytes[offset + 2..<offset + 2 + length]) != string { Issue.record("\(string)") }
    }
  }
}
