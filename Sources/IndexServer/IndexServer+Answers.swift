import TestSupport

/// What goes back to the client.
enum Answer: Sendable {
  case response(Response)
  /// The head, half of the body, the end.
  case truncated(Response)
  /// A byte at a time, so many nanoseconds apart.
  case trickling(Response, every: Int64)
  case silence
  case hangUp

  struct Response: Sendable {
    var status: Int
    var fields: [(String, String)] = []
    var body: [UInt8] = []
  }
}

extension IndexServer.State {
  /// Records a request and decides its answer.
  mutating func answer(_ request: SeenRequest) -> Answer {
    requests.append(request)
    inFlight += 1
    mostInFlight = max(mostInFlight, inFlight)
    let path = String(request.path.prefix { $0 != "?" })
    if let fault = faults[path]?.first {
      faults[path]?.removeFirst()
      return answer(fault, instead: usual(request, path: path))
    }
    return .response(usual(request, path: path))
  }

  private func answer(_ fault: Fault, instead usual: Answer.Response) -> Answer {
    switch fault {
    case .status(let status, let retryAfter):
      .response(Answer.Response(status: status, fields: retryAfter.map { [("Retry-After", $0)] } ?? []))
    case .truncated: .truncated(usual)
    case .trickling(let pause): .trickling(usual, every: pause)
    case .body(let bytes, let contentType, let contentEncoding):
      .response(
        Answer.Response(
          status: 200,
          fields: [("Content-Type", contentType)]
            + (contentEncoding.map { [("Content-Encoding", $0)] } ?? []),
          body: bytes))
    case .redirect(let location): .response(Answer.Response(status: 302, fields: [("Location", location)]))
    case .silence: .silence
    case .hangUp: .hangUp
    }
  }

  private func usual(_ request: SeenRequest, path: String) -> Answer.Response {
    if let responder {
      let (status, fields, body) = responder(request)
      return Answer.Response(status: status, fields: fields.map { ($0.key, $0.value) }, body: body)
    }
    if let credentials = behavior.credentials {
      let expected = "Basic " + base64("\(credentials.user):\(credentials.password)")
      guard request.fields["authorization"] == expected else { return Answer.Response(status: 401) }
    }
    let parts = path.split(separator: "/")
    var response: Answer.Response
    if let document = documents[path] {
      response = Answer.Response(status: 200, body: document(request))
    } else if parts.count == 2, parts[0] == "simple", path.hasSuffix("/") {
      response = page(String(parts[1]), request: request)
    } else if parts.count == 2, parts[0] == "files" {
      response = file(String(parts[1]), request: request)
    } else {
      response = Answer.Response(status: 404)
    }
    if behavior.sendsEntityTags, response.status == 200 {
      let tag = "\"\(ServedFile.sha256(response.body).prefix(16))\""
      response.fields.append(("ETag", tag))
      if request.fields["if-none-match"] == tag {
        response = Answer.Response(status: 304, fields: [("ETag", tag)])
      }
    }
    return Answer.Response(
      status: response.status, fields: response.fields + behavior.fields, body: response.body)
  }

  // MARK: Pages

  private func page(_ name: String, request: SeenRequest) -> Answer.Response {
    let type: String
    let body: [UInt8]
    switch behavior.pageFormat {
    case .json: type = "application/vnd.pypi.simple.v1+json"
    case .html: type = "text/html; charset=utf-8"
    }
    if let page = pages[name] {
      body = page
    } else {
      let files = projects.first { normalized($0.key) == name }
      guard let files else { return Answer.Response(status: 404) }
      body = Array(
        (behavior.pageFormat == .json ? json(name, files.value) : html(name, files.value)).utf8)
    }
    var response = Answer.Response(status: 200, fields: [("Content-Type", type)], body: body)
    if let lastModified = behavior.lastModified {
      response.fields.append(("Last-Modified", lastModified))
      if request.fields["if-modified-since"] == lastModified {
        return Answer.Response(status: 304, fields: [("Last-Modified", lastModified)])
      }
    }
    if behavior.compressesPages, request.fields["accept-encoding"]?.contains("gzip") == true {
      response.body = deflated(body, windowBits: 31)
      response.fields.append(("Content-Encoding", "gzip"))
    }
    return response
  }

