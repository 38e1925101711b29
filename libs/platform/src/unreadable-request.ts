import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { platformSentences } from './platform.refusals.js';
import { problemBody } from './problem-body.js';
import { Problem } from './problem.js';

const STATUSES: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

/**
 * Answers what the HTTP parser gave up on, in the form of every other refusal: there is no request whose
 * interaction id could be taken, so it gets one of ours. Then the connection ends.
 */
export function answerUnreadable(
  error: NodeJS.ErrnoException,
  socket: Duplex,
  pages?: string,
): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  if (socket.writable) socket.write(answerTo(STATUSES[error.code ?? ''] ?? 400, pages));
  socket.destroy(error);
}

function answerTo(status: number, pages: string | undefined): string {
  const interactionId = randomUUID();
  const problem = new Problem(status, 'validation_failed', platformSentences.validation_failed);
  const body = JSON.stringify(problemBody(problem, interactionId, 'ja', pages));
  return [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    'content-type: application/problem+json; charset=utf-8',
    'content-language: ja',
    'cache-control: no-store',
    `x-fapi-interaction-id: ${interactionId}`,
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
    '',
    body,
  ].join('\r\n');
}
