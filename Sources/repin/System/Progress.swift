import PythonPackaging
import Synchronization

/// The line on the terminal that tells what is under way; gone when done, and never there where nobody reads.
final class Progress: Sendable {
  private struct State {
    var underWay = 0
    var fetched = 0
    var latest = ""
    var frame = 0
    var drawing: Task<Void, Never>?
    var isDone = false
  }

  private let terminal: Terminal
  private let isShown: Bool
  private let state = Mutex(State())

  init(terminal: Terminal, isShown: Bool) {
    self.terminal = terminal
    self.isShown = isShown && terminal.isInteractive
  }

  /// Something is being fetched.
  func began(_ what: String) {
    state.withLock { state in
      state.underWay += 1
      state.latest = what
      guard isShown, state.drawing == nil, !state.isDone else { return }
      state.drawing = Task { await self.draw() }
    }
  }

  /// It has come.
  func ended() {
    state.withLock { state in
      state.underWay -= 1
      state.fetched += 1
    }
  }

  /// Takes the line away for good.
  func finish() {
    let drawing = state.withLock { state in
      state.isDone = true
      return state.drawing
    }
    drawing?.cancel()
    terminal.progress("")
  }

  private func draw() async {
    let frames = Array("⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏")
    while !Task.isCancelled {
      // Drawn under the lock, so that nothing is drawn after `finish()`.
      let goesOn = state.withLock { state in
        if state.isDone { return false }
        state.frame += 1
        let frame = frames[state.frame % frames.count]
        terminal.progress(
          PrintableText.escaped(
            "\(frame) resolving: \(state.fetched) fetched, \(state.underWay) under way (\(state.latest))",
            limit: 300))
        return true
      }
      guard goesOn else { return }
      try? await Task.sleep(for: .milliseconds(80))
    }
  }
}
