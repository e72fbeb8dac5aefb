import NIOCore
import NIOHTTP1
import NIOHTTP2
import NIOSSL
import NIOTLS
import Synchronization

/// How bytes become requests on one connection.
enum ServerPipeline {
  static func configure(
    _ channel: any Channel, tls: NIOSSLContext?, state: SharedState
  ) -> EventLoopFuture<Void> {
    guard let tls else {
      return channel.pipeline.configureHTTPServerPipeline().flatMapThrowing {
        try channel.pipeline.syncOperations.addHandler(RequestHandler(state: state))
      }
    }
    do {
      try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls))
    } catch {
      return channel.eventLoop.makeFailedFuture(error)
    }
    return channel.configureHTTP2SecureUpgrade { channel in
      channel.configureHTTP2Pipeline(mode: .server) { stream in
        stream.eventLoop.makeCompletedFuture {
          try stream.pipeline.syncOperations.addHandlers([
            HTTP2FramePayloadToHTTP1ServerCodec(), RequestHandler(state: state),
          ])
        }
      }.map { _ in }
    } http1ChannelConfigurator: { channel in
      channel.pipeline.configureHTTPServerPipeline().flatMapThrowing {
        try channel.pipeline.syncOperations.addHandler(RequestHandler(state: state))
      }
    }
  }
}

/// Answers the requests of one connection, or of one HTTP/2 stream.
private final class RequestHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  private let state: SharedState
  private var head: HTTPRequestHead?
  private var body: [UInt8] = []

  init(state: SharedState) { self.state = state }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head):
      self.head = head
      body = []
    case .body(let part): body.append(contentsOf: part.readableBytesView)
    case .end:
      guard let head else { return }
      var fields: [String: String] = [:]
      for (name, value) in head.headers { fields[name.lowercased()] = value }
      let request = SeenRequest(method: head.method.rawValue, path: head.uri, fields: fields, body: body)
      let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
      let eventLoop = context.eventLoop
      let keepsAlive = head.isKeepAlive
      let answer = state.value.withLock { $0.answer(request) }
      let state = state
      hold {
        eventLoop.execute {
          RequestHandler.write(answer, to: bound.value, keepsAlive: keepsAlive, state: state)
        }
      }
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

  /// Lets `answer` go now, or with the others the barrier waits for.
  private func hold(_ answer: @escaping @Sendable () -> Void) {
    let released = state.value.withLock { state -> [@Sendable () -> Void] in
      guard state.barrier > 0 else { return [answer] }
      state.held.append(answer)
      guard state.held.count >= state.barrier else { return [] }
      defer {
        state.held = []
        state.barrier = 0
      }
      return state.held
    }
    for answer in released { answer() }
  }

  private static func write(
    _ answer: Answer, to context: ChannelHandlerContext, keepsAlive: Bool, state: SharedState
  ) {
    state.value.withLock { $0.inFlight -= 1 }
    func send(_ part: HTTPServerResponsePart) {
      context.write(NIOAny(part), promise: nil)
    }
    switch answer {
    case .silence: break
    case .hangUp: context.close(promise: nil)
    case .response(let response), .truncated(let response), .trickling(let response, _):
      var headers = HTTPHeaders(response.fields)
      if response.status != 304 {
        headers.replaceOrAdd(name: "Content-Length", value: "\(response.body.count)")
      }
      send(
        .head(
          HTTPResponseHead(version: .http1_1, status: .init(statusCode: response.status), headers: headers)))
      if case .trickling(_, let pause) = answer {
        trickle(response.body[...], every: .nanoseconds(pause), to: context)
      } else if case .truncated = answer {
        send(.body(.byteBuffer(ByteBuffer(bytes: response.body.prefix(response.body.count / 2)))))
        context.flush()
        context.close(promise: nil)
      } else {
        send(.body(.byteBuffer(ByteBuffer(bytes: response.body))))
        send(.end(nil))
        context.flush()
        if !keepsAlive { context.close(promise: nil) }
      }
    }
  }

  /// Writes a byte after the other until the client has gone.
  private static func trickle(
    _ body: ArraySlice<UInt8>, every pause: TimeAmount, to context: ChannelHandlerContext
  ) {
    guard context.channel.isActive, let first = body.first else {
      context.close(promise: nil)
      return
    }
    context.writeAndFlush(
      NIOAny(HTTPServerResponsePart.body(.byteBuffer(ByteBuffer(bytes: [first])))), promise: nil)
    let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
    context.eventLoop.scheduleTask(in: pause) { trickle(body.dropFirst(), every: pause, to: bound.value) }
  }
}
