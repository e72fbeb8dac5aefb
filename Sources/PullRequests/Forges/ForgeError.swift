import PythonPackaging

/// What a forge's API didn't do, and why.
package struct ForgeError: Error, Sendable, Hashable {
  /// What it was asked for.
  package enum Action: String, Sendable, Hashable {
    case find = "look for an open request"
    case create = "open the request"
    case update = "update the request"
    case label = "label the request"
    case close = "close the request"
    case comment = "comment on the request"
  }

  package enum Reason: Sendable, Hashable {
    /// 401: the token is none, or none anymore; the variable that it is from.
    case unauthorized(variable: String, message: String)
    /// 403: the token may not.
    case forbidden(variable: String, message: String)
    /// 403 or 429: too many requests; after how many seconds again, if it says.
    case rateLimited(seconds: Int64?)
    /// 404: the repository isn't there, or not for this token.
    case notFound(repository: String)
    /// 409.
    case conflict(message: String)
    /// 400 or 422: what was sent isn't taken.
    case unprocessable(message: String)
    /// 5xx, time after time.
    case server(status: Int, message: String)
    /// A redirect, which isn't followed: the token is for this server.
    case redirect(to: String)
    /// Another status.
    case status(Int, message: String)
    /// A page of HTML, mostly a proxy's or a login's.
    case page
    /// An answer that isn't what the API documents.
    case malformed(String)
    /// Longer than that, in bytes.
    case tooLarge(limit: Int)
    /// More pages of requests than are read.
    case tooMany(pages: Int)
    /// No answer.
    case transport(String)
    case cancelled
  }

  package let action: Action
  package let noun: String
  /// Without credentials and query.
  package let url: String
  package let reason: Reason

  /// Whether it may have been done in spite of it, since the answer got lost.
  package let mayHaveHappened: Bool
}

extension ForgeError: CustomStringConvertible {
  /// One sentence without a full stop.
  package var description: String {
    let what = action.rawValue.replacing("request", with: noun)
    return "can't \(what): \(url) \(reason.phrase)"
  }

  var remedy: String? {
    switch reason {
    case .unauthorized(let variable, _): "give `\(variable)` a token that is valid"
    case .forbidden(let variable, _):
      "give the token of `\(variable)` the rights that docs/pull-requests.md names"
    case .rateLimited(let seconds):
      seconds.map { "run it again in \(max(1, ($0 + 59) / 60)) min" } ?? "run it again later"
    case .notFound:
      "see that `repository` and `api-url` of `[pull-request]` are right, and that the token may see the repository"
    case .conflict, .unprocessable: nil
    case .server, .transport: "run it again later"
    case .redirect: "set `api-url` or `repository` of `[pull-request]` to where it is now"
    case .page, .malformed: "see that `api-url` of `[pull-request]` is the address of the API"
    case .status, .tooLarge, .cancelled: nil
    case .tooMany: "close requests that nobody needs"
    }
  }
}

extension ForgeError.Reason {
  fileprivate var phrase: String {
    func said(_ message: String) -> String { message.isEmpty ? "" : ": \(message)" }
    return switch self {
    case .unauthorized(let variable, let message):
      "doesn't know the token of `\(variable)` (401)\(said(message))"
    case .forbidden(let variable, let message):
      "doesn't let the token of `\(variable)` do it (403)\(said(message))"
    case .rateLimited(let seconds):
      "takes no more requests for now" + (seconds.map { ", again in \($0) s" } ?? "")
    case .notFound(let repository):
      "has no `\(repository)`, or doesn't show it to this token (404)"
    case .conflict(let message): "answered 409\(said(message))"
    case .unprocessable(let message): "doesn't take what was sent\(said(message))"
    case .server(let status, let message), .status(let status, let message):
      "answered \(status)\(said(message))"
    case .redirect(let target): "redirects to \(target), which isn't followed"
    case .page: "answered with a page of HTML"
    case .malformed(let reason): "answered with something else than is documented: \(reason)"
    case .tooLarge(let limit): "answered with more than \(limit) bytes"
    case .tooMany(let pages): "has more than \(pages) pages of open requests"
    case .transport(let reason): reason
    case .cancelled: "wasn't waited for: cancelled"
    }
  }
}
