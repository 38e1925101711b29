import type { BankFunction, CoreCode } from '../../bank/index.js';
import type { EndCode, LiveToken } from '../../grants/index.js';
import type { Refusal } from '#libs/kernel';
import type { AccessCode } from './access.refusals.js';
import type { PartyFacts, PartyRefusal } from './party.js';

/** Reading for a holder, what prepares a transfer, what became of transfers, seeing to consents, or own affairs. */
export type AccessKind = 'read' | 'pay' | 'status' | 'consent' | 'own';

export type AccessOperation =
  /** `isPaged`: answers page by page, and a cursor goes on from a page that was counted before (users.md A 36). */
  | { readonly kind: 'read'; readonly fn: BankFunction; readonly isPaged?: true }
  /** `isOwn`: what the software asks for itself; a user's token opens the one transfer it was given for. */
  | { readonly kind: 'pay'; readonly fn: BankFunction; readonly isOwn?: true }
  /**
   * What became of the client's own transfers. A stop lets what was fixed before it go through, and its outcome is read
   * whatever happened since (RKN-S4c, INT-21).
   */
  | { readonly kind: 'status'; readonly isOwn?: true }
  /** Reading and ending consents: no measure may stand in the way of a withdrawal (users.md A.3). */
  | { readonly kind: 'consent' }
  /** Concerns no institution and no holder: what decides is the scope of a token without a user. */
  | { readonly kind: 'own'; readonly scope: string };

/** What is known of a request before anything is looked up; sizes in characters. */
export interface RequestFacts {
  readonly urlChars: number;
  readonly authorizationChars: number;
  readonly proofChars: number;
  readonly hasTokenInQuery: boolean;
  /** Headers about the customer that are there and cannot be read. */
  readonly malformedClaims: readonly string[];
  /** Names a chain partner, or says that there is none. */
  readonly saysPartner: boolean;
}

export type TokenFacts =
  /** `not_asked`: from where it came so much was refused that no unknown token is looked up (T-31). */
  | { readonly state: 'absent' | 'malformed' | 'unknown' | 'not_asked' | 'store_silent' }
  | { readonly state: 'known'; readonly token: LiveToken; readonly isExpired: boolean };

/** What became of the proof of possession; everything but `proven` refuses. */
export type BindingFacts =
  | 'proven'
  | 'scheme_differs'
  | 'certificate_missing'
  | 'certificate_differs'
  | 'proof_invalid'
  | 'nonce_wanted'
  | 'key_differs'
  | 'proof_replayed'
  | 'store_silent';

/** Which quota the call has broken, if any, by the name that `RateLimit-Policy` gives it. */
export type RateFacts =
  | 'store_silent'
  | 'stale'
  | {
      readonly broken: string | undefined;
      /** Of the measure that lowered it, where one did. */
      readonly clause?: string | undefined;
    };

/** Everything the checks look at. Read step by step, in the table's order; a check reads only its own. */
export interface AccessFacts {
  readonly operation: AccessOperation;
  readonly bankCode: string;
  readonly now: number;
  readonly request: RequestFacts;
  readonly token: TokenFacts;
  readonly binding: BindingFacts;
  readonly party: PartyFacts;
  readonly rate: RateFacts;
}

export type AccessRefusal = Refusal<AccessCode | EndCode | CoreCode> & {
  readonly retryAfterSeconds?: number;
};
export type AccessCheck = (facts: AccessFacts) => AccessRefusal | undefined;
export type PartyCheck = (facts: PartyFacts) => PartyRefusal | undefined;
