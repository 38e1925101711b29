import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { interactionIdOf } from '../interaction-id.js';
import { faultOwner, type ServerName } from './fault-owner.js';
import type { Metrics } from './metrics.js';
import { storyOf } from './story.js';

/** Tells log and metrics how each request ended, from one story and by one definition of faults. */
export class Observer {
  private readonly count;
  private readonly duration;

  constructor(
    private readonly server: ServerName,
    readonly log: Logger,
    readonly metrics: Metrics,
  ) {
    this.count = metrics.counter(
      'http_requests_total',
      'Requests by route, method, status and whose fault a failure was.',
      ['route', 'method', 'status', 'fault'],
    );
    this.duration = metrics.histogram(
      'http_request_seconds',
      'Seconds from the request’s head to the end of its answer.',
      ['route'],
    );
  }

  /** Looks on until the answer has left, or its receiver has gone. */
  watch(request: IncomingMessage, response: ServerResponse): void {
    const since = performance.now();
    response.once('close', () => this.tell(request, response, performance.now() - since));
  }

  private tell(request: IncomingMessage, response: ServerResponse, ms: number): void {
    const { isPage, route = 'none', code, ...parties } = storyOf(request);
    const status = response.writableFinished ? response.statusCode : 0;
    const { server } = this;
    const caller = isPage ? 'person' : 'software';
    const fault = faultOwner({ server, caller, status, code });
    const method = METHODS.has(request.method ?? '') ? (request.method ?? '') : 'other';
    this.count.inc({ route, method, status: String(status), fault }, 1);
    this.duration.observe({ route }, ms / 1000);
    const level = status >= 500 ? 'warn' : 'info';
    if (!this.log.isLevelEnabled(level)) return;
    const interactionId = interactionIdOf(request);
    const outcome = { method, route, ...parties, status, code, fault, ms: Math.round(ms * 10) / 10 };
    this.log[level]({ interactionId, ...outcome }, 'request');
  }
}

/** A method is a label: what a caller invents must not become one. */
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
