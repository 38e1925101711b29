import type { RefusalSentences } from '#libs/kernel';
import { institutionSentences } from '../../institutions/index.js';
import type { CredentialRefusal } from '../domain/credential.refusals.js';
import type { IssueRefusal } from '../temporary-passwords.js';

/** Refusal → status, where a log-in is answered in JSON. */
export const credentialStatuses: Readonly<Record<CredentialRefusal, number>> = {
  login_failed: 401,
  login_slowed: 429,
  first_use_required: 403,
  temporary_password_expired: 403,
  factors_not_available: 409,
  factors_not_matched: 401,
};

export const issueStatuses: Readonly<Record<IssueRefusal, number>> = {
  parameter_unset: 409,
  holder_unknown: 404,
};

export const issueSentences: RefusalSentences<IssueRefusal> = {
  parameter_unset: institutionSentences.parameter_unset,
  holder_unknown: { ja: '契約者が見つかりません。', en: 'There is no such holder here.' },
};
