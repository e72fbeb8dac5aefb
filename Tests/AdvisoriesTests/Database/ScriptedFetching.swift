import Glibc
import Synchronization

@testable import Advisories

/// A server of advisories by script: answers by address, and what was asked.
final class ScriptedFetching: AdvisoryFetching {
  enum Answer: Sendable {
    case response(AdvisoryResponse)
    case failure(AdvisoryFetchFailure)

    static func ok(_ text: String, entityTag: String? = nil) -> Answer {
      .ok(Array(text.utf8), entityTag: entityTag)
    }

    static func ok(_ bytes: [UInt8], entityTag: String? = nil) -> Answer {
      .response(AdvisoryResponse(status: 200, validators: Validators(entityTag: entityTag), body: bytes))
    }

    static func status(_ status: Int) -> Answer { .response(AdvisoryResponse(status: status)) }
  }

  private struct State {
    var answers: [String: Answer] = [:]
    var posts: [Answer] = []
    var asked: [String] = []
    var bodies: [String] = []
    var active = 0
    var mostActive = 0
    var events: [String: @Sendable () -> Void] = [:]
  }

  private let state = Mutex(State())

  init(_ answers: [String: Answer] = [:], posts: [Answer] = []) {
    state.withLock {
      $0.answers = answers
      $0.posts = posts
    }
  }

  subscript(address: String) -> Answer? {
    get { state.withLock { $0.answers[address] } }
    set { state.withLock { $0.answers[address] = newValue } }
  }

  /// Does something when an address is asked for the next time.
  func whenAsked(_ address: String, _ event: @escaping @Sendable () -> Void) {
    state.withLock { $0.events[address] = event }
  }

  /// The addresses asked for since the last time, and forgets them.
  func takeAsked() -> [String] {
    state.withLock { state in
      defer { state.asked = [] }
      return state.asked
    }
  }

  /// The bodies sent, in their order.
  var bodies: [String] { state.withLock(\.bodies) }

  /// The most requests that were under way at once.
  var mostActive: Int { state.withLock(\.mostActive) }

  func get(
    _ address: String, unless validators: Validators, limit: Int
  ) async throws(AdvisoryFetchFailure) -> AdvisoryResponse {
    state.withLock { state in
      state.active += 1
      state.mostActive = max(state.mostActive, state.active)
    }
    await Task.yield()
    defer { state.withLock { $0.active -= 1 } }
    return try answer(to: address, unless: validators, limit: limit)
  }

  func download(
    _ address: String, to path: String, unless validators: Validators, limit: Int
  ) async throws(AdvisoryFetchFailure) -> AdvisoryResponse {
    var response = try answer(to: address, unless: validators, limit: limit)
    guard let file = fopen(path, "r+") else { throw .cannotWrite(reason: "no file is there") }
    _ = response.body.withUnsafeBytes { fwrite($0.baseAddress, 1, $0.count, file) }
    fclose(file)
    response.body = []
    return response
  }

  func post(
    _ address: String, json: [UInt8], limit: Int
  ) async throws(AdvisoryFetchFailure) -> AdvisoryResponse {
    let answer = state.withLock { state -> Answer in
      state.asked.append(address)
      state.bodies.append(String(decoding: json, as: UTF8.self))
      return state.posts.isEmpty ? .status(500) : state.posts.removeFirst()
    }
    return try Self.taken(answer, limit: limit)
  }

  private func answer(
    to address: String, unless validators: Validators, limit: Int
  ) throws(AdvisoryFetchFailure) -> AdvisoryResponse {
    let (answer, event) = state.withLock { state in
      state.asked.append(address)
      return (state.answers[address] ?? .status(404), state.events.removeValue(forKey: address))
    }
    event?()
    let response = try Self.taken(answer, limit: limit)
    if let tag = validators.entityTag, response.validators.entityTag == tag {
      return AdvisoryResponse(status: 304, validators: response.validators)
    }
    return response
  }

  private static func taken(
    _ answer: Answer, limit: Int
  ) throws(AdvisoryFetchFailure) -> AdvisoryResponse {
    switch answer {
    case .failure(let failure): throw failure
    case .response(let response):
      guard response.body.count <= limit else { throw .tooLarge(limit: limit) }
      return response
    }
  }
}
