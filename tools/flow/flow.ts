import { Failure } from '../failure.js';
import { localAgent, localFetch } from '../http/index.js';
import { personAt, type Installation } from './installation.js';
import { Intermediary } from './intermediary.js';
import { makeTransfer } from './make-transfer.js';
import type { Narrator } from './narrator.js';
import type { FlowOptions } from './options.js';
import { readAccounts } from './read-accounts.js';

/** Walks the whole path as an intermediary would, against the running system. */
export async function walkFlow(
  options: FlowOptions,
  installation: Installation,
  narrator: Narrator,
): Promise<void> {
  const person = personAt(installation, options.bankCode);
  const [client] = installation.clients;
  if (!client) throw new Failure({ ja: '連携業者がいません。', en: 'There is no client.' });
  const agent = localAgent(installation.authority);
  const fetch = narrator.listen(localFetch(agent));
  try {
    const intermediary = await narrator.step(
      { ja: 'サーバー情報の取得', en: 'discovery' },
      'RFC 8414',
      () => Intermediary.discover(installation.running.gateway.origin, client, fetch),
    );
    narrator.say(
      `${client.name.ja} として、${options.bankCode} の ${person.name} さんの口座に連携します。`,
      `as ${client.name.en}, for ${person.name} at ${options.bankCode}`,
    );
    const scene = { options, installation, narrator, fetch, person, intermediary };
    await readAccounts(scene);
    await makeTransfer(scene);
  } finally {
    agent.destroy();
  }
}
