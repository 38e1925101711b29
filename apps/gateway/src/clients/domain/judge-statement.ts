import type { Instant } from '#libs/kernel';
import { OWN_SCOPES } from '../client.js';
import { finding, type Finding } from './finding.js';
import { keysIn } from './judge-keys.js';
import { judgeSubset, type Sent } from './judge-metadata.js';

/** What an admitted issuer says of one piece of software. */
export interface StatementClaims {
  readonly issuer: string;
  readonly jti: string;
  readonly expiresAt: Instant;
  readonly softwareId: string;
  readonly softwareVersion: string | undefined;
  readonly epspId: string;
  readonly clientName: string;
  readonly roles: readonly string[];
  readonly redirectUris: readonly string[];
  readonly jwks: unknown;
}

/** What was found out about the sent statement before its claims are judged. */
export interface StatementFacts {
  readonly now: Instant;
  readonly audience: string;
  readonly claims: Sent;
}

const SKEW_SECONDS = 10;
export const STATEMENT_SECONDS_MAX = 24 * 3600;
const FIELD = 'software_statement';

/** Judges the claims of a statement whose signature holds; all findings at once. */
export function judgeStatement({ now, audience, claims }: StatementFacts): Finding[] {
  const seconds = Math.floor(now / 1000);
  return [
    ...judgeClaims(claims),
    ...judgeTimes(claims, seconds),
    ...judgeAudience(claims, audience),
  ];
}

function judgeTimes({ iat, exp }: Sent, seconds: number): Finding[] {
  const found: Finding[] = [];
  if (!isSeconds(iat)) found.push(missing('iat', iat, 'seconds since 1970'));
  if (!isSeconds(exp)) found.push(missing('exp', exp, 'seconds since 1970'));
  if (!isSeconds(iat) || !isSeconds(exp)) return found;
  if (iat > seconds + SKEW_SECONDS) {
    found.push(finding(`${FIELD}.iat`, 'statement_not_yet_valid', iat, `at most ${seconds}`));
  }
  if (exp <= seconds) {
    found.push(finding(`${FIELD}.exp`, 'statement_expired', exp, `after ${seconds}`));
  }
  if (exp - iat > STATEMENT_SECONDS_MAX) {
    const words = `at most ${STATEMENT_SECONDS_MAX} s after iat`;
    found.push(finding(`${FIELD}.exp`, 'statement_lifetime_too_long', exp - iat, words));
  }
  return found;
}

function judgeAudience({ aud }: Sent, audience: string): Finding[] {
  const isForUs = aud === audience || (Array.isArray(aud) && aud.includes(audience));
  return isForUs ? [] : [finding(`${FIELD}.aud`, 'statement_audience_wrong', aud, audience)];
}

/** Each claim with its form and how a finding describes it. */
const CLAIMS: readonly [name: string, holds: (value: unknown) => boolean, wanted: string][] = [
  ['jti', (value) => isMatch(value, /^[\x21-\x7e]{8,200}$/), '8 to 200 visible characters'],
  ['software_id', (value) => isMatch(value, SOFTWARE_ID), '1 to 80 of A-Z a-z 0-9 . _ : -'],
  ['software_version', (value) => value === undefined || isMatch(value, SOFTWARE_ID), 'a version'],
  [
    'epsp_id',
    (value) => isMatch(value, /^epsp_[0-9a-hjkmnp-tv-z]{26}$/),
    'epsp_ and 26 characters',
  ],
  ['client_name', (value) => isMatch(value, /^[^\p{Cc}\p{Cf}]{1,120}$/u), '1 to 120 characters'],
  ['redirect_uris', (value) => isTexts(value, 10), '1 to 10 URIs'],
  ['jwks', (value) => keysIn(value) !== undefined, 'a JWK set'],
];
const SOFTWARE_ID = /^[A-Za-z0-9._:-]{1,80}$/;

function judgeClaims(claims: Sent): Finding[] {
  const found = CLAIMS.filter(([name, holds]) => !holds(claims[name])).map(([name, , wanted]) =>
    missing(name, claims[name], wanted),
  );
  if (claims['roles'] === undefined) found.push(missing('roles', undefined, ROLES.join(', ')));
  const roles = judgeSubset(claims, 'roles', ROLES);
  return [...found, ...roles.map((each) => ({ ...each, field: `${FIELD}.roles` }))];
}

