import { Inject, Injectable } from '@nestjs/common';
import { assert, accepted, isId, type Result } from '#libs/kernel';
import type { Caller, CustomerClaim } from '../bank/index.js';
import { TokenRegistry, type ConsentGrant, type LiveToken } from '../grants/index.js';
import { HostClock } from '../platform/host-clock.js';
import { rateHeaders, type RateClaim, type RateStanding } from '../platform/rates/rate-policy.js';
import { RateLimits } from '../platform/rates/rate-limits.js';
import { accessTable } from './domain/access-table.js';
import type {
  AccessCheck,
  AccessFacts,
  AccessOperation,
  AccessRefusal,
  RequestFacts,
  TokenFacts,
} from './domain/access.js';
import { institutionIsTheOne } from './domain/checks/institution-is-the-one.js';
import { rateIsKept } from './domain/checks/rate-is-kept.js';
import { requestIsBounded } from './domain/checks/request-is-bounded.js';
import { tokenIsBound } from './domain/checks/token-is-bound.js';
import { tokenIsLive } from './domain/checks/token-is-live.js';
import { PartyReader } from './party-reader.js';
import { ProofJudge } from './proof-judge.js';
import { RateClaims, type CallClaims } from './rate-claims.js';

/** A call of the API as it arrived. */
export interface ArrivedCall {
  readonly method: string;
  /** Path without query, as sent. */
  readonly path: string;
  readonly urlChars: number;
  readonly hasTokenInQuery: boolean;
  readonly authorization: string | undefined;
  /** Every DPoP header that was sent; more than one proves nothing. */
  readonly proofs: readonly string[];
  /** Where it arrived: the public origin, or the one for certificates. */
  readonly origin: string;
  /** `x5t#S256` of the certificate whose key the caller holds. */
  readonly certificateThumbprint: string | undefined;
  readonly chainPartnerHeader: string | undefined;
  /** What the call says of the intermediary's customer; with an address, that he or she is there and waits. */
  readonly customer: CustomerClaim;
  readonly malformedClaims: readonly string[];
  /** The route's template and its parameters, decoded: what the call asks for, however it is spelt. */
  readonly resource: string;
  readonly cursor: string | undefined;
  readonly bankCode: string;
  readonly interactionId: string;
  /** The address it came from, one network as one; asked for only where it counts (T-31). */
  readonly source: () => string;
}

/** What a call may do once every check has passed. */
export interface Access {
  readonly caller: Caller;
  /** The chain partner that the call itself named, or its `none`; what is fixed already must be the same. */
  readonly saidPartner: string | undefined;
  readonly bankCode: string;
  readonly grant: ConsentGrant | undefined;
}

type Writable<T> = { -readonly [Key in keyof T]?: T[Key] };
type Facts = Writable<AccessFacts> &
  Pick<AccessFacts, 'request' | 'operation' | 'now'> & {
    standings?: readonly RateStanding[];
    scheme?: string;
  };
type DoorFacts = Omit<Facts, 'operation' | 'now'>;
/** Whose call it is and for whom, as far as that was found out: for log, figures and traces. */
export interface ToldCaller extends Pick<LiveToken, 'clientId' | 'epspId'> {
  /** `none` or a partner of this intermediary's; nothing where the call did not say, or made one up. */
  readonly chainPartnerId: string | undefined;
}
export type AccessVerdict = Result<Access, AccessRefusal> & {
  readonly told: ToldCaller | undefined;
  /** Headers that go with the answer either way: nonce and quota. */
  readonly headers: Readonly<Record<string, string>>;
};

export interface RefusedCall {
  readonly refusal: AccessRefusal;
  readonly headers: Readonly<Record<string, string>>;
}

/** Walks the access table: reads what the next check needs, asks the check, stops at the first refusal. */
@Injectable()
export class AccessService {
  private readonly reads: ReadonlyMap<AccessCheck, (call: ArrivedCall, facts: Facts) => unknown>;

