import ForgeServer
import PullRequests
import TestSupport
import Testing

/// Whatever goes wrong in between: the next run brings everything to where it is to be.
@Suite struct RepetitionTests {
  /// Numbers that are the same in every run of a seed (SplitMix64).
  struct Numbers: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var value = state
      value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
      value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
      return value ^ value >> 31
    }
  }

  private static let faults: [ForgeServer.Response] = [
    .init(500, nil), .init(502, text: "<html>", type: "text/html"),
    .init(503, nil, fields: ["retry-after": "2"]),
    .init(429, nil, fields: ["retry-after": "1"]), .init(401, ["message": "m"]), .init(403, ["message": "m"]),
    .init(404, nil), .init(409, ["message": ["m"]]), .init(422, ["message": "m"]),
    .init(200, text: "{", type: "application/json"),
    .init(201, text: "", type: "application/json"),
  ]

  @Test(arguments: ForgeServer.Kind.allCases, [1, 2])
  func `a run that fails is made up for by the next`(_ kind: ForgeServer.Kind, _ seed: UInt64) async throws {
    var numbers = Numbers(state: seed)
    let scene = try await Scene(kind)
    let publisher = try await scene.publisher { $0.labels = [try? RequestLabel("pins")].compactMap(\.self) }
    for step in 1...6 {
      if Bool.random(using: &numbers) { try await scene.commitElsewhere(["app.py": "# \(step)\n"]) }
      for _ in 0..<Int.random(in: 1...4, using: &numbers) {
        let method = ["GET", "POST", "PUT", "PATCH"].randomElement(using: &numbers) ?? "GET"
        let response = Self.faults.randomElement(using: &numbers) ?? .init(500, nil)
        scene.forge.fail(
          method, "", Bool.random(using: &numbers) ? .instead(response) : .afterwards(response))
      }
      let isOver = step % 3 == 0
      let change = Scene.change("flask==3.\(step / 2)\n", title: "Raise flask \(step)", body: "B\(step % 2)")
      func run() async throws(PullRequestError) -> PullRequestOutcome {
        isOver ? try await publisher.withdraw(because: "over") : try await publisher.propose(change)
      }
      // It may do all of it, some of it or nothing.
      do throws(PullRequestError) { _ = try await run() } catch { #expect(error.kind == .outside) }
      #expect(scene.forge.open.count <= 1)
      scene.forge.recover()
      let outcome = try await run()
      #expect(outcome.remarks == [])
      #expect(scene.tip() == outcome.commit)
      if isOver {
        #expect(scene.forge.open == [])
      } else {
        let pull = try #require(scene.forge.open.first)
        #expect(scene.forge.open.count == 1)
        #expect((pull.title, pull.body) == ("Raise flask \(step)", "B\(step % 2)"))
        #expect((pull.number, pull.labels) == (outcome.number, ["pins"]))
        #expect(try await scene.text("requirements.txt") == "flask==3.\(step / 2)\n")
        #expect(
          try await scene.git.run("rev-list", "--count", "main..repin/update", in: "remote.git") == "1\n")
        #expect(try await publisher.propose(change).action == .unchanged)
      }
    }
  }
}
