import Resolution
import Testing

/// Work that several tasks share comes out as if one had done it.
struct OrderedAnswersTests {
  @Test("parts of any size keep the order", arguments: [0, 1, 63, 64, 65, 1_000], [1, 7, 64, 5_000])
  func keepsOrder(count: Int, part: Int) async {
    let elements = Array(0..<count)
    let made = await elements.inParallel(by: part) { element in
      if element.isMultiple(of: 3) { await Task.yield() }
      return element * element
    }
    #expect(made == elements.map { $0 * $0 })
  }

  @Test("a slice is gone through from where it begins")
  func slice() async {
    let made = await Array(0..<100)[40..<50].inParallel(by: 3) { $0 }
    #expect(made == Array(40..<50))
  }
}
