/// Proposes a change as one pull request that is kept up to date, and closes it where it isn't needed anymore.
///
/// Everything may be repeated: the branch is pushed only where it has to change, the request found before one is opened, and
/// what is as it is to be is left alone. The work tree, the index and `HEAD` stay as they are, whatever their state.
///
///     let publisher = try await PullRequestPublisher(settings: …, environment: …, git: …, transport: …, clock: …)
///     let outcome = try await publisher.propose(change)
package struct PullRequestPublisher: Sendable {
  /// Where it goes.
  package let place: ForgePlace
  private let publication: Publication
  private let api: any ForgeAPI
  private let clock: PullRequestClock

  /// Finds out where changes go. Only the configuration of the remote is read.
  ///
  /// - Parameters:
  ///   - environment: the variables of the process: those of a CI job, tokens.
  ///   - token: nil: from the environment.
  ///   - git: runs git at the top of the work tree.
  package init(
    settings: PullRequestSettings, environment: [String: String], token: ForgeToken? = nil,
    git: any GitRunning, transport: any ForgeTransport, clock: PullRequestClock
  ) async throws(PullRequestError) {
    let bare = GitRepository(git: git, token: nil)
    let addresses = try await RemoteAccess.addresses(of: settings.remote, in: bare)
    place = try ForgePlace(
      settings, environment: environment, remote: RemoteAddress(addresses.fetch))
    let found: ForgeToken
    if let token { found = token } else { found = try ForgeToken(for: place.forge, environment: environment) }
    publication = Publication(
      repository: GitRepository(git: git, token: found),
      access: RemoteAccess(to: addresses, of: place, token: found, beside: environment), settings: settings)
    var fields =
      switch place.forge {
      case .github: GitHubAPI.fields(found)
      case .gitlab: GitLabAPI.fields(found)
      case .gitea: GiteaAPI.fields(found)
      }
    fields["user-agent"] = "repin"
    let session = ForgeSession(
      transport: transport, place: place, token: found, clock: clock, fields: fields)
    api =
      switch place.forge {
      case .github: GitHubAPI(session: session, branch: settings.branch)
      case .gitlab: GitLabAPI(session: session, branch: settings.branch)
      case .gitea: GiteaAPI(session: session, branch: settings.branch)
      }
    self.clock = clock
  }

  private var settings: PullRequestSettings { publication.settings }

  /// Puts the change on the branch, and opens or updates the request. Where the base has all of it already, an open request is
  /// closed.
  package func propose(_ change: ProposedChange) async throws(PullRequestError) -> PullRequestOutcome {
    try change.check(for: place.forge)
    let branches = try await publication.branches()
    try await publication.fetch(branches.base, at: branches.baseTip, isAlone: false)
    guard let draft = try await publication.draft(change, on: branches) else {
      return try await withdraw(
        from: branches, because: "`\(branches.base)` has all of it already.")
    }
    // A token that is of no use is found out before anything is pushed.
    let found: OpenRequest?
    do throws(ForgeError) { found = try await api.find(base: branches.base.text) } catch {
      throw Self.failure(error)
    }
    var commit = branches.branchTip ?? ""
    var isPushed = false
    if let tip = branches.branchTip {
      try await publication.fetch(settings.branch, at: tip, isAlone: true)
    }
    if try await !publication.isThere(draft, at: branches.branchTip) {
      if let tip = branches.branchTip { try await publication.checkOwnership(of: tip, branches) }
      commit = try await publication.commit(draft, by: publication.author(), at: clock.now())
      try await publication.push(commit, over: branches.branchTip)
      isPushed = true
    }
    do throws(ForgeError) {
      return try await show(change, on: branches, found: found, commit: commit, isPushed: isPushed)
    } catch {
      guard isPushed, error.reason != .cancelled else { throw Self.failure(error) }
      throw .unfinished(
        branch: settings.branch.text, remote: settings.remote.text, commit: commit, error)
    }
  }

  /// Closes the open request, if there is one, with a comment that says why, and takes the branch away.
  ///
  /// - Parameter reason: Markdown, a sentence or more.
  package func withdraw(because reason: String) async throws(PullRequestError) -> PullRequestOutcome {
    try await withdraw(from: publication.branches(), because: reason)
  }

  // MARK: The request

  private func show(
    _ change: ProposedChange, on branches: RemoteBranches, found: OpenRequest?, commit: String, isPushed: Bool
  ) async throws(ForgeError) -> PullRequestOutcome {
    let base = branches.base.text
    var request = found
    var action = isPushed ? PullRequestOutcome.Action.updated : .unchanged
    if request == nil {
      let (opened, isNew) = try await open(change, base: base)
      request = opened
      if isNew { action = .opened }
    }
    guard let request else { preconditionFailure("a request that was opened and isn't there") }
    let edit = RequestEdit(request, title: change.title, body: change.body, base: base)
    if !edit.isEmpty {
      try await api.update(request, edit)
      if action == .unchanged { action = .updated }
    }
    var remarks: [ForgeError] = []
    let known = Set(request.labels.map { $0.lowercased() })
    let missing = settings.labels.map(\.text).filter { !known.contains($0.lowercased()) }
    if !missing.isEmpty {
      do throws(ForgeError) {
        try await api.add(missing, to: request)
        if action == .unchanged { action = .updated }
      } catch {
        if error.reason == .cancelled { throw error }
        remarks.append(error)
      }
    }
    return PullRequestOutcome(
      action: action, number: request.number, url: request.url, commit: commit, remarks: remarks)
  }

  /// Opens the request. Where the answer gets lost or says that there is one, it is looked for before it is tried again.
  private func open(
    _ change: ProposedChange, base: String
  ) async throws(ForgeError) -> (request: OpenRequest, isNew: Bool) {
    var attempt = 0
    while true {
      do throws(ForgeError) {
        return (try await api.create(title: change.title, body: change.body, base: base), true)
      } catch {
        if error.reason == .cancelled { throw error }
        let isTaken: Bool
        switch error.reason {
        case .conflict, .unprocessable: isTaken = true
        default: isTaken = false
        }
        guard error.mayHaveHappened || isTaken || error.isTransient else { throw error }
        if let request = try await api.find(base: base) { return (request, !isTaken) }
        guard error.isTransient, attempt < Self.repetitions else { throw error }
        await clock.sleep(.seconds(1 << attempt))
        attempt += 1
      }
    }
  }

  /// After the first.
  private static let repetitions = 2

  private func withdraw(
    from branches: RemoteBranches, because reason: String
  ) async throws(PullRequestError) -> PullRequestOutcome {
    if let tip = branches.branchTip {
      try await publication.fetch(branches.base, at: branches.baseTip, isAlone: false)
      try await publication.checkOwnership(of: tip, branches)
    }
    var closed: OpenRequest?
    var remarks: [ForgeError] = []
    do throws(ForgeError) {
      closed = try await api.find(base: branches.base.text)
      if let closed {
        try await api.close(closed)
        do throws(ForgeError) { try await api.comment("Closed by repin: \(reason)", on: closed) } catch {
          if error.reason == .cancelled { throw error }
          remarks.append(error)
        }
      }
    } catch {
      throw Self.failure(error)
    }
    if let tip = branches.branchTip { try await publication.push(nil, over: tip) }
    return PullRequestOutcome(
      action: closed == nil ? .none : .closed, number: closed?.number, url: closed?.url, commit: nil,
      remarks: remarks)
  }

  private static func failure(_ error: ForgeError) -> PullRequestError {
    error.reason == .cancelled ? .cancelled : .forge(error)
  }
}

extension ForgeError {
  /// Whether the same may be done a moment later.
  fileprivate var isTransient: Bool {
    switch reason {
    case .server(let status, _): [500, 502, 503, 504].contains(status)
    case .transport: mayHaveHappened
    default: false
    }
  }
}
