import { isIPv6 } from 'node:net';
import type { IncomingMessage, RequestListener } from 'node:http';
import { Inject, Injectable } from '@nestjs/common';
import Provider, { errors } from 'oidc-provider';
import { storyOf } from '#libs/platform';
import { GATEWAY_CONFIG, type GatewayConfig } from '../../platform/config.js';
import { ClientCertificates } from '../../platform/mutual-tls/client-certificates.js';
import {
  rateHeaders,
  type RateClaim,
  type RatePolicy,
  type RateStanding,
} from '../../platform/rates/rate-policy.js';
import { RateLimits } from '../../platform/rates/rate-limits.js';
import { errorPage, ERROR_PAGE_POLICY } from './error-page.js';
import { interactionKeyOf, resumeKeyOf } from './interaction-cookie.js';

const WORDS = 'quota_exceeded: The limit of requests is exceeded. Wait as RateLimit says.';

/** More than anybody reloads a page by hand. */
const RETURNS_PER_MINUTE = 30;
/** The two last steps of a browser: back from the bank, and on to the software that asked. */
const RETURN = /^\/(?:interactions\/([\w-]{16,200})\/return|authorize\/([\w-]{16,200}))(?:\?|$)/;

/** Which quota an address has used up, and what the answer says of it. */
export interface TooMany {
  readonly policy: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Bounds what one address may ask before it has proven who it is (T-31): of the authorization server, of registration,
 * and of what everybody may read. At the authorization server the named client counts together with the address, never
 * alone: a stranger who writes somebody's client_id uses up a share of its own address and nothing of theirs.
 */
@Injectable()
export class AddressGate {
  private readonly address: RatePolicy;
  private readonly registration: RatePolicy;
  private readonly claimedClient: RatePolicy;
  private readonly interaction: RatePolicy;
  private readonly interactionKeys: readonly Buffer[];
  private readonly claims = new WeakMap<IncomingMessage, Promise<readonly RateStanding[]>>();

  constructor(
    @Inject(GATEWAY_CONFIG) { rates, secrets }: GatewayConfig,
    @Inject(RateLimits) private readonly limits: RateLimits,
    @Inject(ClientCertificates) private readonly certificates: ClientCertificates,
  ) {
    this.address = { name: 'address', quota: rates.addressPerMinute, windowSeconds: 60 };
    const registrations = rates.registrationsPerMinute;
    this.registration = { name: 'address-registration', quota: registrations, windowSeconds: 60 };
    const quota = rates.claimedClientPerMinute;
    this.claimedClient = { name: 'address-client', quota, windowSeconds: 60 };
    this.interaction = { name: 'interaction', quota: RETURNS_PER_MINUTE, windowSeconds: 60 };
    this.interactionKeys = secrets.interactionKeys;
  }

  /**
   * Counts one request. Nothing where it may go on; where not, the policy that is broken and the answer's headers. A
   * store that is silent lets it pass: whatever is issued rests on the same database and fails there.
   */
  async judge(request: IncomingMessage, isRegistration = false): Promise<TooMany | undefined> {
    const policy = isRegistration ? this.registration : this.address;
    const claim = this.ofReturn(request) ?? { policy, id: this.sourceOf(request) };
    const standings = await this.take([claim]);
    if (standings.every(({ isKept }) => isKept)) return undefined;
    storyOf(request).code = 'quota_exceeded';
    return { policy: claim.policy.name, headers: rateHeaders(standings) };
  }

  /**
   * A browser that comes back with its own cookie counts by itself: a holder who has just confirmed a transfer is
   * not to be stopped by whatever else comes from the same address, such as a carrier's.
   */
  private ofReturn({ url = '', headers }: IncomingMessage): RateClaim | undefined {
    const [, returned, resumed] = RETURN.exec(url) ?? [];
    const uid = returned ?? resumed;
    if (uid === undefined) return undefined;
    const signedBy = returned === undefined ? resumeKeyOf : interactionKeyOf;
    const isOwn = signedBy(this.interactionKeys, uid, headers.cookie) !== undefined;
    return isOwn ? { policy: this.interaction, id: uid } : undefined;
  }

  /**
   * Counts a client that the request under way names before anybody has proven to be it, once however often it is
   * looked up; refuses with 429 where it was named too often. Whose token an authenticated server asks about is no such
   * claim.
   */
  async named(clientId: string): Promise<void> {
    const ctx = Provider.ctx;
    if (!ctx || ctx.oidc.client) return;
    const standings = await this.claimOf(ctx.req, clientId);
    if (standings.every(({ isKept }) => isKept)) return;
    for (const [name, value] of Object.entries(rateHeaders(standings))) ctx.set(name, value);
    const error = new errors.CustomOIDCProviderError('temporarily_unavailable', WORDS);
    throw Object.assign(error, { status: 429, statusCode: 429, expose: true });
  }

  /** The same answer for the whole request: the library looks a client up again to word the refusal. */
  private claimOf(request: IncomingMessage, clientId: string): Promise<readonly RateStanding[]> {
    const known = this.claims.get(request);
    if (known) return known;
    const id = `${this.sourceOf(request)} ${clientId}`;
    const standings = this.take([{ policy: this.claimedClient, id }]);
    this.claims.set(request, standings);
    return standings;
  }

  /** Behind the proxy that has proven itself, the address that it added last; nobody else is believed (T-11). */
  sourceOf(request: IncomingMessage): string {
    if (!this.certificates.isFromProxy(request)) return addressOf(request.socket.remoteAddress);
    const forwarded = String(request.headers['x-forwarded-for'] ?? '');
    return addressOf(forwarded.split(',').at(-1)?.trim());
  }

  private async take(claims: Parameters<RateLimits['take']>[0]): Promise<readonly RateStanding[]> {
    try {
      return await this.limits.take(claims);
    } catch {
      return [];
    }
  }
}

/** OAuth's answer to too many requests; there is no error of its own for it (RFC 6749 section 5.2). */
const TOO_MANY = JSON.stringify({ error: 'temporarily_unavailable', error_description: WORDS });

const PAGE_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': ERROR_PAGE_POLICY,
};
const tooManyPage = ({ headers }: IncomingMessage): string =>
  errorPage(
    { error: 'temporarily_unavailable', description: WORDS, status: 429 },
    headers['accept-language'] ?? '',
  );

/** Asks the gate before anything of the request is read. */
export function behindGate(gate: AddressGate, next: RequestListener): RequestListener {
  return (request, response) => {
    void gate.judge(request).then((tooMany) => {
      if (!tooMany) return next(request, response);
      const isPage = storyOf(request).isPage && /\btext\/html\b/.test(request.headers.accept ?? '');
      response.writeHead(429, {
        ...tooMany.headers,
        ...(isPage ? PAGE_HEADERS : { 'content-type': 'application/json; charset=utf-8' }),
      });
      response.end(isPage ? tooManyPage(request) : TOO_MANY);
    });
  };
}

/** One household is one source: of an IPv6 address the network's half counts. */
export function addressOf(address = 'unknown'): string {
  return isIPv6(address) && !address.startsWith('::ffff:') ? networkOf(address) : address;
}

function networkOf(address: string): string {
  const [head = '', tail] = address.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0');
  return [...left, ...(tail === undefined ? [] : zeros), ...right].slice(0, 4).join(':');
}
