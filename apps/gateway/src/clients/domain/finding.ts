import type { FindingRule } from './registration.refusals.js';

/** One failed check of a registration. Everything in it may be shown to whoever asked. */
export interface Finding {
  /** The member, such as `redirect_uris[1]` or `software_statement.exp`. */
  readonly field: string;
  readonly rule: FindingRule;
  /** What was sent, cut short; never a private member. */
  readonly got: string;
  readonly wanted: string;
}

const GOT_CHARS_MAX = 120;

/** A value as a finding shows it. */
export function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > GOT_CHARS_MAX ? `${text.slice(0, GOT_CHARS_MAX)}…` : text;
}

export const finding = (
  field: string,
  rule: FindingRule,
  got: unknown,
  wanted: string,
): Finding => ({ field, rule, got: shown(got), wanted });

/** The error of RFC 7591 section 3.2.2 that stands for several findings: the statement's comes first. */
export function errorOf(findings: readonly Finding[]): RegistrationErrorCode {
  const fields = findings.map(({ field }) => field);
  if (findings.some(({ rule }) => rule === 'statement_issuer_unknown'))
    return 'unapproved_software_statement';
  if (fields.some((field) => field.startsWith('software_statement')))
    return 'invalid_software_statement';
  if (fields.every((field) => field.startsWith('redirect_uris'))) return 'invalid_redirect_uri';
  return 'invalid_client_metadata';
}

export type RegistrationErrorCode =
  | 'unapproved_software_statement'
  | 'invalid_software_statement'
  | 'invalid_redirect_uri'
  | 'invalid_client_metadata';