  constructor(
    @Inject(HostClock) private readonly clock: HostClock,
    @Inject(TokenRegistry) private readonly tokens: TokenRegistry,
    @Inject(ProofJudge) private readonly proofs: ProofJudge,
    @Inject(PartyReader) private readonly parties: PartyReader,
    @Inject(RateClaims) private readonly claims: RateClaims,
    @Inject(RateLimits) private readonly rates: RateLimits,
  ) {
    this.reads = new Map<AccessCheck, (call: ArrivedCall, facts: Facts) => unknown>([
      [tokenIsLive, (call, facts) => this.readToken(call, facts)],
      [tokenIsBound, (call, facts) => this.readBinding(call, facts)],
      [institutionIsTheOne, (call, facts) => (facts.party = this.readParty(call, facts))],
      [rateIsKept, (call, facts) => this.countCall(call, facts)],
    ]);
  }

  async judge(call: ArrivedCall, operation: AccessOperation): Promise<AccessVerdict> {
    const facts: Facts = {
      operation,
      bankCode: call.bankCode,
      now: this.clock.read(),
      request: requestOf(call),
    };
    for (const { check, kinds } of accessTable) {
      if (!kinds.includes(operation.kind)) continue;
      // Most of it lies in memory: a call that waits for nothing gives up no turn.
      const read = this.reads.get(check)?.(call, facts);
      if (read instanceof Promise) await read;
      const refusal = check(facts as AccessFacts);
      if (!refusal) continue;
      if (!STRANGERS.has(check)) return { ok: false, refusal, ...this.rest(call, facts) };
      const { told, headers } = this.rest(call, facts);
      return { ok: false, told, ...(await this.refuseStranger(call, refusal, headers)) };
    }
    return { ...accepted(this.accessOf(call, facts)), ...this.rest(call, facts) };
  }

  /**
   * The table's first two rows, which need neither body nor operation: what is too large, and who shows no token that
   * anybody knows. Nothing, and at once, where the token lies in memory; whatever passes meets the whole table.
   */
  judgeAtDoor(call: ArrivedCall): Promise<RefusedCall | undefined> | undefined {
    const facts: DoorFacts = { request: requestOf(call) };
    const tooLarge = requestIsBounded(facts as AccessFacts);
    if (tooLarge) return Promise.resolve({ refusal: tooLarge, headers: {} });
    const read = this.readToken(call, facts);
    if (!read && facts.token?.state === 'known') return undefined;
    return Promise.resolve(read).then(() => {
      // Of a token that is over its own client is told more, by the whole table.
      const refusal =
        facts.token?.state === 'known' ? undefined : tokenIsLive(facts as AccessFacts);
      return refusal && this.refuseStranger(call, refusal, {});
    });
  }

  /** Who has not proven who it is uses up the address that it calls from, and nothing of anybody else's (T-31). */
  private async refuseStranger(
    call: ArrivedCall,
    refusal: AccessRefusal,
    headers: RefusedCall['headers'],
  ): Promise<RefusedCall> {
    if (NOBODYS_DOING.has(refusal.code)) return { refusal, headers };
    const claim = this.claims.ofRefused(call.source());
    // A store that is silent counts nobody: what is refused stays refused.
    const standings = await Promise.resolve(this.rates.take([claim])).catch(() => []);
    const broken = standings.find(({ isKept }) => !isKept);
    if (!broken) return { refusal, headers };
    const spent = { code: 'quota_exceeded', facts: { policy: broken.policy.name } } as const;
    return { refusal: spent, headers: { ...headers, ...rateHeaders(standings) } };
  }

  private readToken(call: ArrivedCall, facts: DoorFacts): void | Promise<void> {
    const { authorization } = call;
    if (authorization === undefined) return void (facts.token = { state: 'absent' });
    const sent = credentialsIn(authorization);
    if (!sent) return void (facts.token = { state: 'malformed' });
    facts.scheme = sent.scheme;
    const known = this.tokens.known(sent.token);
    if (known) return void (facts.token = this.tokenFacts(known));
    if (this.rates.isSpent(this.claims.ofRefused(call.source())))
      return void (facts.token = { state: 'not_asked' });
    return this.tokens.find(sent.token).then(
      (token) => void (facts.token = token ? this.tokenFacts(token) : { state: 'unknown' }),
      () => void (facts.token = { state: 'store_silent' }),
    );
  }