const missing = (claim: string, got: unknown, wanted: string): Finding =>
  finding(`${FIELD}.${claim}`, 'statement_claim_missing', got, wanted);

const isSeconds = (value: unknown): value is number => Number.isSafeInteger(value);
const isMatch = (value: unknown, pattern: RegExp): boolean =>
  typeof value === 'string' && pattern.test(value);
const isTexts = (value: unknown, max: number): boolean =>
  Array.isArray(value) &&
  value.length >= 1 &&
  value.length <= max &&
  value.every((each) => typeof each === 'string' && each.length <= 1024);

/** The claims in our words. Only for claims that passed `judgeStatement`. */
export function readStatement(issuer: string, claims: Sent): StatementClaims {
  return {
    issuer,
    jti: claims['jti'] as string,
    expiresAt: (claims['exp'] as number) * 1000,
    softwareId: claims['software_id'] as string,
    softwareVersion: claims['software_version'] as string | undefined,
    epspId: claims['epsp_id'] as string,
    clientName: claims['client_name'] as string,
    roles: claims['roles'] as string[],
    redirectUris: claims['redirect_uris'] as string[],
    jwks: claims['jwks'],
  };
}

/** What a role opens: its scope, and the kinds of authorization details that may be asked for. */
const OPENED_BY_ROLE: Readonly<Record<string, { scope: string; detailTypes: readonly string[] }>> =
  {
    account_information: {
      scope: 'accounts',
      detailTypes: ['account_information', 'consent_extension'],
    },
    transfer_initiation: { scope: 'transfers', detailTypes: ['transfer_initiation'] },
  };
export const ROLES = Object.keys(OPENED_BY_ROLE);

export const openedBy = (roles: readonly string[]) => {
  const opened = roles.flatMap((role) => OPENED_BY_ROLE[role] ?? []);
  return {
    scopes: ['openid', ...opened.map(({ scope }) => scope), ...OWN_SCOPES],
    detailTypes: opened.flatMap(({ detailTypes }) => detailTypes),
  };
};

/** What the request adds to its statement is refused: redirect URIs, roles, scopes, keys (T-12). */
export function judgeAgainstStatement(sent: Sent, statement: StatementClaims): Finding[] {
  const { scopes, detailTypes } = openedBy(statement.roles);
  const uris = (Array.isArray(sent['redirect_uris']) ? sent['redirect_uris'] : []) as unknown[];
  const foreign = uris.flatMap((uri, at) =>
    statement.redirectUris.includes(uri as string)
      ? []
      : [
          finding(
            `redirect_uris[${at}]`,
            'not_in_statement',
            uri,
            statement.redirectUris.join(' '),
          ),
        ],
  );
  const vouched = new Set(keysIn(statement.jwks)?.map(publicPart));
  const keys = (keysIn(sent['jwks']) ?? []).flatMap((key, at) =>
    vouched.has(publicPart(key))
      ? []
      : [finding(`jwks.keys[${at}]`, 'not_in_statement', key['kid'], 'a key of the statement')],
  );
  const asked = typeof sent['scope'] === 'string' ? sent['scope'].split(' ') : undefined;
  return [
    ...foreign,
    ...keys,
    ...judgeSubset({ scope: asked }, 'scope', scopes),
    ...judgeSubset(sent, 'authorization_details_types', detailTypes),
    ...judgeNames(sent, statement),
  ];
}

/** The request may repeat what the statement says, and may not say otherwise. */
const judgeNames = (sent: Sent, { softwareId, softwareVersion, clientName }: StatementClaims) =>
  Object.entries({
    software_id: softwareId,
    software_version: softwareVersion,
    client_name: clientName,
  }).flatMap(([member, value]) =>
    sent[member] === undefined || sent[member] === value
      ? []
      : [finding(member, 'not_in_statement', sent[member], value ?? 'absent')],
  );

const publicPart = ({ kty, crv, x, y, n, e, kid }: Sent): string =>
  JSON.stringify([kty, crv, x, y, n, e, kid]);
