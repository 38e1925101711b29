import { CivilDate, newId } from '#libs/kernel';
import type { Database } from '#libs/platform';
import { AccountsService } from '../../src/accounts/index.js';
import type { BankCoreUnderTest } from './bank-core-under-test.js';
import { CHUO, must, type Party } from './transfer-stories.js';

/** What holds the ledger: bank-core in this process, or its rooms alone. */
export interface Ledger {
  readonly app: Pick<BankCoreUnderTest['app'], 'get'>;
  readonly database: Database;
}

export interface Theft {
  /** An ISO instant; the ledger books it on its day in Tokyo. */
  readonly at: string;
  readonly amountYen: string;
  readonly feeYen?: string;
  /** Takes what the account does not hold, from its overdraft. */
  readonly onCredit?: boolean;
  readonly institutionId?: number;
}

/**
 * Money that left the holder's account under a transfer's name, as the ledger keeps it: amount and fee. It comes in
 * first, so that a story is not poorer for it. Returns the transfer's id.
 */
export async function stolen(bank: Ledger, from: Party, theft: Theft): Promise<string> {
  const accounts = bank.app.get(AccountsService, { strict: false });
  const postedAt = Date.parse(theft.at);
  const id = newId('trf', postedAt);
  const day = CivilDate.inTokyo(postedAt);
  const [amountYen, feeYen] = [BigInt(theft.amountYen), BigInt(theft.feeYen ?? '0')];
  const { institutionId = CHUO } = theft;
  await bank.database.inInstitution(institutionId, async (tx) => {
    const system = (role: 'cash' | 'clearing' | 'fee_income') =>
      accounts.systemAccount(tx, institutionId, role);
    const line = (
      operation: 'cash' | 'transfer' | 'fee',
      debitAccount: bigint,
      creditAccount: bigint,
      yen: bigint,
    ) => ({
      operation,
      debitAccount,
      creditAccount,
      amountYen: yen,
      valueOn: day,
      debitText: '見本',
      creditText: '見本',
    });
    const post = async (key: string, lines: ReturnType<typeof line>[]) =>
      must(await accounts.post(tx, { institutionId, key, bookedOn: day, postedAt, lines }));
    if (!theft.onCredit) {
      const cash = line('cash', await system('cash'), from.ledgerId, amountYen + feeYen);
      await post(`${id}/in`, [cash]);
    }
    const lines = [line('transfer', from.ledgerId, await system('clearing'), amountYen)];
    if (feeYen > 0n) lines.push(line('fee', from.ledgerId, await system('fee_income'), feeYen));
    await post(id, lines);
  });
  return id;
}
