import type { BankCoreUnderTest } from './bank-core-under-test.js';
import { ApprovalWalk, landed, stillHere } from './approval-walk.js';

export type View = Record<string, unknown> & { consentId: string; state: string };

export const consents = '/institutions/2963/consents';

/** Consents as their intermediary sees them, and the way to one. */
export class ConsentWalk {
  readonly approvals: ApprovalWalk;

  constructor(private readonly bank: BankCoreUnderTest) {
    this.approvals = new ApprovalWalk(bank);
  }

  async get(path: string, as: object = {}): Promise<Record<string, unknown>> {
    const { status, body } = await this.bank.call({ path: `${consents}${path}`, as });
    if (status !== 200) throw new Error(`${path}: ${status} ${JSON.stringify(body)}`);
    return body;
  }

  view(id: string, as?: object): Promise<View> {
    return this.get(`/${id}`, as) as Promise<View>;
  }

  async list(query: string, as?: object): Promise<View[]> {
    return (await this.get(query, as))['data'] as View[];
  }

  async changesOf(id: string, as?: object): Promise<string[]> {
    const { data } = (await this.get(`/${id}/history`, as)) as { data: { change: string }[] };
    return data.map(({ change }) => change);
  }

  /** From the push to the yes, with so many of the accounts that taro has at a bank. */
  async consented(as?: object, accounts = 1, bankCode = '2963'): Promise<string> {
    const walk = this.approvals;
    const browser = walk.browser();
    const asking = { bankCode, ...(as ? { as } : {}) };
    const login = stillHere(await browser.open(await walk.open(asking)));
    const page = await walk.logIn(login, browser, `taro-${bankCode}`);
    for (let n = 1; n <= accounts; n += 1) page.tick(`account-${n}`);
    const consent = stillHere(await browser.press(page, 'next'));
    const end = landed(await browser.press(consent, 'approve'));
    const { body } = await walk.result(end, as);
    return (body['consent'] as { consentId: string }).consentId;
  }
}
