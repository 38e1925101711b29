import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { interactionIdOf } from '../interaction-id.js';
import { faultOwner, type FaultOwner, type ServerName } from './fault-owner.js';
import type { Metrics } from './metrics.js';
import { storyOf, type RequestStory } from './story.js';

/** How one request ended, as log, metrics and traces tell it alike. */
export interface Outcome extends Omit<RequestStory, 'route' | 'isPage'> {
  readonly method: string;
  readonly route: string;
  /** 0 where the caller went away before its answer. */
  readonly status: number;
  readonly fault: FaultOwner;
  readonly ms: number;
}

/** Tells log and metrics how each request ended, from one story and by one definition of faults. */
export class Observer {
  private readonly count;
  private readonly duration;

  constructor(
    private readonly server: ServerName,
    private readonly log: Logger,
    metrics: Metrics,
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
  watch(
    request: IncomingMessage,
    response: ServerResponse,
    onEnd?: (outcome: Outcome) => void,
  ): void {
    const since = performance.now();
    response.once('close', () => {
      const outcome = this.outcomeOf(request, response, performance.now() - since);
      this.tell(request, outcome);
      onEnd?.(outcome);
    });
  }

  private outcomeOf(request: IncomingMessage, response: ServerResponse, ms: number): Outcome {
    const { isPage, route = 'none', ...rest } = storyOf(request);
    const status = response.writableFinished ? response.statusCode : 0;
    const caller = isPage ? 'person' : 'software';
    const fault = faultOwner({ server: this.server, caller, status, code: rest.code });
    const method = METHODS.has(request.method ?? '') ? (request.method ?? '') : 'other';
    return { method, route, ...rest, status, fault, ms: Math.round(ms * 10) / 10 };
  }

  private tell(request: IncomingMessage, outcome: Outcome): void {
    const { method, route, status, fault, ms } = outcome;
    this.count.inc({ route, method, status: String(status), fault }, 1);
    this.duration.observe({ route }, ms / 1000);
    const level = status >= 500 ? 'warn' : 'info';
    if (!this.log.isLevelEnabled(level)) return;
    this.log[level]({ interactionId: interactionIdOf(request), ...outcome }, 'request');
  }
}

/** A method is a label: what a caller invents must not become one. */
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
