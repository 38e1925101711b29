import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import type { Page as BrowserPage } from 'playwright-core';
import {
  approve,
  FormBrowser,
  isLanding,
  oneTimePassword,
  startServers,
  type HolderSecrets,
  type Landing,
  type Page,
  type TestSystem,
} from '#libs/testing';
import { Intermediary, type Pushed, type Tokens } from '../../../../tools/flow/intermediary.js';
import { machineNow } from '../../../../tools/machine-clock.js';
import { compiled } from '../../../../tools/project.js';

export const MINATO = 'epsp_01j0000000000000000000mnat';
export const AOBA = 'epsp_01j0000000000000000000abft';
export const HIKARI = 'epsp_01j0000000000000000000hkra';
export const TSUBAME = 'cp_01j0000000000000000000tsbm';

type Person = TestSystem['people'][number];

/** A holder's three permissions for ninety days, as a household ledger asks for them. */
export const householdRequest = (bankCode?: string, chainPartner = 'none') => ({
  type: 'account_information',
  ...(bankCode ? { bank_code: bankCode } : {}),
  permissions: ['accounts_read', 'balances_read', 'transactions_read'],
  purpose: 'household_accounting',
  term_days: 90,
  chain_partner: chainPartner,
});

interface Payment {
  readonly bankCode: string;
  readonly instructionId: string;
  readonly debit: Person['accounts'][number];
  readonly creditor: { bank: string; branch: string; type: string; number: string; kana: string };
  readonly amount: string;
}

export const paymentRequest = ({ bankCode, instructionId, debit, creditor, amount }: Payment) => ({
  type: 'transfer_initiation',
  bank_code: bankCode,
  instruction_id: instructionId,
  debit_account: {
    branch_code: debit.branchCode,
    account_type: debit.accountType,
    account_number: debit.accountNumber,
  },
  creditor: {
    bank_code: creditor.bank,
    branch_code: creditor.branch,
    account_type: creditor.type,
    account_number: creditor.number,
    name_kana: creditor.kana,
  },
  amount: { amount, currency: 'JPY' },
  chain_partner: 'none',
});

/** Both servers, the demonstration's people and intermediaries, and a look behind the servers' backs. */
export class Scene {
  private constructor(
    readonly system: TestSystem,
    private readonly intermediaries: ReadonlyMap<string, Intermediary>,
    /** As the superuser: sees every institution's rows. */
    readonly bank: pg.Client,
  ) {}

  static async open(): Promise<Scene> {
    const system = await startServers();
    const met = new Map<string, Intermediary>();
    for (const client of system.clients) {
      met.set(
        client.epsp_id,
        await Intermediary.discover(system.gatewayOrigin, client, system.fetch),
      );
    }
    const bank = new pg.Client({ connectionString: system.databases.bank.adminUrl });
    bank.on('error', () => undefined);
    await bank.connect();
    return new Scene(system, met, bank);
  }

  intermediary(epspId: string): Intermediary {
    return this.intermediaries.get(epspId)!;
  }

  person(loginId: string): Person {
    return this.system.people.find((person) => person.loginId === loginId)!;
  }

  /** A browser without script that stops where the intermediary would take over. */
  browser(intermediary: Intermediary, language: 'ja' | 'en' = 'ja'): FormBrowser {
    const { redirect_uri: end } = intermediary.client;
    const stopsAt = (url: URL) => url.href.startsWith(end);
    return new FormBrowser({ fetch: this.system.fetch, stopsAt, language });
  }

  /** Push, approve as the holder, redeem. */
  async consented(
    intermediary: Intermediary,
    holder: HolderSecrets,
    detail: object,
  ): Promise<Tokens> {
    const pushed = await intermediary.push('accounts', { ...detail });
    const { landedAt } = await this.walk(intermediary, pushed, holder);
    return intermediary.redeem(pushed, landedAt);
  }

  walk(intermediary: Intermediary, pushed: Pushed, holder: HolderSecrets): Promise<Landing> {
    return approve(this.browser(intermediary), pushed.url, holder, machineNow);
  }

  /**
   * The holder with a one-time password that no step has used yet: a step serves once (SM-7.2/c), so the
   * steps this story's holder used are forgotten before the next walk.
   */
  async freshFactors(loginId: string): Promise<Person> {
    const holder = this.person(loginId);
    await this.bank.query(
      `update credential_otp t set last_used_step = 0 from holder h
       where h.institution_id = t.institution_id and h.id = t.holder_id and h.login_id = $1`,
      [loginId],
    );
    return holder;
  }

