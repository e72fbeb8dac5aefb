/// The API that Gitea and Forgejo describe at `/api/swagger`: repository, issue; version 1.
extension ForgeServer {
  func gitea(_ call: Call, _ state: inout State) -> Response {
    guard ["token \(token)", "Bearer \(token)"].contains(call.fields["authorization"]) else {
      return Response(401, ["message": "token is required", "url": "https://forge.example/api/swagger"])
    }
    let missing = Response(404, ["message": "The target couldn't be found.", "errors": .null])
    guard call.parts.count >= 4, call.parts[0] == "repos",
      call.parts[1...2].joined(separator: "/") == repository
    else { return missing }
    let number = call.parts.count > 4 ? Int(call.parts[4]) : nil
    let index = state.pulls.firstIndex { $0.number == number }
    switch (call.method, call.parts[3], call.parts.count) {
    case ("GET", "pulls", 4):
      let found = state.pulls.filter {
        call.query["state"] == "all" || (call.query["state"] ?? "open") == ($0.isOpen ? "open" : "closed")
      }
      let documents = found.map { giteaDocument($0, state) }
      return page(documents, call, parameter: "limit", usual: 30, most: 50)
    case ("POST", "pulls", 4): return giteaCreate(call, &state)
    case ("PATCH", "pulls", 5):
      guard let index else { return missing }
      if let text = call.text("title"), !text.isEmpty { state.pulls[index].title = text }
      if let text = call.text("body") { state.pulls[index].body = text }
      if let base = call.text("base") {
        guard state.tip(base) != nil else { return missing }
        state.pulls[index].base = base
      }
      if let text = call.text("state") {
        guard ["open", "closed"].contains(text) else {
          return Response(422, ["message": .text("unknown state: \(text)")])
        }
        state.pulls[index].isOpen = text == "open"
      }
      return Response(201, giteaDocument(state.pulls[index], state))
    case ("GET", "labels", 4):
      let labels: [JSONDocument] = state.labels.map { ["id": .number($0.id), "name": .text($0.name)] }
      return page(labels, call, parameter: "limit", usual: 30, most: 50)
    case ("POST", "labels", 4):
      guard let name = call.text("name"), let color = call.text("color"), color.hasPrefix("#"),
        color.count == 7
      else { return Response(422, ["message": "[Color]: Required"]) }
      let id = 100 + state.labels.count
      state.labels.append((id, name))
      return Response(201, ["id": .number(id), "name": .text(name)])
    case ("POST", "issues", 6) where call.parts[5] == "labels":
      guard let index else { return missing }
      guard let numbers = call.document?["labels"]?.list?.map(\.number), numbers.allSatisfy({ $0 != nil })
      else { return Response(422, ["message": "labels must be numbers"]) }
      for label in state.labels
      where numbers.contains(label.id) && !state.pulls[index].labels.contains(label.name) {
        state.pulls[index].labels.append(label.name)
      }
      return Response(200, .list(state.pulls[index].labels.map { ["name": .text($0)] }))
    case ("POST", "issues", 6) where call.parts[5] == "comments":
      guard let index else { return missing }
      guard let text = call.text("body"), !text.isEmpty else {
        return Response(422, ["message": "[Body]: Required"])
      }
      state.pulls[index].comments.append(text)
      return Response(201, ["body": .text(text)])
    default: return missing
    }
  }

  private func giteaCreate(_ call: Call, _ state: inout State) -> Response {
    guard let title = call.text("title"), let head = call.text("head"), let base = call.text("base"),
      !title.isEmpty
    else { return Response(422, ["message": "[Title]: Required"]) }
    guard let baseTip = state.tip(base), let headTip = state.tip(head) else {
      return Response(404, ["message": "The target couldn't be found.", "errors": .null])
    }
    if let other = state.pulls.first(where: {
      $0.isOpen && $0.head == head && $0.base == base && $0.headRepository == repository
    }) {
      return Response(
        409,
        [
          "message": .text(
            "pull request already exists for these targets [id: \(other.number), issue_id: \(other.number), head_repo_id: 1, base_repo_id: 1, head_branch: \(head), base_branch: \(base)]"
          )
        ])
    }
    if baseTip == headTip { return Response(422, ["message": "no changes between the head and the base"]) }
    let pull = Pull(
      number: state.pulls.count + 1, title: title, body: call.text("body") ?? "", head: head, base: base,
      headRepository: repository)
    state.pulls.append(pull)
    return Response(201, giteaDocument(pull, state))
  }

  private func giteaDocument(_ pull: Pull, _ state: State) -> JSONDocument {
    [
      "id": .number(pull.number + 900), "number": .number(pull.number), "title": .text(pull.title),
      "body": .text(pull.body), "state": .text(pull.isOpen ? "open" : "closed"),
      "html_url": .text("https://forge.example/\(repository)/pulls/\(pull.number)"),
      "head": [
        "label": .text(pull.head), "ref": .text(pull.head), "repo": ["full_name": .text(pull.headRepository)],
      ],
      "base": ["label": .text(pull.base), "ref": .text(pull.base), "repo": ["full_name": .text(repository)]],
      "labels": .list(
        pull.labels.map { name in
          ["id": .number(state.labels.first { $0.name == name }?.id ?? 0), "name": .text(name)]
        }),
    ]
  }
}
