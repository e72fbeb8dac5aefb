extension IndexClient {
  /// One request to a server that is no index, as its caller has it: with the certificates, the proxies and the time limits of
  /// the indexes, and without their credentials; no redirect is followed, nothing is repeated, decoded or cached.
  package struct Exchange: Sendable, Hashable {
    /// GET, POST, PUT, PATCH or DELETE.
    package var method: String
    package var url: String
    package var fields: [String: String]
    /// A JSON document to be sent.
    package var sent: [UInt8]?
    /// Of the answer, in bytes.
    package var limit: Int

    package init(method: String, url: String, fields: [String: String], sent: [UInt8]?, limit: Int) {
      self.method = method
      self.url = url
      self.fields = fields
      self.sent = sent
      self.limit = limit
    }
  }

  /// An answer of any status.
  package struct ExchangeAnswer: Sendable, Hashable {
    package var status: Int
    /// By names in lower case; several of one name as a list.
    package var fields: [String: String]
    package var body: [UInt8]
  }

  /// Why there is no answer.
  package struct ExchangeFailure: Error, Sendable {
    package let error: IndexError
    /// Whether the same request may do better a moment later.
    package let isTransient: Bool
  }

  package func exchange(_ exchange: Exchange) async throws(ExchangeFailure) -> ExchangeAnswer {
    guard let address = WebAddress(exchange.url), address.userInformation == nil else {
      throw ExchangeFailure(error: .invalidURL(redacted(exchange.url)), isTransient: false)
    }
    if configuration.mode == .offline {
      throw ExchangeFailure(error: .offlineMiss(address.redacted), isTransient: false)
    }
    var request = TransportRequest(address: address, fields: HTTPFields(), maximumBody: exchange.limit)
    request.method = exchange.method
    request.sent = exchange.sent
    // The type of what is sent goes with it.
    for (name, value) in exchange.fields.sorted(by: { $0.key < $1.key })
    where name.lowercased() != "content-type" {
      request.fields.append(name, value)
    }
    do throws(TransportFailure) {
      let response = try await fetcher.transport.get(request)
      var fields: [String: String] = [:]
      for field in response.fields.fields { fields[field.name] = response.fields.joined(field.name) }
      return ExchangeAnswer(status: response.status, fields: fields, body: response.body)
    } catch {
      throw ExchangeFailure(
        error: IndexError(error, address: address, limit: exchange.limit), isTransient: error.isTransient)
    }
  }
}
