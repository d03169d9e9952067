import type { ProxyServer, ServerOptions } from 'http-proxy-3';
import type { ClientRequest, IncomingMessage, ServerResponse } from 'node:http';
import { errorCode } from './errorCode';
import type { Instance } from './Instance';
import type { WeightedRoute } from './WeightedRoute';

// What can be sent twice without harm (RFC 9110, 9.2.2), as long as it has no body that would be used up.
const idempotent = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE']);

// A client that leaves sooner than this has changed its mind; one that leaves later has given up on the release.
const patienceMs = 5000;

/** One answered or failed request, for the numbers. */
interface ServedRequest {
  releaseId: string;
  latencyMs: number;
  failed: boolean;
  at: number;
}

/** What is needed to forward requests. */
export interface Forwarding {
  proxy: ProxyServer<typeof IncomingMessage, typeof ServerResponse, Error>;
  route: WeightedRoute;
  /** For people: what is behind the address. */
  name: string;
  /** How long a copy may take until its answer begins. */
  requestTimeoutMs: number;
  /** A client has sent one; once, however often it is tried. */
  onArrived(): void;
  /** No copy was ready for it. */
  onRefused(): void;
  onServed(request: ServedRequest): void;
}

/** What was tried before with a request. */
interface Before {
  /** The copy that did not answer. */
  lost?: Instance;
  /** The copy that had closed the connection which was to be used again. */
  stale?: Instance;
}

/** One try to have a request answered by one copy. The proxy finds it by its request. */
class Attempt {
  /** What was sent to the copy. */
  request?: ClientRequest;
  readonly #started = performance.now();
  readonly #timer: NodeJS.Timeout;
  readonly #end: () => void;
  readonly #onClose = () => this.#closed();
  readonly #canRepeat: boolean;
  #settled = false;
  #answering = false;
  #timedOut = false;

  constructor(
    private readonly options: Forwarding,
    private readonly req: IncomingMessage,
    private readonly res: ServerResponse,
    readonly instance: Instance,
    private readonly before: Before,
    private readonly again: (before: Before) => void,
  ) {
    this.#canRepeat = !hasBody(req) && idempotent.has(req.method ?? '');
    this.#end = begin(instance);
    this.#timer = setTimeout(() => {
      this.#timedOut = true;
      this.request?.destroy();
    }, options.requestTimeoutMs);
    res.once('close', this.#onClose);
  }

  send(): void {
    const { lost, stale } = this.before;
    // A copy may close an idle connection at the instant when a request is put on it. What must not be sent twice
    // therefore gets a connection of its own.
    const ownConnection = stale || !this.#canRepeat;
    this.options.proxy.web(
      this.req,
      this.res,
      {
        ...targetOf(this.instance),
        ...(ownConnection && { agent: false }),
        // The first try has set these headers already.
        ...((lost || stale) && { xfwd: false }),
      },
      error => this.#failed(error),
    );
  }

  /** The answer's head is there. */
  onAnswer(answer: IncomingMessage): void {
    this.#answering = true;
    clearTimeout(this.#timer);
    // An answer that breaks off must break off for the client too, which would wait for the rest for ever.
    answer.once('close', () => {
      if (answer.complete || this.res.writableFinished) return;
      this.#settle(true);
      this.res.destroy();
    });
  }

  /** Once: counts the request, unless it says nothing about the release. */
  #settle(failed: boolean | undefined): void {
    if (this.#settled) return;
    this.#settled = true;
    this.#end();
    clearTimeout(this.#timer);
    this.res.off('close', this.#onClose);
    if (failed !== undefined)
      this.options.onServed({
        releaseId: this.instance.version.releaseId,
        latencyMs: performance.now() - this.#started,
        failed,
        at: Date.now(),
      });
  }

  #closed(): void {
    const { writableFinished, statusCode } = this.res;
    const waited = performance.now() - this.#started;
    if (writableFinished) this.#settle(statusCode >= 500);
    else
      this.#settle(!this.#answering && waited >= patienceMs ? true : undefined);
  }

  #failed(error: Error): void {
    const { options, req, res, instance, before } = this;
    if (this.#settled) return;
    if (res.headersSent || res.destroyed) {
      this.#settle(this.#answering);
      res.destroy();
      return;
    }
    if (this.#timedOut) {
      this.#settle(true);
      const seconds = options.requestTimeoutMs / 1000;
      unavailable(
        res,
        `${options.name} did not answer within ${seconds} s`,
        504,
      );
      return;
    }
    const reused = this.request?.reusedSocket && !before.lost;
    if (this.#canRepeat && reused) {
      this.#settle(undefined);
      this.again({ stale: instance });
      return;
    }
    this.#settle(true);
    const neverSent = !hasBody(req) && errorCode(error) === 'ECONNREFUSED';
    if (!before.lost && (this.#canRepeat || neverSent))
      this.again({ lost: instance });
    else unavailable(res, `${options.name} did not answer`, 502);
  }
}

export type Routed = IncomingMessage & { slipwayAttempt?: Attempt };

/**
 * Has a request answered by a copy. When that fails before the answer has begun, and sending it again can do no harm,
 * it is tried once more: on a new connection when the copy had just closed an idle one, else at another copy.
 */
export function forward(
  options: Forwarding,
  req: Routed,
  res: ServerResponse,
  before: Before = {},
): void {
  const { lost, stale } = before;
  const instance =
    (stale?.ready ? stale : undefined) ?? options.route.next(lost) ?? lost;
  if (!instance) {
    options.onRefused();
    unavailable(res, `${options.name} has no copy that is ready`);
    return;
  }
  req.slipwayAttempt = new Attempt(options, req, res, instance, before, next =>
    forward(options, req, res, next),
  );
  req.slipwayAttempt.send();
}

/** Where the proxy shall send something. */
export function targetOf(instance: Instance): ServerOptions {
  return { target: { host: '127.0.0.1', port: instance.port } };
}

/** Keeps a copy from being stopped until the answer is called. */
export function begin(instance: Instance): () => void {
  let open = true;
  instance.inFlight += 1;
  return () => {
    if (open) instance.inFlight -= 1;
    open = false;
  };
}

function hasBody({ headers }: IncomingMessage): boolean {
  return (
    headers['transfer-encoding'] !== undefined ||
    Number(headers['content-length'] ?? 0) > 0
  );
}

function unavailable(res: ServerResponse, message: string, status = 503): void {
  if (res.destroyed) return;
  res.writeHead(status, { 'content-type': 'application/json' });
  res.end(JSON.stringify({ error: { name: 'ServiceUnavailable', message } }));
}
