import { approve, FormBrowser } from '../../http/index.js';
import { Intermediary, refusalCodeOf } from '../../flow/intermediary.js';
import type { DemoPerson } from '../../start/seeds.js';
import type { Arena } from './arena.js';
import type { BankTime } from './bank-time.js';

/** How far the intermediary and the holder saw one authorization come. */
export interface Seen {
  /** The browser came back to the client with a code: the holder was told that it is done. */
  readonly landed: boolean;
  readonly redeemed: boolean;
  /** Reads the accounts with the token; undefined where there is none. */
  readonly readAccounts: (() => Promise<number>) | undefined;
  /** Consent or transfer, as the token response names it. */
  readonly details: readonly Readonly<Record<string, unknown>>[];
  /** What ended the attempt early, in words. */
  readonly fault: string | undefined;
}

export interface Job {
  readonly scope: 'accounts' | 'transfers';
  readonly detail: Readonly<Record<string, unknown>>;
  readonly person: DemoPerson;
}

/** One authorization from the push to the token. Never throws: a cut connection is what we are for. */
export async function attempt(arena: Arena, time: BankTime, job: Job): Promise<Seen> {
  const details: Seen['details'] = [];
  const seen = { landed: false, redeemed: false, readAccounts: undefined, details };
  try {
    const intermediary = await Intermediary.discover(
      arena.gatewayOrigin,
      arena.client,
      arena.fetch,
    );
    const pushed = await intermediary.push(job.scope, job.detail);
    const redirectUri = arena.client.redirect_uri;
    const browser = new FormBrowser({
      fetch: arena.fetch,
      stopsAt: (url) => url.href.startsWith(redirectUri),
    });
    if (job.scope === 'transfers') await time.nextStep(job.person.bankCode + job.person.loginId);
    const { landedAt } = await approve(browser, pushed.url, job.person, time.now);
    const error = landedAt.searchParams.get('error');
    if (error) return { ...seen, fault: error };
    seen.landed = true;
    const tokens = await intermediary.redeem(pushed, landedAt);
    return {
      landed: true,
      redeemed: true,
      readAccounts: async () => {
        const path = `/v1/banks/${job.person.bankCode}/accounts`;
        return (await intermediary.get(tokens.accessToken, path)).status;
      },
      details: tokens.details,
      fault: undefined,
    };
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    return { ...seen, fault: refusalCodeOf(error) ?? words };
  }
}
