/// docs.github.com/rest: pulls, issues/labels, issues/comments; version 2022-11-28.
extension ForgeServer {
  func github(_ call: Call, _ state: inout State) -> Response {
    guard call.fields["user-agent"]?.isEmpty == false else {
      return Response(403, text: "Request forbidden by administrative rules.", type: "text/plain")
    }
    guard ["Bearer \(token)", "token \(token)"].contains(call.fields["authorization"]) else {
      return Response(401, ["message": "Bad credentials", "status": "401"])
    }
    let missing = Response(404, ["message": "Not Found", "status": "404"])
    guard call.parts.count >= 4, call.parts[0] == "repos",
      call.parts[1...2].joined(separator: "/") == repository
    else { return missing }
    let number = call.parts.count > 4 ? Int(call.parts[4]) : nil
    let index = state.pulls.firstIndex { $0.number == number }
    switch (call.method, call.parts[3], call.parts.count) {
    case ("GET", "pulls", 4):
      let found = state.pulls.filter { pull in
        let owner = pull.headRepository.prefix { $0 != "/" }
        return (call.query["state"] ?? "open") == (pull.isOpen ? "open" : "closed")
          && call.query["head"].map { $0 == "\(owner):\(pull.head)" } ?? true
          && call.query["base"].map { $0 == pull.base } ?? true
      }
      return page(found.map(githubDocument), call, parameter: "per_page", usual: 30, most: 100)
    case ("POST", "pulls", 4): return githubCreate(call, &state)
    case ("PATCH", "pulls", 5):
      guard let index else { return missing }
      if let fault = githubLength(call) { return fault }
      if let text = call.text("title") { state.pulls[index].title = text }
      if let text = call.text("body") { state.pulls[index].body = text }
      if let base = call.text("base") {
        guard state.tip(base) != nil else { return invalid("base") }
        state.pulls[index].base = base
      }
      if let text = call.text("state") {
        guard ["open", "closed"].contains(text) else { return invalid("state") }
        state.pulls[index].isOpen = text == "open"
      }
      return Response(200, githubDocument(state.pulls[index]))
    case ("POST", "issues", 6) where call.parts[5] == "labels":
      guard let index else { return missing }
      guard let names = call.document?["labels"]?.list?.map(\.text), names.allSatisfy({ $0 != nil }) else {
        return invalid("labels")
      }
      for case let name? in names where !state.pulls[index].labels.contains(name) {
        state.pulls[index].labels.append(name)
      }
      return Response(200, .list(state.pulls[index].labels.map { ["name": .text($0)] }))
    case ("POST", "issues", 6) where call.parts[5] == "comments":
      guard let index else { return missing }
      guard let text = call.text("body"), !text.isEmpty else { return invalid("body") }
      state.pulls[index].comments.append(text)
      return Response(201, ["body": .text(text)])
    default: return missing
    }
  }

  private func githubCreate(_ call: Call, _ state: inout State) -> Response {
    for name in ["title", "head", "base"] where call.text(name) == nil {
      return Response(
        422, ["message": .text("Invalid request.\n\n\"\(name)\" wasn't supplied."), "status": "422"])
    }
    guard let title = call.text("title"), let head = call.text("head"), let base = call.text("base") else {
      return invalid("title")
    }
    if let fault = githubLength(call) { return fault }
    guard let baseTip = state.tip(base) else { return invalid("base") }
    guard let headTip = state.tip(head) else { return invalid("head") }
    let owner = repository.prefix { $0 != "/" }
    if state.pulls.contains(where: {
      $0.isOpen && $0.head == head && $0.base == base && $0.headRepository == repository
    }) {
      return validation("A pull request already exists for \(owner):\(head).")
    }
    if baseTip == headTip { return validation("No commits between \(base) and \(head)") }
    let pull = Pull(
      number: state.pulls.count + 1, title: title, body: call.text("body") ?? "", head: head, base: base,
      headRepository: repository)
    state.pulls.append(pull)
    return Response(201, githubDocument(pull))
  }

  private func githubLength(_ call: Call) -> Response? {
    if let title = call.text("title"), title.isEmpty || title.unicodeScalars.count > 256 {
      return invalid("title")
    }
    if let body = call.text("body"), body.unicodeScalars.count > 65_536 {
      return validation("body is too long (maximum is 65536 characters)")
    }
    return nil
  }

  private func validation(_ message: String) -> Response {
    Response(
      422,
      [
        "message": "Validation Failed",
        "errors": [["resource": "PullRequest", "code": "custom", "message": .text(message)]],
      ])
  }

  private func invalid(_ field: String) -> Response {
    Response(
      422,
      [
        "message": "Validation Failed",
        "errors": [["resource": "PullRequest", "field": .text(field), "code": "invalid"]],
      ])
  }

  private func githubDocument(_ pull: Pull) -> JSONDocument {
    [
      "number": .number(pull.number), "title": .text(pull.title),
      "body": pull.body.isEmpty ? .null : .text(pull.body), "state": .text(pull.isOpen ? "open" : "closed"),
      "html_url": .text("https://forge.example/\(repository)/pull/\(pull.number)"),
      "head": [
        "ref": .text(pull.head), "label": .text("\(pull.headRepository.prefix { $0 != "/" }):\(pull.head)"),
        "repo": ["full_name": .text(pull.headRepository)],
      ],
      "base": ["ref": .text(pull.base), "repo": ["full_name": .text(repository)]],
      "labels": .list(pull.labels.map { ["id": 1, "name": .text($0)] }), "locked": .truth(false),
    ]
  }
}
