import type { SeedHolder } from './02-holders.seed.js';
import { branchesOf } from './02-holders.seed.js';
import { History, insertHistory } from './ledger-history.js';
import { insertRows, enterInstitution, type SeedContext } from './seed-context.js';
import type { SeedAccount } from './seed-account.js';
import { liveOneMonth } from './statement-life.js';
import type { SeedRandom } from './seed-random.js';

const MONTHS = { full: 15, small: 3 } as const;
/** System accounts take the ids below; customers begin here in every institution. */
const FIRST_CUSTOMER = 1_000n;

/** Accounts, service accounts and 15 months of statements; the ledger's invariants hold at the end. */
export async function seedAccounts(
  context: SeedContext,
  holders: readonly SeedHolder[],
): Promise<SeedAccount[]> {
  const all: SeedAccount[] = [];
  const institutions = new Set(holders.map(({ institution }) => institution));
  let done = 0;
  for (const institution of institutions) {
    const here = holders.filter((holder) => holder.institution === institution);
    const numbers = new AccountNumbers(context.random);
    const accounts = here.flatMap((holder) => accountsOf(context, holder, numbers));
    const history = historyOf(context, accounts);
    await enterInstitution(context, institution.id);
    await insertAccounts(context, institution.id, accounts, history);
    await insertHistory(context, institution.id, history);
    all.push(...accounts);
    done += 1;
    context.progress(done, institutions.size, {
      ja: `${institution.nameJa}の口座と明細`,
      en: `Accounts and statements of ${institution.nameEn}`,
    });
  }
  await context.client.query(`select setval('account_id_seq', 100000)`);
  return all;
}

/** Account numbers of one institution: round ones for the stories, invented ones for the others. */
class AccountNumbers {
  private readonly taken = new Set<string>();
  private ledgerId = FIRST_CUSTOMER;

  constructor(private readonly random: SeedRandom) {}

  nextLedgerId(): bigint {
    this.ledgerId += 1n;
    return this.ledgerId;
  }

  next(): string {
    for (;;) {
      const number = String(this.random.between(3_000_000, 9_999_999));
      if (this.taken.has(number)) continue;
      this.taken.add(number);
      return number;
    }
  }
}

const STORY_NUMBERS = {
  taro: ['1000001', '2000001'],
  hanako: ['1000002', '2000002'],
  jiro: ['1000003', '2000003'],
} as const;

function accountsOf(
  { random, size }: SeedContext,
  holder: SeedHolder,
  numbers: AccountNumbers,
): SeedAccount[] {
  const account = (
    branchCode: string,
    accountType: '1' | '4',
    accountNumber: string,
    overdraftYen: bigint,
    isMain: boolean,
  ): SeedAccount => ({
    holder,
    ledgerId: numbers.nextLedgerId(),
    accountId: random.id('acc'),
    branchCode,
    accountType,
    accountNumber,
    overdraftYen,
    isMain,
  });
  const { branchCode: home, story } = holder;
  if (story) {
    const [ordinary, savings] = STORY_NUMBERS[story];
    return [account(home, '1', ordinary, 0n, true), account(home, '4', savings, 0n, false)];
  }
  const overdraft = random.chance(0.4) ? BigInt(random.pick([100_000, 500_000, 2_000_000])) : 0n;
  const accounts = [
    account(home, '1', numbers.next(), overdraft, true),
    account(home, '4', numbers.next(), 0n, false),
  ];
  if (size === 'small') return accounts;
  const second = random.pick(branchesOf(holder.institution.code));
  accounts.push(account(second, '1', numbers.next(), 0n, false));
  accounts.push(account(second, '4', numbers.next(), 0n, false));
  return accounts;
}

function historyOf(context: SeedContext, accounts: readonly SeedAccount[]): History {
  const history = new History(context);
  for (const account of accounts) history.open(account);
  const months = MONTHS[context.size];
  for (let month = months; month >= 0; month -= 1) {
    const first = context.today.plusMonths(-month);
    liveOneMonth(context, history, accounts, first);
  }
  return history;
}

async function insertAccounts(
  context: SeedContext,
  institutionId: number,
  accounts: readonly SeedAccount[],
  history: History,
): Promise<void> {
  await insertRows(
    context,
    'account',
    {
      institution_id: 'smallint',
      id: 'bigint',
      balance: 'bigint',
      overdraft: 'bigint',
      version: 'bigint',
      booked_on: 'date',
    },
    accounts.map(({ ledgerId, overdraftYen }) => ({
      institution_id: institutionId,
      id: ledgerId,
      overdraft: overdraftYen,
      ...history.standingOf(ledgerId),
    })),
  );
  await insertRows(
    context,
    'account_detail',
    {
      institution_id: 'smallint',
      account_id: 'bigint',
      public_id: 'text',
      branch_code: 'text',
      account_type: 'text',
      account_number: 'text',
      name_kanji: 'text',
      name_kana: 'text',
      holder_id: 'text',
      opened_on: 'date',
    },
    accounts.map((account) => ({
      institution_id: institutionId,
      account_id: account.ledgerId,
      public_id: account.accountId,
      branch_code: account.branchCode,
      account_type: account.accountType,
      account_number: account.accountNumber,
      name_kanji: account.holder.name.kanji,
      name_kana: account.holder.name.half,
      holder_id: account.holder.holderId,
      opened_on: context.today.plusMonths(-MONTHS.full - 12).toString(),
    })),
  );
  await insertServiceAccounts(context, institutionId, accounts);
}

async function insertServiceAccounts(
  context: SeedContext,
  institutionId: number,
  accounts: readonly SeedAccount[],
): Promise<void> {
  await insertRows(
    context,
    'service_account',
    {
      institution_id: 'smallint',
      holder_id: 'text',
      account_id: 'bigint',
      is_main: 'boolean',
      may_debit: 'boolean',
    },
    accounts.map((account) => ({
      institution_id: institutionId,
      holder_id: account.holder.holderId,
      account_id: account.ledgerId,
      is_main: account.isMain,
      // 貯蓄 pays in and out over the counter and by 振替 to its own 普通; transfers debit 普通 only.
      may_debit: account.accountType === '1',
    })),
  );
}
