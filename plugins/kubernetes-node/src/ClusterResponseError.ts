import type { V1Status } from '@kubernetes/client-node';

/** An answer that is no success, from the API server or from the Kubernetes plugin in front of it. @public */
export class ClusterResponseError extends Error {
  constructor(
    /** HTTP status. */
    readonly status: number,
    message: string,
    /** What the API server said; absent when the answer is not the API server's. */
    readonly kubernetes?: V1Status,
    /** Whether the Kubernetes plugin has answered: it does not know the cluster, or cannot reach it. */
    readonly isOfPlugin = false,
  ) {
    super(message);
    this.name = 'ClusterResponseError';
  }

  static fromBody(status: number, body: string): ClusterResponseError {
    const parsed = parse(body);
    if (parsed.kind === 'Status')
      return new ClusterResponseError(
        status,
        String(parsed.message ?? `HTTP ${status}`),
        parsed as V1Status,
      );
    const { message } = (parsed.error ?? {}) as { message?: unknown };
    return new ClusterResponseError(
      status,
      typeof message === 'string' ? message : `HTTP ${status}`,
      undefined,
      parsed.error !== undefined,
    );
  }
}

function parse(body: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null
      ? (value as Record<string, unknown>)
      : {};
  } catch {
    // A proxy on the way may answer with a page.
    return {};
  }
}
