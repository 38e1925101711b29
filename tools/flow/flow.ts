import { randomBytes } from 'node:crypto';
import { Failure } from '../failure.js';
import { approve, FormBrowser, localAgent, localFetch, type LocalFetch } from '../http/index.js';
import { machineNow } from '../machine-clock.js';
import type { DemoPerson } from '../start/seeds.js';
import { approveByHand } from './by-hand.js';
import { personAt, type Installation } from './installation.js';
import { Intermediary, refusalCodeOf, type ApiAnswer, type Pushed } from './intermediary.js';
import type { Narrator } from './narrator.js';
import type { FlowOptions } from './options.js';
import { sampleTransfer } from './sample-transfer.js';

interface Scene {
  readonly options: FlowOptions;
  readonly installation: Installation;
  readonly narrator: Narrator;
  readonly fetch: LocalFetch;
  readonly person: DemoPerson;
  readonly intermediary: Intermediary;
}

/** Walks the whole path as an intermediary would, against the running system. */
export async function walkFlow(
  options: FlowOptions,
  installation: Installation,
  narrator: Narrator,
): Promise<void> {
  const person = personAt(installation, options.bankCode);
  const agent = localAgent(installation.authority);
  const fetch = narrator.listen(localFetch(agent));
  const [client] = installation.clients;
  if (!client) throw new Failure({ ja: '連携業者がいません。', en: 'There is no client.' });
  try {
    const intermediary = await narrator.step(
      { ja: 'サーバー情報の取得', en: 'discovery' },
      'RFC 8414',
      () => Intermediary.discover(installation.running.gateway.origin, client, fetch),
    );
    const scene = { options, installation, narrator, fetch, person, intermediary };
    narrator.say(
      `${client.name.ja} として、${options.bankCode} の ${person.name} さんの口座に連携します。`,
      `as ${client.name.en}, for ${person.name} at ${options.bankCode}`,
    );
    await readAccounts(scene);
    await transfer(scene);
  } finally {
    agent.destroy();
  }
}

async function readAccounts(scene: Scene): Promise<void> {
  const { narrator, intermediary, options } = scene;
  const pushed = await narrator.step(
    { ja: '参照の依頼を送る (PAR)', en: 'push the request to read (PAR)' },
    'RFC 9126, RFC 9396, FAPI 2.0 SP 5.3.2',
    () =>
      intermediary.push('accounts', {
        type: 'account_information',
        bank_code: options.bankCode,
        permissions: ['accounts_read', 'balances_read', 'transactions_read'],
        purpose: 'household_accounting',
        term_days: 90,
        chain_partner: 'none',
      }),
  );
  const landedAt = await narrator.step(
    { ja: '本人が銀行の画面で同意する', en: 'the holder consents on the bank’s pages' },
    'RKN-S1, FAPI 2.0 SP 5.3.1',
    () => approveAs(scene, pushed),
  );
  const tokens = await narrator.step(
    { ja: 'トークンの発行', en: 'token' },
    'RFC 6749 4.1.3, RFC 9449 5',
    () => intermediary.redeem(pushed, landedAt),
  );
  const base = `/v1/banks/${options.bankCode}`;
  const read = (ja: string, en: string, path: string, query?: Record<string, string>) =>
    narrator.step({ ja, en }, 'RFC 9449 7', async () =>
      expectOk(path, await intermediary.get(tokens.accessToken, path, query)),
    );
  const list = await read('口座の一覧', 'accounts', `${base}/accounts`);
  const accounts = rowsOf(list);
  narrator.line(JSON.stringify(accounts));
  const id = String(accounts[0]?.['accountId'] ?? '');
  const balance = await read('残高', 'balances', `${base}/accounts/${id}/balances`);
  narrator.line(JSON.stringify(balance));
  const path = `${base}/accounts/${id}/transactions`;
  const page = await read('入出金明細', 'transactions', path, { limit: '5' });
  for (const row of rowsOf(page)) narrator.line(JSON.stringify(row));
}

async function transfer(scene: Scene): Promise<void> {
  const { narrator, intermediary, options, person, installation } = scene;
  const instructionId = `flow-${randomBytes(8).toString('hex')}`;
  const detail = sampleTransfer(instructionId, person, installation.people);
  const pushed = await narrator.step(
    { ja: '振込の依頼を送る (PAR)', en: 'push the transfer (PAR)' },
    'RFC 9126, RFC 9396',
    () => pushTransfer(intermediary, detail),
  );
  if (!pushed) {
    narrator.say(
      `${options.bankCode} は更新系を提供していません: function_not_offered`,
      `${options.bankCode} offers no writes: function_not_offered`,
    );
    return;
  }
  const landedAt = await narrator.step(
    { ja: '本人が銀行の画面で確定する', en: 'the holder confirms on the bank’s page' },
    'SM-5.2, SM-3.2',
    () => approveAs(scene, pushed),
  );
  await narrator.step({ ja: 'トークンの発行', en: 'token' }, 'RFC 6749 4.1.3, RFC 9449 5', () =>
    intermediary.redeem(pushed, landedAt),
  );
  const token = await narrator.step(
    { ja: '本人なしのトークン', en: 'token without a user' },
    'RFC 6749 4.4',
    () => intermediary.statusToken(),
  );
  const path = `/v1/banks/${options.bankCode}/transfers`;
  const status = await narrator.step(
    { ja: '指図番号による状態照会', en: 'its status by instruction id' },
    'RFC 9449 7',
    async () => expectOk(path, await intermediary.get(token, path, { instructionId })),
  );
  narrator.line(JSON.stringify(status));
}

/** Undefined where the institution does not offer writes; every other refusal is thrown. */
async function pushTransfer(
  intermediary: Intermediary,
  detail: Readonly<Record<string, unknown>>,
): Promise<Pushed | undefined> {
  try {
    return await intermediary.push('transfers', detail);
  } catch (error) {
    if (refusalCodeOf(error) === 'function_not_offered') return undefined;
    throw error;
  }
}

async function approveAs(scene: Scene, pushed: Pushed): Promise<URL> {
  const { options, installation, narrator, fetch, person, intermediary } = scene;
  const redirectUri = intermediary.client.redirect_uri;
  if (options.isByHand) {
    return approveByHand(installation, redirectUri, pushed.url, person, narrator);
  }
  const browser = new FormBrowser({
    fetch,
    stopsAt: (url) => url.href.startsWith(redirectUri),
    language: options.language === 'en' ? 'en' : 'ja',
  });
  const landing = await approve(browser, pushed.url, person, machineNow, (page, act) =>
    narrator.line(`${page.title} → ${act}`),
  );
  return landing.landedAt;
}

function expectOk(path: string, answer: ApiAnswer): ApiAnswer['body'] {
  if (answer.status === 200) return answer.body;
  const code = String(answer.body['code'] ?? answer.body['error'] ?? 'unknown');
  throw new Failure(
    {
      ja: `${path} は ${answer.status} (${code}) で断られました。`,
      en: `${path} was refused with ${answer.status} (${code}).`,
    },
    4,
  );
}

/** The rows of a list answer. */
const rowsOf = (body: ApiAnswer['body']): readonly Readonly<Record<string, unknown>>[] =>
  (body['data'] ?? []) as Readonly<Record<string, unknown>>[];
