/// When a failed request is sent again, and after how long.
///
/// The wait doubles each time from `base` up to `longest` and is spread over its upper half by chance, so
/// that a hundred requests turned away at once don't all come back at once. A server's `Retry-After`
/// overrides it; if it asks for more than `longestAsked` the answer stands as it is.
struct RetryPolicy: Sendable, Hashable {
  /// Requests after the first.
  var retries = 3
  var base = Duration.milliseconds(250)
  var longest = Duration.seconds(8)
  /// Seconds.
  var longestAsked: Int64 = 30

  /// Whether `status` may be gone a moment later (RFC 9110 §15, RFC 6585 §4).
  static func isTransient(status: Int) -> Bool {
    switch status {
    case 408, 425, 429, 500, 502, 503, 504: true
    case 520...530: true  // what content networks say about the server behind them
    default: false
    }
  }

  /// The wait before retry number `attempt` (from 0); nil: give up.
  func delay(attempt: Int, retryAfter: Int64?, jitter: Double) -> Duration? {
    guard attempt < retries else { return nil }
    if let retryAfter {
      guard retryAfter <= longestAsked else { return nil }
      return .seconds(max(0, retryAfter)) + base * jitter
    }
    let full = min(base * (1 << min(attempt, 16)), longest)
    return full / 2 + full / 2 * jitter
  }

  /// `Retry-After` in seconds from `now`: a number or a date (RFC 9110 §10.2.3).
  static func retryAfter(_ fields: HTTPFields, now: Int64) -> Int64? {
    guard let text = fields["retry-after"]?.trimmed else { return nil }
    if let seconds = Int64(text) { return max(0, seconds) }
    return HTTPDate(String(text), now: now).map { max(0, $0.seconds - now) }
  }
}