  private func json(_ name: String, _ files: [ServedFile]) -> String {
    let entries = files.map { file in
      var entry = [
        "\"filename\": \(quoted(file.filename))", "\"url\": \(quoted("/files/\(file.filename)"))",
        "\"hashes\": {\"sha256\": \(quoted(file.announcedHash ?? ServedFile.sha256(file.bytes)))}",
      ]
      if let python = file.requiresPython { entry.append("\"requires-python\": \(quoted(python))") }
      if file.announcesSize { entry.append("\"size\": \(file.bytes.count)") }
      if let time = file.uploadTime { entry.append("\"upload-time\": \(quoted(time))") }
      if let reason = file.yanked { entry.append("\"yanked\": \(reason.isEmpty ? "true" : quoted(reason))") }
      if let value = coreMetadata(file) {
        entry.append(
          "\"core-metadata\": " + (value == "false" ? value : "{\"sha256\": \(quoted(value))}"))
      }
      return "{\(entry.joined(separator: ", "))}"
    }
    return """
      {"meta": {"api-version": "1.1"}, "name": \(quoted(name)), "files": [\(entries.joined(separator: ", "))]}
      """
  }

  private func html(_ name: String, _ files: [ServedFile]) -> String {
    let links = files.map { file in
      var attributes =
        "href=\"/files/\(file.filename)#sha256=\(file.announcedHash ?? ServedFile.sha256(file.bytes))\""
      if let python = file.requiresPython { attributes += " data-requires-python=\"\(escaped(python))\"" }
      if let reason = file.yanked { attributes += " data-yanked=\"\(escaped(reason))\"" }
      if let value = coreMetadata(file), value != "false" {
        attributes += " data-core-metadata=\"sha256=\(value)\""
      }
      return "<a \(attributes)>\(file.filename)</a><br>"
    }
    return "<!DOCTYPE html><html><body><h1>\(name)</h1>\n\(links.joined(separator: "\n"))\n</body></html>"
  }

  private func coreMetadata(_ file: ServedFile) -> String? {
    switch file.coreMetadata {
    case .unmentioned: nil
    case .announced: ServedFile.sha256(file.metadata ?? [])
    case .announcedWithWrongHash: ServedFile.sha256([1, 2, 3])
    case .denied: "false"
    }
  }

  // MARK: Files

  private func file(_ name: String, request: SeenRequest) -> Answer.Response {
    let files = projects.values.joined()
    if name.hasSuffix(".metadata"), behavior.servesMetadataFiles,
      let metadata = files.first(where: { $0.filename == name.dropLast(9) })?.metadata
    {
      return Answer.Response(status: 200, fields: [("Content-Type", "binary/octet-stream")], body: metadata)
    }
    guard let file = files.first(where: { $0.filename == name }) else { return Answer.Response(status: 404) }
    let whole = Answer.Response(status: 200, body: file.bytes)
    guard let written = request.fields["range"], written.hasPrefix("bytes=") else { return whole }
    let bounds = written.dropFirst(6).split(separator: "-", omittingEmptySubsequences: false)
    guard bounds.count == 2 else { return whole }
    switch behavior.ranges {
    case .ignored: return whole
    case .refused: return Answer.Response(status: 416)
    case .withoutSuffixes where bounds[0].isEmpty: return whole
    case .withoutSuffixes, .supported: break
    }
    let count = file.bytes.count
    let start = bounds[0].isEmpty ? max(0, count - (Int(bounds[1]) ?? 0)) : Int(bounds[0]) ?? 0
    let end = bounds[0].isEmpty ? count - 1 : min(Int(bounds[1]) ?? count - 1, count - 1)
    guard start <= end else { return Answer.Response(status: 416) }
    return Answer.Response(
      status: 206, fields: [("Content-Range", "bytes \(start)-\(end)/\(count)")],
      body: Array(file.bytes[start...end]))
  }
}

/// PEP 503.
private func normalized(_ name: String) -> String {
  var result = ""
  for character in name.lowercased() {
    let isSeparator = "-_.".contains(character)
    if isSeparator && result.hasSuffix("-") { continue }
    result.append(isSeparator ? "-" : character)
  }
  return result
}

private func quoted(_ text: String) -> String {
  "\"" + text.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : String($0) }.joined() + "\""
}

private func escaped(_ text: String) -> String {
  text.map { character in
    switch character {
    case "<": "&lt;"
    case ">": "&gt;"
    case "&": "&amp;"
    case "\"": "&quot;"
    default: String(character)
    }
  }.joined()
}

private func base64(_ text: String) -> String {
  let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
  let bits = text.utf8.flatMap { byte in (0..<8).map { byte >> (7 - $0) & 1 } }
  var result = ""
  for start in stride(from: 0, to: bits.count, by: 6) {
    let six = (0..<6).reduce(0) { $0 << 1 | (start + $1 < bits.count ? Int(bits[start + $1]) : 0) }
    result.append(alphabet[six])
  }
  while result.count % 4 != 0 { result.append("=") }
  return result
}
