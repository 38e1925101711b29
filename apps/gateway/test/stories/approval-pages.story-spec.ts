import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { oneTimePassword, openBrowser, type TestBrowser } from '#libs/testing';
import { machineNow } from '../../../../tools/machine-clock.js';
import { AOBA, householdRequest, paymentRequest, Scene, TSUBAME } from './scene.js';

/** Set it to a folder to look at every page: one picture per state, language and width. */
const PICTURES = process.env['RENKEI_PICTURES'];

/** The other two add nothing that these do not show; with pictures all four are taken. */
const VARIANTS = [
  ['ja', 360],
  ['en', 1280],
  ...(PICTURES
    ? ([
        ['en', 360],
        ['ja', 1280],
      ] as const)
    : []),
] as const;

let scene: Scene;
let chromium: TestBrowser;
let axe: string;

beforeAll(async () => {
  scene = await Scene.open();
  chromium = await openBrowser();
  axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
});
afterAll(async () => {
  await chromium.close();
  await scene.close();
});

interface Found {
  readonly passes: readonly unknown[];
  readonly violations: readonly {
    readonly id: string;
    readonly impact: string;
    readonly nodes: readonly { readonly target: readonly string[]; readonly html: string }[];
  }[];
}

/** Looks at a page as a person with an assistive technology would meet it, and keeps a picture on demand. */
async function look(page: Page, state: string, variant: string): Promise<string[]> {
  await page.evaluate('document.fonts.ready');
  if (PICTURES)
    await page.screenshot({ path: join(PICTURES, `${state}-${variant}.png`), fullPage: true });
  // The page allows no script; the checker comes from outside, past its policy.
  const session = await page.context().newCDPSession(page);
  await session.send('Runtime.evaluate', { expression: axe });
  const { result } = await session.send('Runtime.evaluate', {
    expression: 'axe.run().then((found) => JSON.stringify(found))',
    awaitPromise: true,
  });
  const { violations, passes } = JSON.parse(String(result.value)) as Found;
  if (passes.length < 10) throw new Error(`axe looked at nothing on ${state} ${variant}.`);
  const findings = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${state} ${variant}: ${id} ${nodes[0]?.html}`);
  const overflow = await page.evaluate<number>(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
  if (overflow > 0) findings.push(`${state} ${variant}: ${overflow} px wider than the window`);
  const small = await page.evaluate<
    string[]
  >(`[...document.querySelectorAll('button, input, .button')]
    .filter((one) => one.type !== 'hidden')
    .filter((one) => { const { width, height } = one.getBoundingClientRect(); return width < 24 || height < 24; })
    .map((one) => one.id)`);
  if (small.length > 0) findings.push(`${state} ${variant}: targets below 24 px: ${small.join()}`);
  return findings;
}

const payment = (amount: string) => {
  const [debit] = scene.person('taro-2963').accounts;
  const payee = scene.person('hanako-2825');
  const [account] = payee.accounts;
  const { debit_account: _, ...detail } = paymentRequest({
    bankCode: '2963',
    instructionId: `look-${randomUUID()}`,
    debit: debit!,
    creditor: {
      bank: payee.bankCode,
      branch: account!.branchCode,
      type: account!.accountType,
      number: account!.accountNumber,
      kana: 'ミナト ハナコ',
    },
    amount,
  });
  return detail;
};

async function logIn(page: Page): Promise<void> {
  const taro = scene.person('taro-2963');
  await page.fill('#login', taro.loginId);
  await page.fill('#password', taro.loginPassword);
  await page.click('#submit');
}

describe('the approval pages as people meet them', () => {
  test.each(VARIANTS)(
    'axe finds nothing serious, nothing overflows, every target has 24 px (%s, %i px)',
    async (language, width) => {
      const variant = `${language}-${width}`;
      const findings: string[] = [];
      const visitor = await chromium.newVisitor({ language, width });
      const page = await visitor.newPage();
      const see = async (state: string) => findings.push(...(await look(page, state, variant)));
      const aoba = scene.intermediary(AOBA);
      const languageOfPage = `?lang=${language}`;

      const anywhere = await aoba.push('accounts', householdRequest(undefined, TSUBAME));
      await page.goto(anywhere.url.href);
      await page.goto(`${page.url()}${languageOfPage}`);
      await see('1-institution');
      await page.click('#next');
      await see('1-institution-error');
      await page.check('input[value="2963"]');
      await page.click('#next');
      await see('2-login');
      await page.fill('#login', 'nobody');
      await page.fill('#password', 'wrong');
      await page.click('#submit');
      await see('2-login-error');
      await logIn(page);
      await see('3-accounts');
      await page.click('#next');
      await see('3-accounts-error');
      await page.check('#account-1');
      await page.click('#next');
      await see('4-consent');

      const transfer = await aoba.push('transfers', payment('12345'));
      await page.goto(transfer.url.href);
      await page.goto(`${page.url()}${languageOfPage}`);
      await logIn(page);
      await see('5-payer');
      await page.check('#account-1');
      await page.click('#next');
      await see('6-transfer');
      await page.fill('#confirmation-password', 'wrong');
      await page.fill('#otp', '000000');
      await page.click('#approve');
      await see('6-transfer-error');
      const address = page.url();

      const large = await aoba.push('transfers', payment('900000000'));
      await page.goto(large.url.href);
      await page.goto(`${page.url()}${languageOfPage}`);
      await logIn(page);
      await page.check('#account-1');
      await page.click('#next');
      await see('7-transfer-refused');
      await page.goto(address.replace(/apr_.*\//, 'apr_01j00000000000000000000000/'));
      await see('8-error');

      const late = await aoba.push('accounts', householdRequest('2963'));
      await page.goto(late.url.href);
      await page.goto(`${page.url()}${languageOfPage}`);
      const id = /apr_[0-9a-z]+/.exec(page.url())?.[0];
      await scene.bank.query(
        `update federation.approval set expires_at = renkei_now() where id = $1`,
        [id],
      );
      await page.reload();
      await see('9-expired');
      await visitor.close();
      expect(findings).toEqual([]);
    },
  );

  test.each(VARIANTS)(
    'the same of an extension and of the letter box (%s, %i px)',
    async (language, width) => {
      const variant = `${language}-${width}`;
      const findings: string[] = [];
      const aoba = scene.intermediary(AOBA);
      const consent = await scene.consented(aoba, scene.person('taro-2963'), {
        ...householdRequest('2963', TSUBAME),
        permissions: ['accounts_read', 'balances_read'],
        term_days: 30,
      });
      const visitor = await chromium.newVisitor({ language, width });
      const page = await visitor.newPage();
      const see = async (state: string) => findings.push(...(await look(page, state, variant)));
      const pushed = await aoba.push('accounts', {
        type: 'consent_extension',
        bank_code: '2963',
        consent_id: String(consent.details[0]!['consent_id']),
        term_days: 90,
        chain_partner: TSUBAME,
      });
      await page.goto(pushed.url.href);
      await page.goto(`${page.url()}?lang=${language}`);
      await logIn(page);
      await see('10-extension');
      await page.goto(`${scene.system.bankOrigin}/mailbox`);
      await see('11-mailbox-door');
      const officer = scene.system.officers.find(({ bankCode }) => bankCode === null)!;
      await page.fill('#staff', officer.mailAddress);
      await page.fill('#password', officer.password);
      await page.fill('#code', oneTimePassword(officer.totpSecretBase32, machineNow()));
      await page.click('#submit');
      await page.goto(`${scene.system.bankOrigin}/mailbox?bank=2963`);
      await see('12-mailbox');
      await visitor.close();
      expect(findings).toEqual([]);
    },
  );
});
