import { Inject, Injectable } from '@nestjs/common';
import { compactVerify, createLocalJWKSet, decodeJwt, decodeProtectedHeader } from 'jose';
import type { JSONWebKeySet } from 'jose';
import { isBoundedJson } from '#libs/platform';
import { GATEWAY_CONFIG, type GatewayConfig } from '../platform/config.js';
import { HostClock } from '../platform/host-clock.js';
import { finding, type Finding } from './domain/finding.js';
import { judgeStatement, readStatement, type StatementClaims } from './domain/judge-statement.js';

export interface ReadStatement {
  readonly findings: readonly Finding[];
  /** Only where an admitted issuer signed it and every claim holds. */
  readonly claims: StatementClaims | undefined;
}

const FIELD = 'software_statement';
const CHARS_MAX = 32 * 1024;
const ALGORITHMS = ['ES256', 'PS256'];

/** Reads software statements (RFC 7591 section 2.3): who may issue them is configured, with their keys. */
@Injectable()
export class StatementReader {
  private readonly issuers: ReadonlyMap<string, JSONWebKeySet>;

  constructor(
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
    @Inject(HostClock) private readonly clock: HostClock,
  ) {
    this.issuers = new Map(
      (config.statementIssuers ?? []).map(({ issuer, jwks }) => [issuer, jwks as JSONWebKeySet]),
    );
  }

  /** Everything that is wrong with it at once; what an unknown issuer says is judged all the same. */
  async read(statement: unknown): Promise<ReadStatement> {
    if (statement === undefined) return failed('statement_missing', undefined);
    const parts = typeof statement === 'string' ? parsed(statement) : undefined;
    if (!parts || typeof statement !== 'string') return failed('statement_malformed', statement);
    const { header, claims } = parts;
    const audience = this.config.publicOrigin;
    const findings = [
      ...(await this.judgeSignature(statement, header, claims)),
      ...judgeStatement({ now: this.clock.read(), audience, claims }),
    ];
    if (findings.length > 0) return { findings, claims: undefined };
    return { findings, claims: readStatement(String(claims['iss']), claims) };
  }

  private async judgeSignature(
    statement: string,
    { alg }: Readonly<Record<string, unknown>>,
    { iss }: Readonly<Record<string, unknown>>,
  ): Promise<Finding[]> {
    const found: Finding[] = [];
    const jwks = typeof iss === 'string' ? this.issuers.get(iss) : undefined;
    if (!jwks)
      found.push(finding(`${FIELD}.iss`, 'statement_issuer_unknown', iss, 'an admitted issuer'));
    if (!ALGORITHMS.includes(String(alg))) {
      const wanted = ALGORITHMS.join(' | ');
      found.push(finding(`${FIELD}.alg`, 'statement_algorithm_not_allowed', alg, wanted));
    } else if (jwks && !(await holds(statement, jwks))) {
      const wanted = 'a signature by a key of its issuer';
      found.push(finding(FIELD, 'statement_signature_invalid', 'another signature', wanted));
    }
    return found;
  }
}

const failed = (
  rule: 'statement_missing' | 'statement_malformed',
  got: unknown,
): ReadStatement => ({
  findings: [finding(FIELD, rule, got, 'a signed JWT of an admitted issuer')],
  claims: undefined,
});

function parsed(statement: string) {
  if (statement.length > CHARS_MAX) return undefined;
  try {
    const header = decodeProtectedHeader(statement) as Readonly<Record<string, unknown>>;
    const claims = decodeJwt(statement) as Readonly<Record<string, unknown>>;
    return isBoundedJson(header) && isBoundedJson(claims) ? { header, claims } : undefined;
  } catch {
    return undefined;
  }
}

async function holds(statement: string, jwks: JSONWebKeySet): Promise<boolean> {
  try {
    await compactVerify(statement, createLocalJWKSet(jwks), { algorithms: ALGORITHMS });
    return true;
  } catch {
    return false;
  }
}
