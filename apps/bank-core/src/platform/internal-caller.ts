import { isIP } from 'node:net';
import type { FastifyRequest } from 'fastify';
import {
  idempotencySentences,
  idempotencyStatuses,
  interactionIdOf,
  platformSentences,
  platformStatuses,
  Problem,
} from '#libs/platform';

/** Where the gateway's calls begin. Only the internal listener serves it (T-01). */
export const INTERNAL = 'internal/v1';

/** What the intermediary says of its customer at a call. Nobody else vouches for it: the record keeps it as a claim. */
export interface CustomerClaim {
  /** The customer is there and waits, rather than the software calling by itself. */
  readonly isPresent: boolean;
  /** Where the customer sits, IPv4 or IPv6; it is what claims the presence. */
  readonly address?: string;
  /** When the customer logged in at the intermediary, RFC 3339. */
  readonly loggedInAt?: string;
}

/** On whose behalf the gateway calls; bank-core judges it again on every call. */
export interface InternalCaller {
  readonly clientId: string;
  readonly epspId: string;
  /** `none` or the chain partner that was fixed at the approval (RKN-D1). */
  readonly chainPartnerId: string;
  /** Of a read: the consent that it rests on. */
  readonly consentId: string | undefined;
  readonly interactionId: string;
  readonly customer: CustomerClaim;
}

/** An IP address without a zone, which means something on the sender's own machine only (RFC 4007). */
const isAddress = (text: string): boolean => isIP(text) !== 0 && !text.includes('%');

interface Form {
  test(value: string): boolean;
}

const FORMS = {
  'x-renkei-client': /^[A-Za-z0-9._~-]{1,200}$/,
  'x-renkei-epsp': /^epsp_[0-9a-hjkmnp-tv-z]{26}$/,
  'x-renkei-chain-partner': /^(none|cp_[0-9a-hjkmnp-tv-z]{26})$/,
  'x-renkei-consent': /^cns_[0-9a-hjkmnp-tv-z]{26}$/,
  'x-renkei-customer-address': { test: isAddress },
  'x-renkei-customer-logged-in-at': /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}\+09:00$/,
} satisfies Record<string, Form>;
const OPTIONAL: readonly string[] = [
  'x-renkei-consent',
  'x-renkei-customer-address',
  'x-renkei-customer-logged-in-at',
];

/** Reads the headers of the internal API. Refuses with `validation_failed`, naming each that is wrong. */
export function internalCaller(request: FastifyRequest): InternalCaller {
  const wrong: string[] = [];
  const read = (name: keyof typeof FORMS): string | undefined => {
    const value = request.headers[name];
    if (typeof value === 'string' && FORMS[name].test(value)) return value;
    if (value !== undefined || !OPTIONAL.includes(name)) wrong.push(name);
    return undefined;
  };
  const caller = {
    clientId: read('x-renkei-client') ?? '',
    epspId: read('x-renkei-epsp') ?? '',
    chainPartnerId: read('x-renkei-chain-partner') ?? '',
    consentId: read('x-renkei-consent'),
    interactionId: interactionIdOf(request.raw),
    customer: claimOf(read('x-renkei-customer-address'), read('x-renkei-customer-logged-in-at')),
  };
  if (wrong.length === 0) return caller;
  const { validation_failed: words } = platformSentences;
  throw new Problem(platformStatuses.validation_failed, 'validation_failed', words, {
    errors: wrong.map((pointer) => ({ pointer, code: 'matches', detail: 'header malformed' })),
  });
}

const claimOf = (address: string | undefined, loggedInAt: string | undefined): CustomerClaim => ({
  isPresent: address !== undefined,
  ...(address === undefined ? {} : { address }),
  ...(loggedInAt === undefined ? {} : { loggedInAt }),
});

const KEY = /^[\x21-\x7e]{1,64}$/;

/** The key under which a change is made once; the gateway has read it from the caller's own header. */
export function idempotencyKeyOf(request: FastifyRequest): string {
  const key = request.headers['x-renkei-idempotency-key'];
  if (typeof key === 'string' && KEY.test(key)) return key;
  const { idempotency_key_missing: words } = idempotencySentences;
  const status = idempotencyStatuses.idempotency_key_missing;
  throw new Problem(status, 'idempotency_key_missing', words);
}
