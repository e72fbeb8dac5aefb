/// The answers for some values, in their order, with at most `limit` being worked at; nil as soon as `isEnough` says so of
/// one.
func concurrently<Value: Sendable, Answer: Sendable>(
  _ values: [Value], limit: Int, _ body: @escaping @Sendable (Value) async -> Answer,
  isEnough: (Answer) -> Bool = { _ in false }
) async -> [Answer]? {
  await withTaskGroup(of: (Int, Answer).self) { group in
    var answers: [Answer?] = Array(repeating: nil, count: values.count)
    var next = 0
    func add() {
      guard next < values.count else { return }
      let index = next
      next += 1
      group.addTask { (index, await body(values[index])) }
    }
    for _ in 0..<max(1, limit) { add() }
    while let (index, answer) = await group.next() {
      answers[index] = answer
      if isEnough(answer) {
        group.cancelAll()
        return nil
      }
      add()
    }
    return answers.compactMap(\.self)
  }
}
