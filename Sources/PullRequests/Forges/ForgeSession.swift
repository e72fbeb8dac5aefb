import JSONReading
import PythonPackaging

/// Requests to one forge's API: with the token, bounded, repeated where that does no harm, and their failures told apart.
struct ForgeSession: Sendable {
  let transport: any ForgeTransport
  let place: ForgePlace
  let token: ForgeToken
  let clock: PullRequestClock
  /// The fields that this forge wants with every request, the one with the token among them.
  let fields: [String: String]

  /// What is done where an answer gets lost.
  enum Repetition: Sendable {
    /// The same request again: it has the same effect however often it is sent.
    case always
    /// Only where the server said that it did nothing.
    case ifNothingHappened
  }

  /// Of an answer, in bytes.
  private static let longestAnswer = 16 << 20
  /// After the first.
  private static let repetitions = 3
  /// In seconds; a server that wants more isn't waited for.
  private static let longestWait: Int64 = 60

  /// The answer to a request, of a status that means that it was done.
  ///
  /// - Parameters:
  ///   - path: behind the API's address, percent-encoded, with its query.
  func send(
    _ method: ForgeRequest.Method, _ path: String, _ body: [String: JSONMember]? = nil,
    _ action: ForgeError.Action, _ repetition: Repetition = .always
  ) async throws(ForgeError) -> ForgeResponse {
    var fields = fields
    if body != nil { fields["content-type"] = "application/json" }
    let request = ForgeRequest(
      method: method, url: place.api.text + path, fields: fields, body: body.map(JSONMember.document),
      maximumBody: Self.longestAnswer)
    let url = place.api.text + path.prefix { $0 != "?" }
    var repeated = 0
    while true {
      let failure: ForgeError
      var wait: Int64?
      do throws(ForgeTransportFailure) {
        let response = try await transport.send(request)
        if (200..<300).contains(response.status) { return response }
        let reason = reason(of: response)
        failure = error(
          action, url, reason, mayHaveHappened: response.status >= 500 && method != .get)
        switch reason {
        case .rateLimited(let seconds): wait = seconds ?? Self.longestWait
        case .server where [500, 502, 503, 504].contains(response.status) && repetition == .always:
          wait = retryAfter(response) ?? Int64(1) << repeated
        default: break
        }
      } catch {
        switch error {
        case .cancelled: throw self.error(action, url, .cancelled, mayHaveHappened: method != .get)
        case .tooLarge:
          throw self.error(
            action, url, .tooLarge(limit: Self.longestAnswer), mayHaveHappened: method != .get)
        case .failed(let reason, let isTransient):
          failure = self.error(
            action, url, .transport(OutsideLine.text(token.hidden(in: reason))),
            mayHaveHappened: method != .get)
          if isTransient, repetition == .always { wait = Int64(1) << repeated }
        }
      }
      guard let wait, wait <= Self.longestWait, repeated < Self.repetitions else { throw failure }
      await clock.sleep(.seconds(wait))
      if Task.isCancelled { throw error(action, url, .cancelled, mayHaveHappened: failure.mayHaveHappened) }
      repeated += 1
    }
  }

  /// A value that an answer must be.
  func document(
    of response: ForgeResponse, _ path: String, _ action: ForgeError.Action
  ) throws(ForgeError) -> JSONAnswer {
    let url = place.api.text + path.prefix { $0 != "?" }
    let mayHaveHappened = action != .find
    if isPage(response) { throw error(action, url, .page, mayHaveHappened: mayHaveHappened) }
    do throws(JSONError) {
      return try JSONAnswer(response.body)
    } catch let failure {
      throw error(
        action, url, .malformed("at byte \(failure.offset) of its JSON: \(failure)"),
        mayHaveHappened: mayHaveHappened)
    }
  }

  /// An answer that lacks what is documented.
  func malformed(_ what: String, _ path: String, _ action: ForgeError.Action) -> ForgeError {
    error(
      action, place.api.text + path.prefix { $0 != "?" }, .malformed(what), mayHaveHappened: action != .find)
  }

  func error(
    _ action: ForgeError.Action, _ url: String, _ reason: ForgeError.Reason, mayHaveHappened: Bool
  ) -> ForgeError {
    ForgeError(
      action: action, noun: place.forge.noun, url: url, reason: reason, mayHaveHappened: mayHaveHappened)
  }

