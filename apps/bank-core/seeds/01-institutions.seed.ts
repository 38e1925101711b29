import banks from 'zengin-code';
import { rknSampleValues, smSampleValues } from '#libs/contracts';
import type { SeedContext } from './seed-context.js';
import { enterInstitution, insertRows } from './seed-context.js';

export interface SeedInstitution {
  readonly id: number;
  readonly code: string;
  readonly kind: 'federation' | 'labour_bank' | 'credit_cooperative';
  readonly nameJa: string;
  readonly nameEn: string;
}

const labourBank = (id: number, code: string, nameJa: string, nameEn: string) =>
  ({ id, code, kind: 'labour_bank', nameJa, nameEn }) as const;

/** The 14 of RKN-0.2 and the sample credit cooperative; ids in this order, codes from the code master. */
export const INSTITUTIONS: readonly SeedInstitution[] = [
  {
    id: 1,
    code: '2950',
    kind: 'federation',
    nameJa: '労働金庫連合会',
    nameEn: 'The Rokinren Bank',
  },
  labourBank(2, '2951', '北海道労働金庫', 'Hokkaido Labour Bank'),
  labourBank(3, '2954', '東北労働金庫', 'Tohoku Labour Bank'),
  labourBank(4, '2963', '中央労働金庫', 'Chuo Labour Bank'),
  labourBank(5, '2965', '新潟県労働金庫', 'Niigata Labour Bank'),
  labourBank(6, '2966', '長野県労働金庫', 'Nagano Labour Bank'),
  labourBank(7, '2968', '静岡県労働金庫', 'Shizuoka Labour Bank'),
  labourBank(8, '2970', '北陸労働金庫', 'Hokuriku Labour Bank'),
  labourBank(9, '2972', '東海労働金庫', 'Tokai Labour Bank'),
  labourBank(10, '2978', '近畿労働金庫', 'Kinki Labour Bank'),
  labourBank(11, '2984', '中国労働金庫', 'Chugoku Labour Bank'),
  labourBank(12, '2987', '四国労働金庫', 'Shikoku Labour Bank'),
  labourBank(13, '2990', '九州労働金庫', 'Kyushu Labour Bank'),
  labourBank(14, '2997', '沖縄県労働金庫', 'Okinawa Labour Bank'),
  {
    id: 15,
    code: '2825',
    kind: 'credit_cooperative',
    nameJa: '西海みずき信用組合',
    nameEn: 'Saikai Mizuki Credit Cooperative',
  },
];

/** Where the demonstration has writes on: the cooperative and one labour bank (design.md section 4). */
const WRITES = new Set(['2825', '2963']);
const SINCE = '2022-07-01';

/** System accounts have the lowest ids of each institution, so that they are locked first. */
export const SYSTEM_ACCOUNTS = {
  clearing: 1n,
  fee_income: 2n,
  cash: 3n,
  interest_paid: 4n,
  opening: 5n,
  compensation: 6n,
} as const;

export const hasHolders = ({ kind }: SeedInstitution): boolean => kind !== 'federation';

/** Institutions with their dated codes, their catalogue and every parameter that a rule reads, as 見本. */
export async function seedInstitutions(context: SeedContext): Promise<void> {
  await insertRows(
    context,
    'institution',
    { id: 'smallint', kind: 'text' },
    INSTITUTIONS.map(({ id, kind }) => ({ id, kind })),
  );
  await insertRows(
    context,
    'institution_code',
    {
      institution_id: 'smallint',
      valid_from: 'date',
      code: 'text',
      name_ja: 'text',
      name_kana: 'text',
      name_en: 'text',
    },
    INSTITUTIONS.map((one) => ({
      institution_id: one.id,
      valid_from: '2000-01-01',
      code: one.code,
      name_ja: one.nameJa,
      name_kana: kanaOf(one.code),
      name_en: one.nameEn,
    })),
  );
  await insertRows(
    context,
    'institution_function',
    { institution_id: 'smallint', function: 'text', offered: 'boolean' },
    INSTITUTIONS.flatMap(functionsOf),
  );
  await insertRows(
    context,
    'parameter_value',
    {
      institution_id: 'smallint',
      parameter: 'text',
      effective_from: 'date',
      value: 'jsonb',
      entered_by: 'text',
      approved_by: 'text',
      sample: 'boolean',
    },
    INSTITUTIONS.flatMap(parametersOf),
  );
  await seedSystemAccounts(context);
}

function kanaOf(code: string): string {
  const bank = banks[code];
  if (!bank) throw new Error(`The code master has no institution ${code}.`);
  return bank.kana;
}

const functionsOf = (one: SeedInstitution) =>
  ['accounts_read', 'balances_read', 'transactions_read', 'transfer_initiation'].map((fn) => ({
    institution_id: one.id,
    function: fn,
    offered: hasHolders(one) && (fn !== 'transfer_initiation' || WRITES.has(one.code)),
  }));

const always = [{ from: '00:00', to: '24:00' }];
const roundTheClock = {
  weekly: {
    sun: always,
    mon: always,
    tue: always,
    wed: always,
    thu: always,
    fri: always,
    sat: always,
  },
  exceptions: [],
};
const flatFee = (destination: string, feeYen: string) =>
  ['member', 'non_member'].map((membership) => ({
    destination,
    membership,
    fromYen: '0',
    feeYen,
  }));

/** The demonstration is open round the clock, so that it works whenever somebody tries it. */
const DEMONSTRATION: Readonly<Record<string, unknown>> = {
  'P.sm.inquiry.hours': roundTheClock,
  'P.sm.transfer.hours': roundTheClock,
  'P.sm.transfer.cutoff': {
    same_branch: 'none',
    same_institution: 'none',
    other_institution: 'none',
  },
  // Statements of the whole history can be asked for.
  'P.sm.inquiry.period': { unit: 'calendar_months', count: 15 },
};

/** A labour bank without writes: own branches free, others flat (japan.md section 10). */
const LABOUR_BANK_FEES = [
  ...flatFee('same_institution', '0'),
  ...flatFee('other_institution', '160'),
];

function parametersOf(one: SeedInstitution) {
  const values: Record<string, unknown> = {
    ...smSampleValues,
    ...rknSampleValues,
    ...DEMONSTRATION,
  };
  if (!WRITES.has(one.code)) values['P.sm.transfer.fee'] = LABOUR_BANK_FEES;
  return Object.entries(values).map(([parameter, value]) => ({
    institution_id: one.id,
    parameter,
    effective_from: SINCE,
    value: JSON.stringify(value),
    entered_by: '見本 起案者',
    approved_by: '見本 承認者',
    sample: true,
  }));
}

async function seedSystemAccounts(context: SeedContext): Promise<void> {
  for (const { id } of INSTITUTIONS) {
    await enterInstitution(context, id);
    const accounts = Object.entries(SYSTEM_ACCOUNTS);
    await insertRows(
      context,
      'account',
      { institution_id: 'smallint', id: 'bigint', overdraft: 'bigint' },
      accounts.map(([, account]) => ({
        institution_id: id,
        id: account,
        overdraft: 10n ** 17n,
      })),
    );
    await insertRows(
      context,
      'system_account',
      { institution_id: 'smallint', role: 'text', account_id: 'bigint' },
      accounts.map(([role, account]) => ({ institution_id: id, role, account_id: account })),
    );
  }
}
