import { approve, FormBrowser } from '../../http/index.js';
import { machineNow } from '../../machine-clock.js';
import type { DemoPerson } from '../../start/seeds.js';
import type { Door } from './door.js';
import { codeOf, type OwnTokens, type PushedRequest, type Software } from './software.js';
import type { Stage } from './stage.js';

/** What a household ledger asks a holder for. */
export const reading = (bankCode: string): object => ({
  type: 'account_information',
  bank_code: bankCode,
  permissions: ['accounts_read', 'balances_read', 'transactions_read'],
  purpose: 'household_accounting',
  term_days: 90,
  chain_partner: 'none',
});

export const browserOf = (stage: Stage, software: Software): FormBrowser =>
  new FormBrowser({
    fetch: stage.fetch,
    stopsAt: (url) => url.href.startsWith(software.client.redirect_uri),
  });

/** A push that has to be taken. */
export async function push(
  software: Software,
  door: Door,
  scope: string,
  detail: object,
): Promise<PushedRequest> {
  const made = software.request(scope, detail);
  const answer = await software.ask(door, () => software.post('/par', made.params));
  if (answer.status !== 201) throw new Error(`The push was refused: ${codeOf(answer)}`);
  return software.pushedFrom(answer, made);
}

/** The holder agrees to `reading`; tokens are bound to the software's key. */
export async function consented(
  stage: Stage,
  software: Software,
  person: DemoPerson,
  door: Door,
): Promise<OwnTokens> {
  const pushed = await push(software, door, 'accounts', reading(person.bankCode));
  const { landedAt } = await approve(browserOf(stage, software), pushed.url, person, machineNow);
  const answer = await software.ask(door, () =>
    software.post('/token', software.exchange(pushed, landedAt)),
  );
  if (answer.status !== 200) throw new Error(`The exchange was refused: ${codeOf(answer)}`);
  return software.tokensFrom(answer);
}
