import { isIP } from 'node:net';
import type { IncomingHttpHeaders } from 'node:http';
import { instantToWire, type Instant } from '#libs/kernel';
import type { CustomerClaim } from '../bank/index.js';
import { readHttpDate } from './domain/http-date.js';

const ADDRESS = 'x-fapi-customer-ip-address';
const AUTH_DATE = 'x-fapi-auth-date';

/** What a call says of the intermediary's customer, and which of the two headers nobody can read. */
export interface SentClaim {
  readonly claim: CustomerClaim;
  readonly malformed: readonly string[];
}

/**
 * Reads `x-fapi-customer-ip-address` (an IPv4 or IPv6 address: its customer is there and waits) and
 * `x-fapi-auth-date` (an HTTP-date: when the customer logged in there). Source: FAPI 1.0 Baseline section 6.2.2,
 * which FAPI 2.0 leaves to the API; users.md D.1.
 */
export function readCustomerClaim(headers: IncomingHttpHeaders, now: Instant): SentClaim {
  const [address, authDate] = [headers[ADDRESS], headers[AUTH_DATE]].map(textOf);
  if (address === undefined && authDate === undefined) return NOTHING_SAID;
  const malformed: string[] = [];
  // A zone means something on the sender's own machine only (RFC 4007).
  if (address !== undefined && (isIP(address) === 0 || address.includes('%')))
    malformed.push(ADDRESS);
  const loggedInAt = authDate === undefined ? undefined : readHttpDate(authDate, now);
  if (authDate !== undefined && loggedInAt === undefined) malformed.push(AUTH_DATE);
  const claim = {
    ...(address === undefined ? {} : { address }),
    ...(loggedInAt === undefined ? {} : { loggedInAt: instantToWire(loggedInAt) }),
  };
  return { claim, malformed };
}

const NOTHING_SAID: SentClaim = { claim: {}, malformed: [] };

/** A header that was sent twice arrives joined by a comma, and is none of the two. */
const textOf = (sent: string | string[] | undefined): string | undefined =>
  sent === undefined ? undefined : String(sent);
