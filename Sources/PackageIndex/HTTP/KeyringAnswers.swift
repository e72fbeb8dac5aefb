import Synchronization

/// What a keyring has answered: it is asked for each service and user once, however many wait for the answer, and after
/// a failure never again.
package final class KeyringAnswers: Sendable {
  private struct Question: Hashable {
    var service: String
    var user: String?
  }

  private struct State {
    var tasks: [Question: Task<Credentials?, Never>] = [:]
    var answers: [Question: Credentials] = [:]
    var hasFailed = false
  }

  private let keyring: any Keyring
  private let onFailure: @Sendable (KeyringError) -> Void
  private let state = Mutex(State())

  /// - Parameter onFailure: is told the first failure.
  package init(
    _ keyring: any Keyring, onFailure: @escaping @Sendable (KeyringError) -> Void = { _ in }
  ) {
    self.keyring = keyring
    self.onFailure = onFailure
  }

  /// Whether there is a keyring to ask.
  var isAvailable: Bool { keyring.isAvailable }

  /// What was found so far, without asking.
  func known(_ services: [String], user: String?) -> Credentials? {
    state.withLock { state in
      for service in services {
        if let answer = state.answers[Question(service: service, user: user)] { return answer }
      }
      return nil
    }
  }

  /// What the first service that has something has.
  func credentials(for services: [String], user: String?) async -> Credentials? {
    for service in services {
      if let answer = await answer(Question(service: service, user: user)) { return answer }
    }
    return nil
  }

  /// Every form in which a password that was found may turn up in a program's output.
  package var secrets: [String] { state.withLock { $0.answers.values.flatMap(\.secrets) } }

  private func answer(_ question: Question) async -> Credentials? {
    let task = state.withLock { state in
      if let task = state.tasks[question] { return task }
      let task = Task { await self.ask(question) }
      state.tasks[question] = task
      return task
    }
    return await task.value
  }

  private func ask(_ question: Question) async -> Credentials? {
    guard !state.withLock({ $0.hasFailed }) else { return nil }
    do throws(KeyringError) {
      let answer = try await keyring.credentials(for: question.service, user: question.user)
      state.withLock { $0.answers[question] = answer }
      return answer
    } catch {
      let isFirst = state.withLock { state in
        defer { state.hasFailed = true }
        return !state.hasFailed
      }
      if isFirst { onFailure(error) }
      return nil
    }
  }
}