  /// All items of a list that goes over several pages, until `body` has found what it looks for.
  ///
  /// The next page is asked for by its number, and not by the address in the answer, which the token isn't for.
  func pages(
    _ path: String, size: Int, most: Int, _ action: ForgeError.Action,
    _ body: ([JSONAnswer]) throws(ForgeError) -> Bool
  ) async throws(ForgeError) {
    let separator = path.contains("?") ? "&" : "?"
    let parameter = place.forge == .gitea ? "limit" : "per_page"
    for page in 1...most {
      let path = "\(path)\(separator)\(parameter)=\(size)&page=\(page)"
      let response = try await send(.get, path, nil, action)
      guard let items = try document(of: response, path, action).list else {
        throw malformed("no list", path, action)
      }
      if try body(items) { return }
      // RFC 8288.
      let links = response.fields["link"]
      let hasNext = links.map { $0.contains("rel=\"next\"") } ?? (items.count >= size)
      if items.isEmpty || !hasNext { return }
    }
    throw error(
      action, place.api.text + path.prefix { $0 != "?" }, .tooMany(pages: most), mayHaveHappened: false)
  }

  /// The request of a list that goes into a base, else the first that is one.
  ///
  /// - Parameter read: nil: it isn't one that is looked for.
  func request(
    _ path: String, size: Int, most: Int, into base: String,
    _ read: (JSONAnswer) throws(ForgeError) -> OpenRequest?
  ) async throws(ForgeError) -> OpenRequest? {
    var found: OpenRequest?
    try await pages(path, size: size, most: most, .find) { items throws(ForgeError) in
      for item in items {
        guard let request = try read(item) else { continue }
        if request.base == base {
          found = request
          return true
        }
        found = found ?? request
      }
      return false
    }
    return found
  }

  // MARK: Failures

  private func reason(of response: ForgeResponse) -> ForgeError.Reason {
    let message = message(of: response)
    switch response.status {
    case 300..<400:
      let target = response.fields["location"].map { OutsideLine.text(URLWithoutQuery.text($0)) }
      return .redirect(to: target.map { token.hidden(in: $0) } ?? "nowhere")
    case 401: return .unauthorized(variable: token.variable, message: message)
    case 403 where isRateLimit(response, message), 429: return .rateLimited(seconds: rateLimitEnd(response))
    case 403: return .forbidden(variable: token.variable, message: message)
    case 404: return .notFound(repository: place.repository.text)
    case 409: return .conflict(message: message)
    case 400, 422: return .unprocessable(message: message)
    case 500...599: return .server(status: response.status, message: message)
    default: return .status(response.status, message: message)
    }
  }

  /// GitHub says 403 for too many requests too, and tells by its fields or its words.
  private func isRateLimit(_ response: ForgeResponse, _ message: String) -> Bool {
    isUsedUp(response) || response.fields["retry-after"] != nil || message.lowercased().contains("rate limit")
  }

  private func isUsedUp(_ response: ForgeResponse) -> Bool {
    (response.fields["x-ratelimit-remaining"] ?? response.fields["ratelimit-remaining"]) == "0"
  }

  /// When the limit ends is in every answer, and means something in those where nothing is left of it.
  private func rateLimitEnd(_ response: ForgeResponse) -> Int64? {
    if let seconds = retryAfter(response) { return seconds }
    guard isUsedUp(response) else { return nil }
    let reset = response.fields["x-ratelimit-reset"] ?? response.fields["ratelimit-reset"]
    return reset.flatMap { Int64($0) }.map {
      max(0, $0.subtractingReportingOverflow(clock.now()).partialValue)
    }
  }

  /// A number of seconds (RFC 9110, section 10.2.3); a date is taken for none.
  private func retryAfter(_ response: ForgeResponse) -> Int64? {
    response.fields["retry-after"].flatMap { Int64($0) }.map { max(0, $0) }
  }

  private func message(of response: ForgeResponse) -> String {
    if isPage(response) { return "a page of HTML" }
    let text = (try? JSONAnswer(response.body))?.complaint
    return OutsideLine.text(
      token.hidden(in: text ?? String(decoding: response.body.prefix(1000), as: UTF8.self)))
  }

  private func isPage(_ response: ForgeResponse) -> Bool {
    response.fields["content-type"]?.lowercased().hasPrefix("text/html") == true
      || response.body.first { $0 > 0x20 } == UInt8(ascii: "<")
  }
}

/// An address for a message: without its query, and without credentials.
enum URLWithoutQuery {
  static func text(_ url: String) -> String {
    let bare = url.prefix { $0 != "?" && $0 != "#" }
    return URLCredentials.redacted(String(bare))
  }
}

extension String {
  /// All but RFC 3986's unreserved characters as `%XX`.
  var percentEncoded: String {
    var result = ""
    for byte in utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"):
        result.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        result += "%\(byte < 16 ? "0" : "")\(digits)"
      }
    }
    return result
  }
}
