/// Asks for something of each element, of all at once, and gives the answers in the elements' order.
package func orderedAnswers<Element: Sendable, Answer: Sendable>(
  of elements: [Element], asking ask: @escaping @Sendable (Element) async -> Answer
) async -> [Answer] {
  await withTaskGroup(of: (Int, Answer).self) { group in
    for (place, element) in elements.enumerated() {
      group.addTask { (place, await ask(element)) }
    }
    var answers: [(place: Int, answer: Answer)] = []
    for await (place, answer) in group { answers.append((place, answer)) }
    return answers.sorted { $0.place < $1.place }.map(\.answer)
  }
}

extension RandomAccessCollection where Self: Sendable, Index == Int, Element: Sendable {
  /// What is made of each element, in their order, where each is little work: a task makes several, one after the other.
  package func inParallel<Made: Sendable>(
    by count: Int, _ make: @escaping @Sendable (Element) async -> Made
  ) async -> [Made] {
    let parts = stride(from: startIndex, to: endIndex, by: count).map { $0..<Swift.min($0 + count, endIndex) }
    let made = await orderedAnswers(of: parts) { part in
      var made: [Made] = []
      made.reserveCapacity(part.count)
      for place in part { made.append(await make(self[place])) }
      return made
    }
    return made.flatMap(\.self)
  }
}
