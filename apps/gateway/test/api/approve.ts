import type { ApprovalResult } from '../../src/bank/index.js';
import { Browser } from './browser.js';
import type { Answer, Intermediary, Pushed } from './intermediary.js';

export const CONSENT: NonNullable<ApprovalResult['consent']> = {
  consentId: 'cns_01j00000000000000000000001',
  permissions: ['accounts_read', 'balances_read', 'transactions_read'],
  purpose: 'household_accounting',
  accountIds: ['acc_01j00000000000000000000001'],
  expiresAt: '2027-02-20T00:00:00.000+09:00',
  endedCode: null,
};

export const APPROVED: Partial<ApprovalResult> = {
  outcome: 'approved',
  subject: 'sub-of-taro-at-minato',
  bankCode: '2963',
  consent: CONSENT,
};

export const authorizeUrl = ({ gateway, software }: Intermediary, pushed: Pushed): string =>
  `${gateway.origin}/authorize?${new URLSearchParams({
    client_id: software.clientId,
    request_uri: pushed.requestUri,
  }).toString()}`;

/** From the pushed request to the redirect that the client receives. */
export async function walk(
  intermediary: Intermediary,
  pushed: Pushed,
  result: Partial<ApprovalResult> = APPROVED,
  browser = new Browser(intermediary.gateway),
): Promise<URL> {
  const authorize = await browser.open(authorizeUrl(intermediary, pushed));
  const back = intermediary.gateway.bank.decide(authorize.location, result);
  const returned = await browser.open(back);
  if (returned.status !== 303) throw new Error(`return: ${returned.status} ${returned.page}`);
  const finished = await browser.open(returned.location);
  if (!finished.location) throw new Error(`resume: ${finished.status} ${finished.page}`);
  return new URL(finished.location);
}

/** The whole way to an access token. */
export async function obtainToken(
  intermediary: Intermediary,
  details: object,
  result: Partial<ApprovalResult> = APPROVED,
): Promise<Answer & { accessToken: string; refreshToken: string }> {
  const pushed = await intermediary.push(details);
  const redirect = await walk(intermediary, pushed, result);
  const code = redirect.searchParams.get('code') ?? '';
  const answer = await intermediary.redeem(code, pushed);
  if (answer.status !== 200) throw new Error(`token: ${answer.text}`);
  const accessToken = String(answer.body['access_token']);
  return { ...answer, accessToken, refreshToken: String(answer.body['refresh_token']) };
}
