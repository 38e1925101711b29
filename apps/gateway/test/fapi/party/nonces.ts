import { must } from '../report.js';
import { headerOf, type Answer } from './wire.js';

/** True where an answer asks for a nonce. Ends the module where it asks in the wrong way. */
type Demand = (answer: Answer) => boolean;

/** RFC 9449 section 8. */
export function demandOfServer(answer: Answer): boolean {
  if (answer.body['error'] !== 'use_dpop_nonce') return false;
  must(answer.status === 400, `use_dpop_nonce with ${answer.status}`);
  return true;
}

/** RFC 9449 section 9. */
export function demandOfApi(answer: Answer): boolean {
  const challenge = headerOf(answer, 'www-authenticate');
  if (!/error="use_dpop_nonce"/.test(challenge)) return false;
  must(answer.status === 401, `use_dpop_nonce with ${answer.status}`);
  must(/^dpop\b/i.test(challenge), 'The challenge is not of the DPoP scheme.');
  return true;
}

/** The nonce that one side handed out last. */
export class Nonces {
  private last: string | undefined;

  constructor(private readonly demand: Demand) {}

  /** Tries, and once more with the nonce that the answer asked for. */
  async obeying(attempt: (nonce: string | undefined) => Promise<Answer>): Promise<Answer> {
    const first = await attempt(this.last);
    this.keep(first);
    if (!this.demand(first)) return first;
    must(first.headers['dpop-nonce']?.length === 1, 'use_dpop_nonce without exactly one nonce.');
    const again = await attempt(this.last);
    this.keep(again);
    return again;
  }

  forget(): void {
    this.last = undefined;
  }

  private keep(answer: Answer): void {
    this.last = headerOf(answer, 'dpop-nonce') || this.last;
  }
}
