import { CookieJar } from 'tough-cookie';
import type { LocalFetch } from './local-fetch.js';
import { Page, type Submission } from './page.js';

const REDIRECTS_MAX = 12;

/** Where the browser went when it left the pages we look at: the client's redirect address. */
export interface Landing {
  readonly landedAt: URL;
}

/** One request of the browser, for whoever wants to show it. */
export interface Visit {
  readonly method: string;
  readonly url: URL;
  readonly status: number;
  readonly location: string | undefined;
}

export interface FormBrowserOptions {
  readonly fetch: LocalFetch;
  /** Redirects that lead here end the walk; the address itself is never requested. */
  readonly stopsAt: (url: URL) => boolean;
  readonly language?: 'ja' | 'en';
  readonly onVisit?: (visit: Visit) => void;
}

/**
 * A browser that knows forms, cookies and redirects, and no script: the approval pages must work
 * without any, so whoever walks them this way sees what the weakest browser sees.
 */
export class FormBrowser {
  readonly #jar = new CookieJar(undefined, { prefixSecurity: 'strict' });

  constructor(private readonly options: FormBrowserOptions) {}

  open(url: URL): Promise<Page | Landing> {
    return this.#walk({ url, method: 'GET', fields: new URLSearchParams() }, undefined);
  }

  /** Presses a button of the page, as {@link Page.press} describes it. */
  press(page: Page, id: string): Promise<Page | Landing> {
    return this.submit(page, page.press(id));
  }

  submit(page: Page, submission: Submission): Promise<Page | Landing> {
    return this.#walk(submission, page.url.origin);
  }

  async #walk(first: Submission, origin: string | undefined): Promise<Page | Landing> {
    let step = first;
    for (let count = 0; count < REDIRECTS_MAX; count += 1) {
      const answer = await this.#request(step, origin);
      const location = answer.headers.get('location');
      if (answer.status < 300 || answer.status >= 400 || !location) {
        return new Page(step.url, answer.status, answer.headers, await answer.text());
      }
      const next = new URL(location, step.url);
      if (this.options.stopsAt(next)) return { landedAt: next };
      const keepsMethod = answer.status === 307 || answer.status === 308;
      step = keepsMethod
        ? { ...step, url: next }
        : { url: next, method: 'GET', fields: new URLSearchParams() };
    }
    throw new Error(`${first.url.href} redirects in a circle.`);
  }

  async #request(step: Submission, origin: string | undefined): Promise<Response> {
    const url = new URL(step.url);
    if (step.method === 'GET') for (const [k, v] of step.fields) url.searchParams.append(k, v);
    const headers = new Headers({
      accept: 'text/html,application/xhtml+xml',
      'accept-language': this.options.language ?? 'ja',
    });
    const cookies = await this.#jar.getCookieString(url.href);
    if (cookies) headers.set('cookie', cookies);
    if (step.method === 'POST') headers.set('origin', origin ?? url.origin);
    const body = step.method === 'POST' ? step.fields : undefined;
    const answer = await this.options.fetch(url, { method: step.method, headers, body });
    for (const cookie of answer.headers.getSetCookie()) {
      await this.#jar.setCookie(cookie, url.href, { ignoreError: true });
    }
    const location = answer.headers.get('location') ?? undefined;
    this.options.onVisit?.({ method: step.method, url, status: answer.status, location });
    return answer;
  }
}

export const isLanding = (step: Page | Landing): step is Landing => 'landedAt' in step;
