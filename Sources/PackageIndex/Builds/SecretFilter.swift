/// Takes secrets out of a stream of bytes, wherever its pieces are cut.
///
/// Invariant: what it holds back is shorter than the longest secret, so that a secret always lies whole in what is
/// held back and the next piece together.
struct SecretFilter: Sendable {
  /// Shorter ones hide nothing and would turn up in every other word.
  private static let shortestSecret = 3
  private static let replacement = Array("****".utf8)

  /// Longest first: one may hold another.
  private let secrets: [[UInt8]]
  private var held: [UInt8] = []

  init(_ secrets: [String]) {
    self.secrets = Set(secrets.filter { $0.utf8.count >= Self.shortestSecret }).map { Array($0.utf8) }
      .sorted { $0.count > $1.count }
  }

  /// What can go out once `piece` has come in.
  mutating func filter(_ piece: [UInt8]) -> [UInt8] {
    guard let longest = secrets.first?.count else { return piece }
    let bytes = held + piece
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var index = 0
    while index + longest <= bytes.count {
      if let secret = secret(at: index, of: bytes) {
        result += Self.replacement
        index += secret
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    held = Array(bytes[index...])
    return result
  }

  /// What was held back, at the end of the stream.
  mutating func finish() -> [UInt8] {
    var result: [UInt8] = []
    var index = 0
    while index < held.count {
      if let secret = secret(at: index, of: held) {
        result += Self.replacement
        index += secret
      } else {
        result.append(held[index])
        index += 1
      }
    }
    held = []
    return result
  }

  /// The length of the secret that begins at an index, if one does.
  private func secret(at index: Int, of bytes: [UInt8]) -> Int? {
    for secret in secrets where bytes[index] == secret[0] && bytes[index...].starts(with: secret) {
      return secret.count
    }
    return nil
  }
}
