import { AMOUNT_YEN_MAX, CivilDate, accepted, refused, yenFromWire } from '#libs/kernel';
import type { Refusal, Result } from '#libs/kernel';
import type { BankFunction, CoreCode } from '../../bank/index.js';
import type { DetailCode } from './detail.refusals.js';

/** One element of `authorization_details` (RFC 9396) as it was pushed; members keep their wire names. */
export type AuthorizationDetail =
  AccountInformationDetail | TransferInitiationDetail | ConsentExtensionDetail;

export interface AccountInformationDetail {
  readonly type: 'account_information';
  readonly bank_code?: string;
  readonly permissions: readonly ReadPermission[];
  readonly purpose: (typeof PURPOSES)[number];
  readonly term_days: number;
  readonly chain_partner: string;
}

/** The same terms for longer: nothing but the term can be said, everything else is the consent's (T-14). */
export interface ConsentExtensionDetail {
  readonly type: 'consent_extension';
  readonly bank_code: string;
  readonly consent_id: string;
  readonly term_days: number;
  readonly chain_partner: string;
}

export interface TransferInitiationDetail {
  readonly type: 'transfer_initiation';
  readonly bank_code: string;
  readonly instruction_id: string;
  readonly debit_account?: AccountMembers & { readonly account_type: DebitAccountType };
  readonly creditor: AccountMembers & { readonly bank_code: string; readonly name_kana: string };
  readonly amount: { readonly amount: string; readonly currency: 'JPY' };
  readonly requested_date?: string;
  readonly edi_text?: string;
  readonly chain_partner: string;
}

/** Zengin codes of what may be debited. */
type DebitAccountType = '1' | '2' | '4' | '9';

interface AccountMembers {
  readonly branch_code: string;
  readonly account_type: string;
  readonly account_number: string;
}

export type ReadPermission = Exclude<BankFunction, 'transfer_initiation'>;
export const READ_PERMISSIONS: readonly ReadPermission[] = [
  'accounts_read',
  'balances_read',
  'transactions_read',
];
/** Purposes come from a catalogue, never from free text (T-07). */
export const PURPOSES = [
  'household_accounting',
  'bookkeeping',
  'credit_assessment',
  'asset_overview',
] as const;
export const TERM_DAYS_MAX = 366;

export type DetailRefusal = Refusal<DetailCode | CoreCode>;

type Test = (value: unknown) => boolean;
type Rule = readonly [path: string, test: Test, code: DetailRefusal['code']];

const matches =
  (pattern: RegExp): Test =>
  (value) =>
    typeof value === 'string' && pattern.test(value);
const optional =
  (test: Test): Test =>
  (value) =>
    value === undefined || test(value);
const text =
  (max: number): Test =>
  (value) =>
    typeof value === 'string' && value.length > 0 && value.length <= max;
const present: Test = (value) => value !== undefined;
const object: Test = (value) =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const oneOf =
  (values: readonly unknown[]): Test =>
  (value) =>
    values.includes(value);

const PARTNER = matches(/^(?:none|cp_[0-9a-hjkmnp-tv-z]{26})$/);
const BANK = matches(/^[0-9]{4}$/);
const BRANCH = matches(/^[0-9]{3}$/);
const ACCOUNT_TYPE = matches(/^[0-9]$/);
const ACCOUNT_NUMBER = matches(/^[0-9]{7}$/);

const isPermissionList: Test = (value) =>
  Array.isArray(value) &&
  value.length > 0 &&
  new Set(value).size === value.length &&
  value.every((entry) => READ_PERMISSIONS.includes(entry as ReadPermission));

const isTerm: Test = (value) =>
  Number.isInteger(value) && Number(value) >= 1 && Number(value) <= TERM_DAYS_MAX;

const isAmount: Test = (value) => {
  const yen = typeof value === 'string' ? yenFromWire(value) : undefined;
  return yen?.ok === true && yen.value >= 1n && yen.value <= AMOUNT_YEN_MAX;
};

const isDate: Test = (value) => typeof value === 'string' && CivilDate.parse(value).ok;

/** Rules in the order in which they refuse; the first that fails names the code. */
const ACCOUNT_INFORMATION: readonly Rule[] = [
  ['/chain_partner', present, 'chain_partner_missing'],
  ['/chain_partner', PARTNER, 'chain_partner_unknown'],
  ['/bank_code', optional(BANK), 'unknown_bank'],
  ['/permissions', isPermissionList, 'detail_malformed'],
  ['/purpose', oneOf(PURPOSES), 'detail_malformed'],
  ['/term_days', isTerm, 'detail_malformed'],
];

