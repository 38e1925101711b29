import { isBoundedJson } from '#libs/platform';
import { errors, type KoaContextWithOIDC } from 'oidc-provider';
import { IDENTITY_SCOPE } from '../clients/index.js';
import { readDetails, type AuthorizationDetail } from './domain/authorization-detail.js';
import { pushError } from './oauth-errors.js';

const DETAILS_CHARS_MAX = 16 * 1024;
const SCOPE_OF = {
  account_information: 'accounts',
  consent_extension: 'accounts',
  transfer_initiation: 'transfers',
} as const;

/**
 * Called by the library for each element of `authorization_details`, before it has looked at resource, proof and scope:
 * the shape alone, so that whatever is refused afterwards has asked nobody and counted nothing (request-judge.ts).
 */
export function checkShape({ oidc: { params, route } }: KoaContextWithOIDC): void {
  if (route === 'token') throw pushError({ code: 'detail_not_here' });
  if (route === 'pushed_authorization_request') readPushed(params?.['authorization_details']);
}

/** The one element of a request; throws `invalid_authorization_details` with the first rule that it breaks. */
export function readPushed(sent: unknown): AuthorizationDetail {
  const text = String(sent);
  if (text.length > DETAILS_CHARS_MAX) throw pushError({ code: 'detail_malformed' });
  const details: unknown = JSON.parse(text);
  if (!isBoundedJson(details)) throw pushError({ code: 'detail_malformed' });
  const read = readDetails(details);
  if (!read.ok) throw pushError(read.refusal);
  return read.value;
}

/** The scope that a request has to name for its element. */
export const scopeFor = ({ type }: Pick<AuthorizationDetail, 'type'>): string => SCOPE_OF[type];

/** Throws `invalid_scope` unless `scope` holds the element's own, alone or with openid, in any order. */
export function checkScope(scope: string, detail: Pick<AuthorizationDetail, 'type'>): void {
  const own = scopeFor(detail);
  const asked = scope.split(' ');
  if (asked.includes(own) && asked.every((each) => each === own || each === IDENTITY_SCOPE)) return;
  const words = `scope must be ${own}, alone or with ${IDENTITY_SCOPE}`;
  throw new errors.InvalidScope(words, scope.slice(0, 80));
}
