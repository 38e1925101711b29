import { createServer, type Server, type ServerResponse } from 'node:http';
import type { Metrics } from './metrics.js';

/** What must hold before a process can do its work, part by part. */
export type ReadinessReport = Readonly<Record<string, boolean>>;

export interface OperationsOptions {
  readonly metrics: Metrics;
  /** Each part on its own, so that whoever is called at night sees which one it is. */
  readonly readiness: () => Promise<ReadinessReport>;
  readonly isDraining: () => boolean;
}

const HEADERS_MS = 5_000;

/**
 * `/healthz`, `/readyz` and `/metrics`, on a listener of its own that nobody outside reaches (users.md D.1):
 * plain HTTP for the balancer and the collector beside us. It says nothing about anybody's data.
 */
export function operationsListener(options: OperationsOptions): Server {
  const server = createServer((request, response) => {
    void answer(options, request.url ?? '', response).catch(() => response.destroy());
  });
  server.headersTimeout = HEADERS_MS;
  server.requestTimeout = HEADERS_MS;
  return server;
}

async function answer(
  { metrics, readiness, isDraining }: OperationsOptions,
  path: string,
  response: ServerResponse,
): Promise<void> {
  if (path === '/metrics') return send(response, 200, TEXT, await metrics.text());
  if (path === '/healthz') return send(response, 200, JSON_TYPE, '{"status":"ok"}');
  if (path !== '/readyz') return send(response, 404, JSON_TYPE, '{"status":"not_found"}');
  const draining = isDraining();
  const parts = draining ? {} : await readiness();
  const isReady = !draining && Object.values(parts).every(Boolean);
  const status = draining ? 'draining' : isReady ? 'ok' : 'not_ready';
  send(response, isReady ? 200 : 503, JSON_TYPE, JSON.stringify({ status, parts }));
}

const JSON_TYPE = 'application/json; charset=utf-8';
const TEXT = 'text/plain; version=0.0.4; charset=utf-8';

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' });
  response.end(body);
}
