import { randomUUID } from 'node:crypto';
import { FormBrowser, isLanding, Page, type Landing, type LocalFetch } from '#libs/testing';
import type { BankCoreUnderTest, CallOptions } from './bank-core-under-test.js';

export const BANK_ORIGIN = 'https://bank.localhost:8444';
export const GATEWAY_ORIGIN = 'https://gateway.localhost:8443';
export const APP_ORIGIN = 'https://app.localhost:8446';

export const LOGIN_PASSWORD = 'Login-Password-1';
export const CONFIRMATION_PASSWORD = 'Confirm-Password-1';

export interface Asking {
  readonly bankCode?: string | null;
  readonly permissions?: readonly string[];
  readonly purpose?: string;
  readonly termDays?: number;
  readonly transferId?: string;
  readonly extends?: { readonly consentId: string; readonly termDays: number };
  readonly requestKey?: string;
  readonly locale?: 'ja' | 'en';
  readonly as?: CallOptions['as'];
}

/** The body of `POST /approvals` as the gateway sends it. */
export function approvalBody(asking: Asking): Record<string, unknown> {
  const { transferId, permissions = ['accounts_read', 'balances_read'] } = asking;
  return {
    requestKey: asking.requestKey ?? randomUUID(),
    kind: kindOf(asking),
    bankCode: asking.bankCode === undefined ? '2963' : asking.bankCode,
    ...(transferId ? { transferId } : {}),
    ...(asking.extends ? { consentExtension: asking.extends } : {}),
    ...(transferId || asking.extends
      ? {}
      : {
          accountInformation: {
            permissions,
            purpose: asking.purpose ?? 'household_accounting',
            termDays: asking.termDays ?? 90,
          },
        }),
    returnUrl: `${GATEWAY_ORIGIN}/interactions/abc/return`,
    redirectOrigin: APP_ORIGIN,
    locale: asking.locale ?? 'ja',
    expiresAt: '2099-01-01T00:00:00+09:00',
  };
}

function kindOf(asking: Asking): string {
  if (asking.extends) return 'consent_extension';
  return asking.transferId ? 'transfer_initiation' : 'account_information';
}

/** A holder's browser without script, and the gateway's back channel, against one bank-core. */
export class ApprovalWalk {
  constructor(private readonly bank: BankCoreUnderTest) {}

  /** Hands a request over as the gateway does; the address opens its pages once. */
  async open(asking: Asking = {}): Promise<URL> {
    const { status, body } = await this.handOver(asking);
    if (status !== 201) throw new Error(`POST /approvals: ${status} ${JSON.stringify(body)}`);
    return new URL(String(body['url']));
  }

  handOver(asking: Asking = {}): ReturnType<BankCoreUnderTest['call']> {
    return this.bank.call({
      method: 'POST',
      path: '/approvals',
      body: approvalBody(asking),
      ...(asking.as ? { as: asking.as } : {}),
    });
  }

  /** What the gateway fetches with the handle that the browser brings. */
  result(landing: Landing, as?: CallOptions['as']): ReturnType<BankCoreUnderTest['call']> {
    const handle = landing.landedAt.searchParams.get('handle');
    return this.bank.call({
      method: 'POST',
      path: '/approvals/results',
      body: { handle },
      ...(as ? { as } : {}),
    });
  }

  browser(language: 'ja' | 'en' = 'ja', source = '127.0.0.1'): FormBrowser {
    return new FormBrowser({
      fetch: this.fetchFrom(source),
      stopsAt: (url) => url.origin === GATEWAY_ORIGIN,
      language,
    });
  }

  fetchFrom(source: string): LocalFetch {
    return async (url, init = {}) => {
      const { pathname, search, host } = new URL(url);
      const headers = Object.fromEntries(new Headers(init.headers));
      const isForm = init.body instanceof URLSearchParams;
      if (isForm) headers['content-type'] ??= 'application/x-www-form-urlencoded';
      const answer = await this.bank.app.inject({
        method: (init.method ?? 'GET') as 'GET',
        url: `${pathname}${search}`,
        headers: { ...headers, host },
        remoteAddress: source,
        ...(isForm ? { payload: String(init.body) } : {}),
      });
      const given = new Headers();
      for (const [name, value] of Object.entries(answer.headers))
        for (const one of Array.isArray(value) ? value : [value]) given.append(name, String(one));
      return new Response(answer.body || null, { status: answer.statusCode, headers: given });
    };
  }

  async logIn(page: Page, browser: FormBrowser, loginId = 'taro-2963'): Promise<Page> {
    page.fill('login', loginId).fill('password', LOGIN_PASSWORD);
    return stillHere(await browser.press(page, 'submit'));
  }
}

/** The walk goes on: another page of ours. */
export function stillHere(step: Page | Landing): Page {
  if (isLanding(step)) throw new Error(`Left for ${step.landedAt.href}.`);
  return step;
}

/** The walk has ended: the gateway takes over. */
export function landed(step: Page | Landing): Landing {
  if (isLanding(step)) return step;
  throw new Error(`Still at ${step.url.pathname} (${step.status}): ${step.title}`);
}
