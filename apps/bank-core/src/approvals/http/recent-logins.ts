import { createHash } from 'node:crypto';
import type { Visit } from '../page-flow.js';

const KEPT_MAX = 200;

/**
 * A log-in changes the session, so a second click on the same button arrives under the old one. Whoever sends
 * the very same form again, password included, is led to the same place; the last few are remembered.
 */
export class RecentLogins {
  private readonly visits = new Map<string, Visit>();

  remember(session: string, body: unknown, visit: Visit): void {
    this.visits.set(fingerprint(session, body), visit);
    const [oldest] = this.visits.keys();
    if (this.visits.size > KEPT_MAX && oldest !== undefined) this.visits.delete(oldest);
  }

  /** Once: the third click finds nothing. */
  recall(session: string, body: unknown): Visit | undefined {
    const key = fingerprint(session, body);
    const visit = this.visits.get(key);
    this.visits.delete(key);
    return visit;
  }
}

const fingerprint = (session: string, body: unknown): string =>
  createHash('sha256')
    .update(`${session}|${JSON.stringify(body)}`)
    .digest('base64url');