  private tokenFacts(token: LiveToken): TokenFacts {
    return { state: 'known', token, isExpired: token.expiresAtSeconds <= this.clock.seconds() };
  }

  private readBinding(call: ArrivedCall, facts: Facts): void | Promise<void> {
    assert(facts.token?.state === 'known', 'Only a live token is asked for its binding.');
    const { binding, hash } = facts.token.token;
    const { certificateThumbprint } = call;
    if (!binding || facts.scheme !== SCHEMES[binding.method]) facts.binding = 'scheme_differs';
    else if (binding.method === 'dpop')
      return this.proofs
        .judge(call, hash, binding.thumbprint)
        .then((verdict) => void (facts.binding = verdict));
    else if (certificateThumbprint === undefined) facts.binding = 'certificate_missing';
    else
      facts.binding =
        certificateThumbprint === binding.thumbprint ? 'proven' : 'certificate_differs';
  }

  private readParty(call: ArrivedCall, facts: Facts) {
    const { epspId, chainPartnerId } = this.callerOf(call, facts);
    const { bankCode } = call;
    assert(facts.operation.kind !== 'own', 'Own affairs concern no institution.');
    // Of consents and outcomes neither link nor catalogue is asked, so that any function names the party.
    const fn = 'fn' in facts.operation ? facts.operation.fn : 'accounts_read';
    const party = this.parties.read({ bankCode, epspId, chainPartnerId, fn });
    // What was fixed at approval decides; a header that says otherwise is refused, not followed (T-14).
    const said = call.chainPartnerHeader;
    const isOther = said !== undefined && said !== chainPartnerId;
    return isOther ? { ...party, partner: 'chain_partner_unknown' as const } : party;
  }

  private countCall(call: ArrivedCall, facts: Facts): void | Promise<void> {
    assert(facts.token?.state === 'known', 'The quota is asked for a known client.');
    const claims = this.claims.of(call, facts.token.token, facts.operation);
    const lowered = this.lowered(call, facts);
    if (lowered === 'stale') return void (facts.rate = 'stale');
    const standings = this.takeAll(claims, lowered);
    if (!(standings instanceof Promise)) return setRate(facts, standings);
    return standings.then(
      (answer) => setRate(facts, answer),
      () => void (facts.rate = 'store_silent'),
    );
  }

  /** The minute's quotas first: a call that they refuse uses up no page. A page that was read before is a new read. */
  private takeAll({ always, unattended, page }: CallClaims, lowered: readonly RateClaim[]) {
    if (!unattended) return this.rates.take([...always, ...lowered]);
    if (!page) return this.rates.take([...always, unattended, ...lowered]);
    const standings = this.rates.take([...always, ...lowered]);
    return Promise.resolve(standings).then(async (known) => {
      const isDone = known.some(({ isKept }) => !isKept) || (await this.rates.isFirst(page));
      return isDone ? known : [...known, ...(await this.rates.take([unattended]))];
    });
  }

  /** What a measure leaves of the rate; neither a withdrawal nor an outcome is its to slow down (users.md A.3). */
  private lowered(call: ArrivedCall, facts: Facts) {
    const { kind } = facts.operation;
    if (kind !== 'read' && kind !== 'pay') return [];
    const { epspId, chainPartnerId } = this.callerOf(call, facts);
    return this.claims.ofLink({ bankCode: call.bankCode, epspId, chainPartnerId });
  }

  private accessOf(call: ArrivedCall, facts: Facts): Access {
    const grant = facts.token?.state === 'known' ? facts.token.token.grant : undefined;
    const caller = this.callerOf(call, facts);
    return { caller, saidPartner: saidPartner(call), bankCode: call.bankCode, grant };
  }

