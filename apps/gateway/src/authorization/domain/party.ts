import type { Instant, Refusal } from '#libs/kernel';
import type { BankFunction, CoreCode, LinkAnswer, PartnerVerdict } from '../../bank/index.js';

/** Who asks whom for what: the four members of the link (RKN-D5). */
export interface Party {
  readonly bankCode: string;
  readonly epspId: string;
  readonly chainPartnerId: string;
  readonly fn: BankFunction;
}

/** What the gateway's copies say about one party at one moment; `unknown` while there is no copy. */
export interface PartyFacts {
  readonly bankIsKnown: boolean;
  readonly isCovered: boolean;
  readonly link: LinkAnswer;
  readonly partner: PartnerVerdict;
  readonly isOffered: boolean;
  /** The window, open now, in which the institution announced not to serve this; undefined: none. */
  readonly maintenance: Maintenance | undefined;
}

export interface Maintenance {
  readonly until: Instant;
  /** What is left of it, for `Retry-After`. */
  readonly seconds: number;
}

export type PartyRefusal = Refusal<CoreCode> & { readonly retryAfterSeconds?: number };
