import { errors } from 'oidc-provider';
import type { Refusal } from '#libs/kernel';
import { coreSentences, isCoreCode } from '../bank/index.js';
import { accessSentences } from './domain/access.refusals.js';
import { detailSentences, type DetailCode } from './domain/detail.refusals.js';

const isDetailCode = (code: string): code is DetailCode => Object.hasOwn(detailSentences, code);

const FOR_LATER = new Set(['core_unavailable', 'outside_service_hours', 'maintenance']);

/** Whether the same may succeed at another time; then it is said when. */
export const isForLater = ({ code }: Refusal): boolean => FOR_LATER.has(code);

/** `<code>: sentence`, in the characters that RFC 6749 section 5.2 allows. */
export function describeRefusal({ code, facts }: Refusal): string {
  const words = isDetailCode(code)
    ? detailSentences[code]
    : coreSentences[isCoreCode(code) ? code : 'core_unavailable'];
  const pointer = facts?.['pointer'];
  const where = typeof pointer === 'string' && /^[\w/.-]+$/.test(pointer) ? ` (${pointer})` : '';
  return `${code}: ${words.en}${where}`;
}

/** What a pushed request gets: the detail is wrong, or the bank cannot be asked at the moment. */
export function pushError(refusal: Refusal): Error {
  const description = describeRefusal(refusal);
  if (isForLater(refusal)) return unavailable(503, description);
  if (refusal.code === 'outcome_unknown') return unavailable(504, description);
  return new errors.InvalidAuthorizationDetails(description);
}

/** A measure left so many calls in a minute, and they are used up (INT-17). */
export const quotaError = ({ name, clause }: { name: string; clause?: string }): Error =>
  unavailable(429, `quota_exceeded: ${accessSentences.quota_exceeded.en} (${clause ?? name})`);

const BLOCKED = `software_blocked: ${accessSentences.software_blocked.en}`;

/** Software that the bank blocks asks for nothing new (users.md A.3): told at the push, and by redirect. */
export const blockedAtPush = (): Error => new errors.UnauthorizedClient(BLOCKED);
export const blockedAtHandOver = (): Error => new errors.AccessDenied(BLOCKED);

/** What the client gets by redirect when the bank's pages cannot be opened. */
export function handOverError(refusal: Refusal): Error {
  const description = describeRefusal(refusal);
  if (isForLater(refusal))
    return new errors.CustomOIDCProviderError('temporarily_unavailable', description);
  return new errors.AccessDenied(description);
}

function unavailable(status: number, description: string): Error {
  const error = new errors.CustomOIDCProviderError('temporarily_unavailable', description);
  return Object.assign(error, { status, statusCode: status, expose: true });
}
