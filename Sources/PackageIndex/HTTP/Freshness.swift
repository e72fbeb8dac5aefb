/// How long a response may be used again without asking (RFC 9111 §4.2), for a private cache.
///
/// Lifetime: `max-age`, else `Expires` − `Date`, else a guess (§4.2.2): a tenth of the time since
/// `Last-Modified`, at most ten minutes, since a project page that has been quiet for years must still show
/// today's release today; and ten minutes where the server says nothing at all (no `Cache-Control`, no
/// validator), since asking such a server means fetching everything again. With an `ETag` alone it is 0: to ask
/// costs little. `s-maxage` is for shared caches and ignored. `no-cache` and `Vary: *` make it 0; `no-store`
/// forbids keeping it. `must-revalidate` changes nothing, since a stale response is never used unasked (offline
/// mode is the user's own wish to do so).
struct Freshness: Sendable, Hashable {
  /// The response may be kept at all.
  var isStorable: Bool
  /// Seconds since 1970; fresh before this.
  var freshUntil: Int64
  /// The server gave no lifetime.
  var isGuess = false

  /// The longest lifetime guessed, in seconds.
  static let longestGuess: Int64 = 600
  /// The longest lifetime believed at all, in seconds (a year).
  static let longest: Int64 = 31_536_000

  /// `requested` and `received` are when the request left and its response came (seconds since 1970).
  init(fields: HTTPFields, requested: Int64, received: Int64) {
    let control = CacheControl(fields.joined("cache-control") ?? "")
    isStorable = !control.noStore
    let noCache =
      control.noCache || (fields["cache-control"] == nil && fields["pragma"]?.lowercased() == "no-cache")
    let varies = fields.joined("vary")?.split(separator: ",").contains { $0.trimmed == "*" } ?? false

    let date = fields["date"].flatMap { HTTPDate($0, now: received) }?.seconds ?? received
    let lifetime: Int64
    if noCache || varies || control.noStore {
      lifetime = 0
    } else if let maxAge = control.maxAge {
      lifetime = maxAge
    } else if let expires = fields["expires"] {
      // An invalid date, `0` above all, is in the past (§5.3).
      lifetime = HTTPDate(expires, now: received).map { $0.seconds - date } ?? 0
    } else if let modified = fields["last-modified"].flatMap({ HTTPDate($0, now: received) })?.seconds {
      lifetime = min((date - modified) / 10, Freshness.longestGuess)
      isGuess = true
    } else {
      let saysNothing = fields["cache-control"] == nil && fields["etag"] == nil
      lifetime = saysNothing ? Freshness.longestGuess : 0
      isGuess = true
    }

    let apparentAge = max(0, received - date)
    let correctedAge = (fields["age"].flatMap { Int64($0.trimmed) } ?? 0) + (received - requested)
    let age = max(apparentAge, correctedAge)
    freshUntil = received + max(0, min(lifetime, Freshness.longest) - max(0, age))
  }
}

/// The directives of `Cache-Control` that matter to a private cache (RFC 9111 §5.2.2).
struct CacheControl: Sendable, Hashable {
  var noStore = false
  var noCache = false
  /// Seconds; an unreadable value is 0, a repeated one its least.
  var maxAge: Int64?

  init(_ text: String) {
    for directive in CacheControl.directives(text) {
      let parts = directive.split(separator: "=", maxSplits: 1)
      guard let name = parts.first?.trimmed.lowercased() else { continue }
      switch name {
      case "no-store": noStore = true
      case "no-cache":
        // `no-cache="field"` restricts single fields only; taken as the whole, which is safe.
        noCache = true
      case "max-age":
        var value = parts.count == 2 ? parts[1].trimmed : ""
        if value.count >= 2, value.hasPrefix("\""), value.hasSuffix("\"") {
          value = value.dropFirst().dropLast()
        }
        let allDigits = !value.isEmpty && value.utf8.allSatisfy { (0x30...0x39).contains($0) }
        let seconds = allDigits ? (Int64(value) ?? Freshness.longest) : 0
        maxAge = min(maxAge ?? seconds, seconds)
      default: break
      }
    }
  }

  /// Split at commas outside quotes.
  private static func directives(_ text: String) -> [Substring] {
    var quoted = false
    return text.split { character in
      if character == "\"" { quoted.toggle() }
      return character == "," && !quoted
    }
  }
}
