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