const TRANSFER_INITIATION: readonly Rule[] = [
  ['/chain_partner', present, 'chain_partner_missing'],
  ['/chain_partner', PARTNER, 'chain_partner_unknown'],
  ['/bank_code', BANK, 'unknown_bank'],
  ['/instruction_id', matches(/^[A-Za-z0-9._-]{1,64}$/), 'detail_malformed'],
  ['/debit_account', optional(object), 'detail_malformed'],
  ['/debit_account?/branch_code', BRANCH, 'unknown_branch'],
  ['/debit_account?/account_type', oneOf(['1', '2', '4', '9']), 'account_type_not_allowed'],
  ['/debit_account?/account_number', ACCOUNT_NUMBER, 'account_number_invalid'],
  ['/creditor', object, 'detail_malformed'],
  ['/creditor/bank_code', BANK, 'unknown_bank'],
  ['/creditor/branch_code', BRANCH, 'unknown_branch'],
  ['/creditor/account_type', ACCOUNT_TYPE, 'account_type_not_allowed'],
  ['/creditor/account_number', ACCOUNT_NUMBER, 'account_number_invalid'],
  ['/creditor/name_kana', text(140), 'payee_name_invalid'],
  ['/amount', object, 'amount_out_of_range'],
  ['/amount/currency', oneOf(['JPY']), 'detail_malformed'],
  ['/amount/amount', isAmount, 'amount_out_of_range'],
  ['/requested_date', optional(isDate), 'date_not_allowed'],
  ['/edi_text', optional(text(140)), 'edi_text_invalid'],
];

const CONSENT_EXTENSION: readonly Rule[] = [
  ['/chain_partner', present, 'chain_partner_missing'],
  ['/chain_partner', PARTNER, 'chain_partner_unknown'],
  ['/bank_code', BANK, 'unknown_bank'],
  ['/consent_id', matches(/^cns_[0-9a-hjkmnp-tv-z]{26}$/), 'detail_malformed'],
  ['/term_days', isTerm, 'detail_malformed'],
];

const RULES = {
  account_information: ACCOUNT_INFORMATION,
  consent_extension: CONSENT_EXTENSION,
  transfer_initiation: TRANSFER_INITIATION,
} as const;

/**
 * Reads the whole `authorization_details` of a pushed request: exactly one element, of a type we know,
 * with the members of its type and no other. What only bank-core knows (does the branch exist?) is asked
 * there. Refuses with the first rule that fails, and names the member as `pointer`.
 */
export function readDetails(details: unknown): Result<AuthorizationDetail, DetailRefusal> {
  if (!Array.isArray(details) || details.length !== 1) return refused('detail_count');
  const [detail] = details as [Record<string, unknown>];
  if (!object(detail) || !isType(detail['type'])) return malformed('/type');
  const rules = RULES[detail['type']];
  const unknown = unknownMember(detail, rules);
  if (unknown) return malformed(unknown);
  for (const [path, test, code] of rules) {
    const member = valueAt(detail, path);
    if (member.applies && !test(member.value))
      return refused(code, { facts: { pointer: path.replace('?', '') } });
  }
  return accepted(detail as unknown as AuthorizationDetail);
}

const isType = (type: unknown): type is keyof typeof RULES =>
  typeof type === 'string' && Object.hasOwn(RULES, type);

const malformed = (pointer: string) => refused('detail_malformed', { facts: { pointer } });

/** A path such as `/debit_account?/branch_code` applies only where its optional parent is there. */
function valueAt(detail: Record<string, unknown>, path: string) {
  let value: unknown = detail;
  for (const step of path.slice(1).split('/')) {
    const isOptional = step.endsWith('?');
    value = (value as Record<string, unknown>)[isOptional ? step.slice(0, -1) : step];
    if (isOptional && value === undefined) return { applies: false, value };
  }
  return { applies: true, value };
}

function unknownMember(detail: Record<string, unknown>, rules: readonly Rule[]) {
  const known = new Set(['/type', ...rules.map(([path]) => path.replace('?', ''))]);
  for (const [name, value] of Object.entries(detail)) {
    if (!known.has(`/${name}`)) return `/${name.slice(0, 40)}`;
    if (!object(value)) continue;
    for (const inner of Object.keys(value as object))
      if (!known.has(`/${name}/${inner}`)) return `/${name}/${inner.slice(0, 40)}`;
  }
  return undefined;
}