  private callerOf(call: ArrivedCall, facts: Facts): Caller {
    const { token } = facts;
    assert(token?.state === 'known', 'A call that passed has a token.');
    const { clientId, epspId, grant } = token.token;
    const chainPartnerId = partnerOf(call, facts) ?? 'none';
    const { interactionId, customer } = call;
    return {
      clientId,
      epspId,
      chainPartnerId,
      interactionId,
      consentId: grant?.consentId,
      customer,
    };
  }

  private rest(call: ArrivedCall, facts: Facts): Pick<AccessVerdict, 'told' | 'headers'> {
    return { told: toldCaller(call, facts), headers: this.headersOf(facts) };
  }

  private headersOf({ standings = [], binding, token }: Facts): Record<string, string> {
    const isProof =
      binding !== undefined && token?.state === 'known' && token.token.binding?.method === 'dpop';
    const nonce = isProof ? this.proofs.nonce() : undefined;
    return {
      ...(nonce ? { 'dpop-nonce': nonce } : {}),
      ...rateHeaders(standings),
    };
  }
}

const requestOf = (call: ArrivedCall): RequestFacts => ({
  urlChars: call.urlChars,
  hasTokenInQuery: call.hasTokenInQuery,
  malformedClaims: call.malformedClaims,
  authorizationChars: call.authorization?.length ?? 0,
  proofChars: Math.max(0, ...call.proofs.map((proof) => proof.length)),
  saysPartner: saidPartner(call) !== undefined,
});

/** What the header names, if it names a partner or says that there is none. */
function saidPartner({ chainPartnerHeader: said }: ArrivedCall): string | undefined {
  return said !== undefined && (said === 'none' || isId('cp', said)) ? said : undefined;
}

/** Fixed at the approval; without one the call itself says for whom it is made (RKN-D1a, RKN-D1b). */
function partnerOf(call: ArrivedCall, { token, operation }: Facts): string | undefined {
  const fixed = token?.state === 'known' ? token.token.grant?.chainPartnerId : undefined;
  if (fixed !== undefined) return fixed;
  // Whatever a header says, nobody stands behind an intermediary's own affairs.
  if (operation.kind === 'own') return 'none';
  return saidPartner(call) ?? (operation.kind === 'consent' ? 'none' : undefined);
}

function toldCaller(call: ArrivedCall, facts: Facts): ToldCaller | undefined {
  const { token, party } = facts;
  if (token?.state !== 'known') return undefined;
  const { clientId, epspId, grant } = token.token;
  const partner = partnerOf(call, facts);
  // What a caller makes up is nobody's name: a partner is told once it was found to be the caller's own.
  const isKnown =
    grant !== undefined ||
    partner === 'none' ||
    (party !== undefined && party.partner !== 'chain_partner_unknown');
  return { clientId, epspId, chainPartnerId: isKnown ? partner : undefined };
}

function setRate(facts: Facts, standings: readonly RateStanding[]): void {
  facts.standings = standings;
  const broken = standings.find(({ isKept }) => !isKept)?.policy;
  facts.rate = { broken: broken?.name, clause: broken?.clause };
}

/** Whoever is refused by these has not proven who it is. */
const STRANGERS: ReadonlySet<AccessCheck> = new Set([tokenIsLive, tokenIsBound]);
/** A silent store, and the question for a nonce that every first proof meets (RFC 9449 section 9). */
const NOBODYS_DOING: ReadonlySet<string> = new Set(['temporarily_unavailable', 'use_dpop_nonce']);

const SCHEMES = { dpop: 'dpop', certificate: 'bearer' } as const;

/** Scheme and token of an `Authorization` header; the scheme's case does not matter (RFC 9110). */
function credentialsIn(authorization: string): { scheme: string; token: string } | undefined {
  const match = /^(dpop|bearer) +([A-Za-z0-9._~+/=-]{16,256})$/i.exec(authorization);
  const [, scheme, token] = match ?? [];
  return scheme && token ? { scheme: scheme.toLowerCase(), token } : undefined;
}