  /** Types both factors of a confirmation into a page of a real browser. */
  async factorsOf(holder: Person, page: BrowserPage): Promise<void> {
    await this.freshFactors(holder.loginId);
    await page.fill('#confirmation-password', holder.confirmationPassword);
    await page.fill('#otp', oneTimePassword(holder.totpSecretBase32, machineNow()));
  }

  /** Moves bank time; the offset row exists in tests and sandboxes only. */
  async moveBankTime(minutes: number): Promise<void> {
    await this.bank.query(
      `insert into sandbox_clock (offset_ms) values ($1)
       on conflict (one_row) do update set offset_ms = sandbox_clock.offset_ms + excluded.offset_ms`,
      [minutes * 60_000],
    );
  }

  async rows<Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> {
    return (await this.bank.query<Row>(sql, values)).rows;
  }

  /** How often money moved for a transfer: postings that carry its id as key. */
  async debitsOf(transferId: string): Promise<number> {
    const [row] = await this.rows<{ n: number }>(
      `select count(*)::int as n from posting
       where key = ledger_key($1) and line = 1 and status = 'posted'`,
      [transferId],
    );
    return row!.n;
  }

  /** `npm run staff` with two different officers of the demonstration. */
  staff(...args: string[]): Promise<string> {
    return this.staffAs('compliance', 'approver', ...args);
  }

  /** The same with these officers as proposer and approver. Throws with what the command printed. */
  async staffAs(by: string, approve: string, ...args: string[]): Promise<string> {
    const passwordOf = (name: string) =>
      this.system.officers.find(({ mailAddress }) => mailAddress.startsWith(`${name}@`))?.password;
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [compiled('tools', 'commands', 'staff.js'), ...args, '--by', by, '--approve', approve],
      {
        env: {
          ...process.env,
          NODE_OPTIONS: '',
          DATABASE_URL_BANK: this.system.databases.bank.appUrl,
          DATABASE_URL_GATEWAY_OWNER: this.system.databases.gateway.ownerUrl,
          RENKEI_STAFF_PASSWORD_A: passwordOf(by),
          RENKEI_STAFF_PASSWORD_B: passwordOf(approve),
        },
      },
    );
    return stdout;
  }

  /** Every row of every table as text, read as the superuser: what a thief of a backup would hold. */
  async everyRowOf(side: 'bank' | 'gateway'): Promise<string> {
    const client = new pg.Client({ connectionString: this.system.databases[side].adminUrl });
    await client.connect();
    try {
      const tables = await client.query<{ name: string }>(
        `select format('%I.%I', schemaname, tablename) as name from pg_tables
         where schemaname not in ('pg_catalog', 'information_schema')`,
      );
      const texts: string[] = [];
      for (const { name } of tables.rows) {
        const { rows } = await client.query<{ t: string }>(`select x::text as t from ${name} x`);
        texts.push(...rows.map((row) => row.t));
      }
      return texts.join('\n');
    } finally {
      await client.end();
    }
  }

  /** Certificate and key of one of this run's parties, in PEM. */
  async credentialsOf(
    party: 'gateway' | 'bankInternal' | 'gatewayInternal',
  ): Promise<{ cert: string; key: string }> {
    const { certificate, key } = this.system.certificates[party];
    return { cert: await readFile(certificate, 'utf8'), key: await readFile(key, 'utf8') };
  }

  async close(): Promise<void> {
    await this.bank.end();
    await this.system.stop();
  }
}

export function isPage(step: Page | Landing): asserts step is Page {
  if (isLanding(step)) throw new Error(`Expected a page, landed at ${step.landedAt.href}.`);
}

export function isEnd(step: Page | Landing): asserts step is Landing {
  if (!isLanding(step)) {
    throw new Error(`Expected the way back, got ${step.url.href}: ${step.title}.`);
  }
}

/** Asks again until `done`, at most `times`; the wait is for an event, its pauses only spare the processor. */
export async function until(done: () => Promise<boolean>, times = 3_000): Promise<void> {
  for (let count = 0; count < times; count += 1) {
    if (await done()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('What was waited for did not happen.');
}
