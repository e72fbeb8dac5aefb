import Dispatch
import Glibc
import Subprocess
import SystemPackage
import Testing

@testable import PackageIndex

/// An HTTP server in the tests' own process that answers by `git http-backend` (RFC 3875), after a word of the test's.
final class GitServer: Sendable {
  struct Request: Sendable {
    var method = ""
    var path = ""
    var query = ""
    /// By names in lower case.
    var fields: [String: String] = [:]
    var body: [UInt8] = []

    /// The user name and password of RFC 7617, as they were sent.
    var authorization: String? { fields["authorization"] }
  }

  struct Answer: Sendable {
    var status = "200 OK"
    var fields: [(name: String, value: String)] = []
    var body: [UInt8] = []
  }

  let port: UInt16
  private let listener: Int32

  /// - Parameters:
  ///   - root: the directory of the repositories.
  ///   - intercept: an answer of the test's own, or nil for git's.
  init(root: String, intercept: @escaping @Sendable (Request) -> Answer?) throws {
    (listener, port) = try LoopbackSocket.listen()
    DispatchQueue.global().async { [listener] in
      while true {
        let connection = accept(listener, nil, nil)
        guard connection >= 0 else { return }
        DispatchQueue.global().async {
          guard let request = GitServer.read(from: connection) else {
            close(connection)
            return
          }
          Task {
            var answer = intercept(request)
            if answer == nil { answer = await GitServer.backend(request, root: root) }
            GitServer.write(answer ?? Answer(status: "500 Internal Server Error"), to: connection)
            close(connection)
          }
        }
      }
    }
  }

  deinit {
    shutdown(listener, Int32(SHUT_RDWR))
    close(listener)
  }

  private static func read(from connection: Int32) -> Request? {
    var bytes: [UInt8] = []
    var request = Request()
    var bodyStart: Int?
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(connection, &buffer, buffer.count)
      guard count > 0 else { return nil }
      bytes += buffer[..<count]
      if bodyStart == nil, let end = headEnd(bytes) {
        bodyStart = end
        request = head(String(decoding: bytes[..<end], as: UTF8.self))
      }
      guard let bodyStart else { continue }
      if bytes.count - bodyStart >= Int(request.fields["content-length"] ?? "0") ?? 0 {
        request.body = Array(bytes[bodyStart...])
        return request
      }
    }
  }

  /// Where the body begins.
  private static func headEnd(_ bytes: [UInt8]) -> Int? {
    let mark = Array("\r\n\r\n".utf8)
    return bytes.indices.first { bytes[$0...].starts(with: mark) }.map { $0 + mark.count }
  }

  private static func fields(_ lines: some Sequence<Substring>) -> [(name: String, value: String)] {
    lines.compactMap { line in
      let words = line.split(separator: ":", maxSplits: 1)
      return words.count == 2 ? (String(words[0]), String(words[1].trimmed)) : nil
    }
  }

  private static func head(_ text: String) -> Request {
    let lines = text.split(separator: "\r\n")
    let words = (lines.first ?? "").split(separator: " ")
    var request = Request()
    guard words.count == 3 else { return request }
    let target = words[1].split(separator: "?", maxSplits: 1)
    request.method = String(words[0])
    request.path = target.first.map { String($0) } ?? "/"
    request.query = target.count == 2 ? String(target[1]) : ""
    for (name, value) in fields(lines.dropFirst()) { request.fields[name.lowercased()] = value }
    return request
  }

  private static func backend(_ request: Request, root: String) async -> Answer? {
    let variables: [Environment.Key: String] = [
      "PATH": GitFixture.path, "HOME": root, "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1",
      "GIT_PROJECT_ROOT": root, "GIT_HTTP_EXPORT_ALL": "1", "PATH_INFO": request.path,
      "QUERY_STRING": request.query, "REQUEST_METHOD": request.method, "REMOTE_ADDR": "127.0.0.1",
      "CONTENT_TYPE": request.fields["content-type"] ?? "",
      "HTTP_CONTENT_ENCODING": request.fields["content-encoding"] ?? "",
      "GIT_PROTOCOL": request.fields["git-protocol"] ?? "",
    ]
    let result = try? await Subprocess.run(
      .path(FilePath(GitFixture.executable)), arguments: ["http-backend"], environment: .custom(variables),
      input: .array(request.body), output: .bytes(limit: 1 << 24), error: .discarded)
    guard let bytes = result?.standardOutput, let end = headEnd(bytes) else { return nil }
    let lines = String(decoding: bytes[..<end], as: UTF8.self).split(separator: "\r\n")
    var answer = Answer(fields: fields(lines), body: Array(bytes[end...]))
    if let status = answer.fields.first(where: { $0.name == "Status" }) { answer.status = status.value }
    return answer
  }

  private static func write(_ answer: Answer, to connection: Int32) {
    var head = "HTTP/1.1 \(answer.status)\r\nConnection: close\r\nContent-Length: \(answer.body.count)\r\n"
    for (name, value) in answer.fields where name != "Status" { head += "\(name): \(value)\r\n" }
    var rest = (Array("\(head)\r\n".utf8) + answer.body)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes {
        send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }
}
