import * as oauth from 'openid-client';
import type { JsonWebKey } from 'node:crypto';
import { exportJWK } from 'jose';
import { Intermediary } from '../../flow/intermediary.js';
import { approve, FormBrowser, localAgent, localFetch } from '../../http/index.js';
import { machineNow } from '../../machine-clock.js';
import type { House } from './house.js';

/** What an intermediary holds after a holder agreed: enough to read one balance. */
export interface Consented {
  readonly clientId: string;
  readonly epspId: string;
  readonly clientKey: JsonWebKey;
  readonly bankCode: string;
  readonly accountId: string;
  readonly consentId: string;
  /** Private key that the tokens are bound to. */
  readonly key: JsonWebKey;
  /** The balance as the API answers it. */
  readonly body: string;
  /** A token with its whole life before it. */
  freshToken(): Promise<string>;
  close(): void;
}

/** Walks the whole flow once, with the bank's own pages: PAR, approval, code, token, first reads. */
export async function consented(house: House): Promise<Consented> {
  const [person] = house.people;
  const [client] = house.clients;
  if (!person || !client) throw new Error('The demonstration has nobody.');
  const agent = localAgent(house.authority);
  const fetch = localFetch(agent);
  const keys = await oauth.randomDPoPKeyPair('ES256', { extractable: true });
  const intermediary = await Intermediary.discover(house.origin, client, fetch, keys);
  const pushed = await intermediary.push('accounts', {
    type: 'account_information',
    bank_code: person.bankCode,
    permissions: ['accounts_read', 'balances_read'],
    purpose: 'household_accounting',
    term_days: 30,
    chain_partner: 'none',
  });
  const stopsAt = (url: URL) => url.href.startsWith(client.redirect_uri);
  const browser = new FormBrowser({ fetch, stopsAt });
  const { landedAt } = await approve(browser, pushed.url, person, machineNow);
  const tokens = await intermediary.redeem(pushed, landedAt);
  const { refreshToken } = tokens;
  if (!refreshToken) throw new Error('A consent to read comes with a refresh token.');
  const base = `/v1/banks/${person.bankCode}/accounts`;
  const accounts = await intermediary.get(tokens.accessToken, base);
  const [account] = accounts.body['data'] as { accountId: string }[];
  if (!account) throw new Error('The holder has no account.');
  const path = `${base}/${account.accountId}/balances`;
  const { body } = await intermediary.get(tokens.accessToken, path);
  return {
    clientId: client.client_id,
    epspId: client.epsp_id,
    clientKey: client.jwk as JsonWebKey,
    bankCode: person.bankCode,
    accountId: account.accountId,
    consentId: String(tokens.details[0]?.['consent_id']),
    key: (await exportJWK(keys.privateKey)) as JsonWebKey,
    body: JSON.stringify(body),
    freshToken: async () => (await intermediary.refresh(refreshToken)).accessToken,
    close: () => agent.destroy(),
  };
}
