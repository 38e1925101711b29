import type { IncomingMessage } from 'node:http';

/** One call as the gateway made it. */
export interface SeenCall {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: unknown;
}

export interface Refused {
  readonly status: number;
  readonly code: string;
  readonly clause?: string;
  readonly retryAfter?: number;
}
