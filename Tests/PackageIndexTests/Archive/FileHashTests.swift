import Testing

@testable import PackageIndex

/// Digests that RFC 1321 and the examples of FIPS 180-4 give.
struct PublishedDigest: Sendable, CustomTestStringConvertible {
  let algorithm: String
  let text: String
  let hex: String

  init(_ algorithm: String, _ text: String, _ hex: String) {
    self.algorithm = algorithm
    self.text = text
    self.hex = hex
  }

  var testDescription: String { "\(algorithm) of \(text.prefix(12))" }
}

@Suite struct FileHashTests {
  @Test(arguments: [
    PublishedDigest("md5", "", "d41d8cd98f00b204e9800998ecf8427e"),
    PublishedDigest("md5", "message digest", "f96b697d7cb7938d525a2f31aaf161d0"),
    PublishedDigest("sha1", "abc", "a9993e364706816aba3e25717850c26c9cd0d89d"),
    PublishedDigest(
      "sha256", "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    PublishedDigest(
      "sha256", "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    PublishedDigest(
      "sha256", "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"),
    PublishedDigest(
      "sha384", "abc",
      "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7"),
    PublishedDigest(
      "sha512", "abc",
      "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
        + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"),
  ])
  func digestsArePublishedOnes(_ published: PublishedDigest) {
    #expect(FileHash.digest(Array(published.text.utf8), algorithm: published.algorithm) == published.hex)
  }

  @Test(arguments: ["", "SHA256", "sha-256", "sha224", "blake2b", "sha3_256"])
  func otherAlgorithmsAreUnknown(_ algorithm: String) {
    #expect(FileHash.digest([1], algorithm: algorithm) == nil)
  }

  /// Blocks are of 64 or 128 bytes: every length about them, cut everywhere.
  @Test(arguments: RunningDigest.Algorithm.allCases)
  func piecesMakeTheDigestOfTheWhole(_ algorithm: RunningDigest.Algorithm) {
    var digests: Set<String> = []
    for length in [0, 1, 55, 56, 63, 64, 65, 111, 112, 127, 128, 129, 257] {
      let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 31) }
      let whole = FileHash.digest(bytes, algorithm: algorithm.rawValue)
      digests.insert(whole ?? "")
      for cut in 0...length {
        var running = RunningDigest(algorithm)
        running.update(Array(bytes[..<cut]))
        running.update(Array(bytes[cut...]))
        #expect(FileHash.hexadecimal(running.finish()) == whole, "cut at \(cut) of \(length)")
      }
    }
    #expect(digests.count == 13 && !digests.contains(""))
  }
}
