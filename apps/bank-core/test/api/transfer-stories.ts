import { randomUUID } from 'node:crypto';
import type { Refusal, Result } from '#libs/kernel';
import {
  TransfersService,
  type TransferOffer,
  type TransferRefusal,
  type TransferView,
} from '../../src/transfers/index.js';
import { minato, type BankCoreUnderTest } from './bank-core-under-test.js';

/** The people of the stories at 2963 (institution 4): who may pay whom. */
export interface Party {
  readonly holderId: string;
  readonly accountId: string;
  readonly ledgerId: bigint;
  readonly branchCode: string;
  readonly accountNumber: string;
}

export const CHUO = 4;
export const SAIKAI = 15;

export async function partyOf(
  bank: Pick<BankCoreUnderTest, 'admin'>,
  institutionId: number,
  loginId: string,
): Promise<Party> {
  const [row] = await bank.admin<Record<string, string>>(
    `select h.id as holder_id, d.public_id, d.account_id::text, d.branch_code, d.account_number
     from holder h join service_account s on s.institution_id = h.institution_id and s.holder_id = h.id and s.is_main
     join account_detail d on d.institution_id = s.institution_id and d.account_id = s.account_id
     where h.institution_id = $1 and h.login_id = $2`,
    [institutionId, loginId],
  );
  if (!row) throw new Error(`There is no ${loginId}.`);
  return {
    holderId: row['holder_id'] ?? '',
    accountId: row['public_id'] ?? '',
    ledgerId: BigInt(row['account_id'] ?? 0),
    branchCode: row['branch_code'] ?? '',
    accountNumber: row['account_number'] ?? '',
  };
}

export interface Push {
  readonly institutionId?: number;
  readonly to: { bankCode: string; branchCode: string; accountNumber: string; nameKana?: string };
  readonly amountYen?: string;
  readonly instructionId?: string;
  readonly ediText?: string;
}

/** One transfer walked by hand: push, page, confirmation. */
export class TransferWalk {
  constructor(private readonly bank: BankCoreUnderTest) {}

  get service(): TransfersService {
    return this.bank.app.get(TransfersService);
  }

  prepare(push: Push) {
    return this.service.prepare({
      institutionId: push.institutionId ?? CHUO,
      clientId: minato.client,
      epspId: minato.epsp,
      chainPartnerId: 'none',
      interactionId: randomUUID(),
      instructionId: push.instructionId ?? randomUUID(),
      creditor: { accountType: '1', nameKana: 'ミナト ハナコ', ...push.to },
      amountYen: push.amountYen ?? '1000',
      ediText: push.ediText,
    });
  }

  async pushed(push: Push): Promise<TransferView> {
    return must(await this.prepare(push));
  }

  async offer(transfer: TransferView, payer: Party) {
    const at = await this.now();
    return this.service.offer({
      institutionId: transfer.institutionId,
      transferId: transfer.transferId,
      holderId: payer.holderId,
      debitAccountId: payer.accountId,
      at,
    });
  }

  async offered(transfer: TransferView, payer: Party): Promise<TransferOffer> {
    return must(await this.offer(transfer, payer));
  }

  confirm(transfer: TransferView, payer: Party, offer: Pick<TransferOffer, 'contentHash'>) {
    return this.service.confirm({
      institutionId: transfer.institutionId,
      transferId: transfer.transferId,
      holderId: payer.holderId,
      debitAccountId: payer.accountId,
      contentHash: offer.contentHash,
      factors: ['confirmation_password', 'otp'],
      interactionId: randomUUID(),
    });
  }

  /** From the push to the confirmation's answer. */
  async walk(push: Push, payer: Party): Promise<Result<TransferView, Refusal<TransferRefusal>>> {
    const transfer = await this.pushed(push);
    const offer = await this.offered(transfer, payer);
    return this.confirm(transfer, payer, offer);
  }

  async status(transfer: TransferView): Promise<TransferView> {
    const view = await this.service.byId(
      transfer.institutionId,
      transfer.clientId,
      transfer.transferId,
    );
    if (!view) throw new Error('The transfer is gone.');
    return view;
  }

  /** Waits until the relay has settled the transfer: an event in the database, bounded by the test's own limit. */
  async settled(transfer: TransferView): Promise<TransferView> {
    for (;;) {
      const view = await this.status(transfer);
      if (view.status !== 'ACSP') return view;
      await new Promise((next) => setImmediate(next));
    }
  }

  async now(): Promise<number> {
    const [row] = await this.bank.admin<{ now: Date }>('select renkei_now() as now');
    return row?.now.getTime() ?? 0;
  }

  async balance(institutionId: number, ledgerId: bigint): Promise<bigint> {
    const [row] = await this.bank.admin<{ balance: string }>(
      'select balance from account where institution_id = $1 and id = $2',
      [institutionId, ledgerId],
    );
    return BigInt(row?.balance ?? 0);
  }
}

export function must<Value>(result: Result<Value, Refusal>): Value {
  if (!result.ok) throw new Error(`Refused: ${JSON.stringify(result.refusal)}`);
  return result.value;
}
