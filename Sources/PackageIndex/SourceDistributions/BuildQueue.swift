/// Runs builds one after the other: each has the machine to itself, and what they print doesn't mix.
actor BuildQueue {
  private var last: Task<Void, Never>?

  /// Runs `body` after all that came before it.
  func run<Value: Sendable>(_ body: @escaping @Sendable () async -> Value) async -> Value {
    let before = last
    let task = Task {
      await before?.value
      return await body()
    }
    last = Task { _ = await task.value }
    return await withTaskCancellationHandler {
      await task.value
    } onCancel: {
      task.cancel()
    }
  }
}
