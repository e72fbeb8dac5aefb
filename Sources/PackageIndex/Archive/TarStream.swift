import CArchive

/// The bytes of a tar, decompressed piece by piece as libarchive asks for them.
///
/// libarchive's own filters aren't used: it applies them as often as they match, so that gzip within gzip made it take
/// 2 GB for a file of 1.5 MB, and it doesn't check gzip's check sum.
final class TarStream {
  /// The most members of one file; some programs begin one each 64 KiB.
  private static let mostMembers = 100_000

  /// Why reading ended early: libarchive is only told that it did.
  private(set) var failure: SourceArchiveError?

  private let coding: StreamCoding?
  private let limit: Int
  private let output = UnsafeMutableRawBufferPointer.allocate(byteCount: 128 << 10, alignment: 16)
  private var rest: UnsafeRawBufferPointer
  private var decoder: MemberDecoder?
  private var members = 0
  private var total = 0

  /// - Parameters:
  ///   - bytes: What the stream reads, for as long as it is used.
  ///   - limit: The most bytes that may come out.
  init(_ bytes: UnsafeRawBufferPointer, coding: StreamCoding?, limit: Int) {
    rest = bytes
    self.coding = coding
    self.limit = limit
  }

  deinit { output.deallocate() }

  /// libarchive's callback: the address and number of the next bytes, 0 at the end, or an error's code.
  func supply(_ address: UnsafeMutablePointer<UnsafeRawPointer?>?) -> Int {
    do throws(SourceArchiveError) {
      let piece = try next()
      address?.pointee = piece.baseAddress
      return piece.count
    } catch {
      failure = error
      return Int(ARCHIVE_FATAL)
    }
  }

  /// Reads what comes after the tar's end, for the check sums there.
  func finish() throws(SourceArchiveError) {
    while try !next().isEmpty {}
  }

  /// The next bytes, which stay until the next call; none at the end.
  private func next() throws(SourceArchiveError) -> UnsafeRawBufferPointer {
    guard let coding else {
      defer { rest = UnsafeRawBufferPointer(start: nil, count: 0) }
      return rest
    }
    while let decoder = try currentMember(coding) {
      let before = rest.count
      let (count, outcome) = decoder.decode(&rest, into: output)
      switch outcome {
      case .unfinished:
        guard count > 0 || rest.count < before else {
          throw .damaged(reason: rest.isEmpty ? "it ends early" : "no \(coding.rawValue) data")
        }
      case .finished: self.decoder = nil
      case .damaged: throw .damaged(reason: "no \(coding.rawValue) data, or a wrong check sum")
      case .tooMuchMemory:
        throw .damaged(
          reason: "\(coding.rawValue) data that takes more than \(MemberDecoder.mostMemory) bytes")
      }
      total += count
      guard total <= limit else { throw .tooLarge(limit: limit) }
      if count > 0 { return UnsafeRawBufferPointer(rebasing: output[..<count]) }
    }
    return UnsafeRawBufferPointer(start: nil, count: 0)
  }

  /// The decoder of the member that is being read, or of the one that begins here; nil after the last one.
  private func currentMember(_ coding: StreamCoding) throws(SourceArchiveError) -> MemberDecoder? {
    if let decoder { return decoder }
    if members > 0 {
      // Members may be padded, and what else follows isn't looked at, as by gzip and Python.
      rest = UnsafeRawBufferPointer(rebasing: rest.drop { $0 == 0 })
      guard rest.starts(with: coding.magic) else { return nil }
    }
    guard rest.starts(with: coding.magic) || members == 0 && rest.count < coding.magic.count else {
      throw .damaged(reason: "no \(coding.rawValue) data")
    }
    members += 1
    guard members <= TarStream.mostMembers else {
      throw .damaged(reason: "more than \(TarStream.mostMembers) \(coding.rawValue) members")
    }
    decoder = MemberDecoder(coding)
    guard let decoder else { throw .damaged(reason: "no memory for \(coding.rawValue)") }
    return decoder
  }
}
