extension IndexClient {
  /// The indexes asked, in order, without credentials.
  package var indexURLs: [String] { indexes.map(\.redacted) }

  /// A document on the web, such as a requirements file that another includes; never cached.
  ///
  /// - Parameter limit: The most bytes.
  package func document(at url: String, limit: Int) async throws(IndexError) -> [UInt8] {
    guard let address = WebAddress(url) else { throw .invalidURL(redacted(url)) }
    if configuration.mode == .offline { throw .offlineMiss(address.redacted) }
    let response = try await fetcher.fetch(Fetcher.Request(address: address, maximumBody: limit))
    guard response.status == 200 else {
      throw .status(response.status, url: response.address.redacted, retryAfter: nil)
    }
    return response.body
  }
}
