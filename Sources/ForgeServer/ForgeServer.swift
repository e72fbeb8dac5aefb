import Synchronization

/// The part of a forge that keeps requests for review, as its API's documentation has it: it takes what is documented, refuses
/// the rest with the documented status and document, and remembers.
///
///     let forge = ForgeServer(.gitlab, repository: "shop/web", token: "secret")
///     forge.answer(ForgeServer.Request(…))
///     forge.pulls                     // what there is now
package final class ForgeServer: Sendable {
  package enum Kind: String, Sendable, CaseIterable {
    case github
    case gitlab
    case gitea
  }

  package struct Request: Sendable, Hashable {
    package var method: String
    /// With its query, behind the host.
    package var path: String
    /// By names in lower case.
    package var fields: [String: String]
    package var body: [UInt8]

    package init(method: String, path: String, fields: [String: String], body: [UInt8]) {
      self.method = method
      self.path = path
      self.fields = fields
      self.body = body
    }
  }

  package struct Response: Sendable, Hashable {
    package var status: Int
    package var fields: [String: String]
    package var body: [UInt8]

    package init(_ status: Int, _ document: JSONDocument?, fields: [String: String] = [:]) {
      self.status = status
      self.fields = fields.merging(["content-type": "application/json; charset=utf-8"]) { own, _ in own }
      body = document?.bytes ?? []
    }

    package init(_ status: Int, text: String, type: String, fields: [String: String] = [:]) {
      self.status = status
      self.fields = fields.merging(["content-type": type]) { own, _ in own }
      body = Array(text.utf8)
    }
  }

  /// A request for review.
  package struct Pull: Sendable, Hashable {
    package var number: Int
    package var title: String
    package var body: String
    package var head: String
    package var base: String
    package var isOpen = true
    package var labels: [String] = []
    package var comments: [String] = []
    /// The repository that the head is in.
    package var headRepository: String
  }

  /// One answer that goes wrong.
  package enum Fault: Sendable {
    /// Instead of what was asked for.
    case instead(Response)
    /// What was asked for is done, and the answer is another.
    case afterwards(Response)
  }

  struct State {
    var pulls: [Pull] = []
    var labels: [(id: Int, name: String)] = []
    var requests: [Request] = []
    var faults: [(method: String, part: String, fault: Fault)] = []
    /// The commit of a branch; nil: there is none.
    var tip: @Sendable (String) -> String?
  }

  package let kind: Kind
  package let repository: String
  package let token: String
  /// Where the API is, behind the host: `/api/v4`.
  package let prefix: String
  let state: Mutex<State>

  /// - Parameter tip: the commit of a branch of the repository; nil: there is none.
  package init(
    _ kind: Kind, repository: String, token: String, tip: @escaping @Sendable (String) -> String? = { $0 }
  ) {
    self.kind = kind
    self.repository = repository
    self.token = token
    prefix =
      switch kind {
      case .github: "/api/v3"
      case .gitlab: "/api/v4"
      case .gitea: "/api/v1"
      }
    state = Mutex(State(tip: tip))
  }

  // MARK: What it has

  package var pulls: [Pull] { state.withLock { $0.pulls } }
  package var open: [Pull] { pulls.filter(\.isOpen) }
  /// Every request so far, in order.
  package var requests: [Request] { state.withLock { $0.requests } }
  /// Requests that change something.
  package var changes: [Request] { requests.filter { $0.method != "GET" } }

  package func forgetRequests() { state.withLock { $0.requests = [] } }

  /// A request of somebody else's.
  package func add(head: String, base: String, repository: String? = nil) {
    state.withLock { state in
      let number = state.pulls.count + 1
      state.pulls.append(
        Pull(
          number: number, title: "Another", body: "", head: head, base: base,
          headRepository: repository ?? self.repository))
    }
  }

  /// Changes a request as a person could.
  package func change(_ number: Int, _ body: (inout Pull) -> Void) {
    state.withLock { state in
      for index in state.pulls.indices where state.pulls[index].number == number { body(&state.pulls[index]) }
    }
  }

  /// The next answers to requests of a method whose path has a part in it go wrong, one after the other.
  package func fail(_ method: String, _ part: String, _ faults: Fault...) {
    state.withLock { state in state.faults += faults.map { (method, part, $0) } }
  }

  /// Forgets the faults that nobody has met.
  package func recover() { state.withLock { $0.faults = [] } }

  // MARK: What it does

  package func answer(_ request: Request) -> Response {
    state.withLock { state in
      state.requests.append(request)
      let fault = state.faults.firstIndex {
        $0.method == request.method && request.path.contains($0.part)
      }.map { state.faults.remove(at: $0).fault }
      switch fault {
      case .instead(let response): return response
      case .afterwards(let response):
        _ = usual(request, &state)
        return response
      case nil: return usual(request, &state)
      }
    }
  }

  private func usual(_ request: Request, _ state: inout State) -> Response {
    let target = request.path.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    guard target[0].hasPrefix(prefix + "/") else {
      return Response(404, text: "<html>No such page</html>", type: "text/html")
    }
    var call = Call(
      method: request.method,
      parts: target[0].dropFirst(prefix.count + 1).split(separator: "/").map(String.init),
      query: Self.query(target.count == 2 ? target[1] : ""), fields: request.fields, document: nil)
    if !request.body.isEmpty {
      guard request.fields["content-type"]?.hasPrefix("application/json") == true,
        let document = JSONDocument(request.body), case .object = document
      else { return Response(400, ["message": "Problems parsing JSON"]) }
      call.document = document
    }
    return switch kind {
    case .github: github(call, &state)
    case .gitlab: gitlab(call, &state)
    case .gitea: gitea(call, &state)
    }
  }

  /// A request, taken apart.
  struct Call {
    var method: String
    /// Of the path behind the API's, still encoded.
    var parts: [String]
    var query: [String: String]
    var fields: [String: String]
    var document: JSONDocument?

    func text(_ name: String) -> String? { document?[name]?.text }
  }

  private static func query(_ text: Substring) -> [String: String] {
    var result: [String: String] = [:]
    for pair in text.split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      result[decoded(parts[0])] = parts.count == 2 ? decoded(parts[1]) : ""
    }
    return result
  }

  static func decoded(_ text: some StringProtocol) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), rest.count >= 2,
        let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// One page of a list, with the `Link` to the next (RFC 8288).
  func page(
    _ items: [JSONDocument], _ call: Call, parameter: String, usual: Int, most: Int, hasLink: Bool = true
  ) -> Response {
    let size = min(most, max(1, call.query[parameter].flatMap { Int($0) } ?? usual))
    let number = max(1, call.query["page"].flatMap { Int($0) } ?? 1)
    let start = min(items.count, (number - 1) * size)
    let end = min(items.count, start + size)
    var fields: [String: String] = [:]
    if end < items.count { fields["link"] = "<https://elsewhere.example/?page=\(number + 1)>; rel=\"next\"" }
    return Response(200, .list(Array(items[start..<end])), fields: fields)
  }
}
