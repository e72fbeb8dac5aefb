/// docs.gitlab.com/api: merge_requests, notes; version 4.
extension ForgeServer {
  func gitlab(_ call: Call, _ state: inout State) -> Response {
    guard call.fields["authorization"] == "Bearer \(token)" || call.fields["private-token"] == token else {
      return Response(401, ["message": "401 Unauthorized"])
    }
    guard call.parts.count >= 3, call.parts[0] == "projects", Self.decoded(call.parts[1]) == repository else {
      return Response(404, ["message": "404 Project Not Found"])
    }
    let missing = Response(404, ["message": "404 Not found"])
    guard call.parts[2] == "merge_requests" else { return missing }
    let number = call.parts.count > 3 ? Int(call.parts[3]) : nil
    let index = state.pulls.firstIndex { $0.number == number }
    switch (call.method, call.parts.count) {
    case ("GET", 3):
      let found = state.pulls.filter { pull in
        call.query["state"].map { $0 == "all" || $0 == (pull.isOpen ? "opened" : "closed") } ?? true
          && call.query["source_branch"].map { $0 == pull.head } ?? true
          && call.query["target_branch"].map { $0 == pull.base } ?? true
      }
      return page(found.map(gitlabDocument), call, parameter: "per_page", usual: 20, most: 100)
    case ("POST", 3): return gitlabCreate(call, &state)
    case ("PUT", 4):
      guard let index else { return missing }
      let known = [
        "title", "description", "target_branch", "state_event", "labels", "add_labels", "remove_labels",
      ]
      guard case .object(let members) = call.document, members.keys.contains(where: known.contains) else {
        return Response(
          400,
          [
            "error": .text(
              "\(known.joined(separator: ", ")) are missing, at least one parameter must be provided")
          ])
      }
      if let text = call.text("title") {
        guard !text.isEmpty, text.unicodeScalars.count <= 255 else {
          return Response(400, ["message": ["title": ["is too long (maximum is 255 characters)"]]])
        }
        state.pulls[index].title = text
      }
      if let text = call.text("description") { state.pulls[index].body = text }
      if let base = call.text("target_branch") { state.pulls[index].base = base }
      for label in (call.text("add_labels") ?? "").split(separator: ",").map(String.init)
      where !state.pulls[index].labels.contains(label) {
        state.pulls[index].labels.append(label)
      }
      if let event = call.text("state_event") {
        guard ["close", "reopen"].contains(event) else {
          return Response(400, ["error": "state_event does not have a valid value"])
        }
        state.pulls[index].isOpen = event == "reopen"
      }
      return Response(200, gitlabDocument(state.pulls[index]))
    case ("POST", 5) where call.parts[4] == "notes":
      guard let index else { return missing }
      guard let text = call.text("body") else { return Response(400, ["error": "body is missing"]) }
      state.pulls[index].comments.append(text)
      return Response(201, ["body": .text(text)])
    default: return missing
    }
  }

  private func gitlabCreate(_ call: Call, _ state: inout State) -> Response {
    for name in ["title", "source_branch", "target_branch"] where call.text(name) == nil {
      return Response(400, ["error": .text("\(name) is missing")])
    }
    guard let title = call.text("title"), let head = call.text("source_branch"),
      let base = call.text("target_branch"), title.unicodeScalars.count <= 255
    else { return Response(400, ["message": ["title": ["is too long (maximum is 255 characters)"]]]) }
    for (noun, branch) in [("Source", head), ("Target", base)] where state.tip(branch) == nil {
      return Response(422, ["message": [.text("\(noun) branch \"\(branch)\" does not exist")]])
    }
    if let other = state.pulls.first(where: {
      $0.isOpen && $0.head == head && $0.base == base && $0.headRepository == repository
    }) {
      return Response(
        409,
        [
          "message": [
            .text("Another open merge request already exists for this source branch: !\(other.number)")
          ]
        ])
    }
    let pull = Pull(
      number: state.pulls.count + 1, title: title, body: call.text("description") ?? "", head: head,
      base: base,
      labels: (call.text("labels") ?? "").split(separator: ",").map(String.init), headRepository: repository)
    state.pulls.append(pull)
    return Response(201, gitlabDocument(pull))
  }

  private func gitlabDocument(_ pull: Pull) -> JSONDocument {
    [
      "id": .number(pull.number + 7000), "iid": .number(pull.number), "title": .text(pull.title),
      "description": pull.body.isEmpty ? .null : .text(pull.body),
      "state": .text(pull.isOpen ? "opened" : "closed"), "source_branch": .text(pull.head),
      "target_branch": .text(pull.base),
      "source_project_id": .number(pull.headRepository == repository ? 7 : 8), "target_project_id": 7,
      "labels": .list(pull.labels.map { .text($0) }), "draft": .truth(false),
      "web_url": .text("https://forge.example/\(repository)/-/merge_requests/\(pull.number)"),
    ]
  }
}
