import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { fillAsHolder, isLanding, type FormBrowser } from '../../http/index.js';
import { machineNow } from '../../machine-clock.js';
import type { DemoPerson } from '../../start/seeds.js';
import { browserOf, push } from '../gateway-ground/consented.js';
import type { Door } from '../gateway-ground/door.js';
import type { Software } from '../gateway-ground/software.js';
import type { Stage } from '../gateway-ground/stage.js';

export type Confirmation = () => Promise<'formed' | 'refused'>;

const PAGES_MAX = 4;

/**
 * Brings a transfer of one yen to the page on which the holder confirms it. What comes back presses the button: the
 * 確定 that races with a stop (RKN-S4c/e).
 */
export async function readyToConfirm(
  stage: Stage,
  bank: pg.Client,
  software: Software,
  door: Door,
  [payer, payee]: readonly [DemoPerson, DemoPerson],
): Promise<Confirmation> {
  await forgetPasswordSteps(bank, payer);
  const pushed = await push(software, door, 'transfers', oneYen(payer, payee));
  const browser = browserOf(stage, software);
  const page = await walkToConfirmation(browser, pushed.url, payer);
  return async () => {
    const end = await browser.press(page, 'approve');
    if (!isLanding(end)) return 'refused';
    return end.landedAt.searchParams.has('code') ? 'formed' : 'refused';
  };
}

async function walkToConfirmation(browser: FormBrowser, start: URL, payer: DemoPerson) {
  let step = await browser.open(start);
  for (let count = 0; count < PAGES_MAX; count += 1) {
    if (isLanding(step)) throw new Error(`The walk ended early: ${step.landedAt.search}`);
    const button = fillAsHolder(step, payer, machineNow);
    if (button === 'approve') return step;
    step = await browser.press(step, button);
  }
  throw new Error('There is no page on which to confirm.');
}

/** A step of a one-time password serves once (SM-7.2/c); a race every few seconds needs it again. */
async function forgetPasswordSteps(bank: pg.Client, { loginId }: DemoPerson): Promise<void> {
  await bank.query(
    `update credential_otp t set last_used_step = 0 from holder h
     where h.institution_id = t.institution_id and h.id = t.holder_id and h.login_id = $1`,
    [loginId],
  );
}

export function oneYen(payer: DemoPerson, payee: DemoPerson): object {
  const [debit] = payer.accounts;
  const [credit] = payee.accounts;
  if (!debit || !credit) throw new Error('Both have an account.');
  return {
    type: 'transfer_initiation',
    bank_code: payer.bankCode,
    instruction_id: `stop-${randomUUID()}`,
    debit_account: {
      branch_code: debit.branchCode,
      account_type: debit.accountType,
      account_number: debit.accountNumber,
    },
    creditor: {
      bank_code: payee.bankCode,
      branch_code: credit.branchCode,
      account_type: credit.accountType,
      account_number: credit.accountNumber,
      name_kana: 'レンケイ ハナコ',
    },
    amount: { amount: '1', currency: 'JPY' },
    chain_partner: 'none',
  };
}

/** What the database had committed at one moment, to be asked later what came after it. */
export async function snapshotOf(bank: pg.Client): Promise<string> {
  const { rows } = await bank.query<{ s: string }>('select pg_current_snapshot()::text as s');
  return rows[0]?.s ?? '';
}

/** Transfers of holders at the institution that were debited after the snapshot. */
export async function debitedAfter(
  bank: pg.Client,
  institutionId: number,
  snapshot: string,
): Promise<number> {
  const { rows } = await bank.query<{ n: number }>(
    `select count(*)::int as n from posting
     where institution_id = $1 and status = 'posted' and operation in ('transfer', 'book_transfer')
       and xid >= pg_snapshot_xmin($2::pg_snapshot)::text::bigint
       and not pg_visible_in_snapshot(xid::text::xid8, $2::pg_snapshot)`,
    [institutionId, snapshot],
  );
  return rows[0]?.n ?? Number.NaN;
}
