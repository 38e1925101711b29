import type { Agent } from 'node:https';
import { headerOf, send, type Answer } from './wire.js';

/** As much of a browser as the flow needs: cookies by host and path; redirects one at a time. */
export class Browser {
  private readonly jar = new Map<string, { host: string; path: string; pair: string }>();

  constructor(private readonly agent: Agent) {}

  async open(url: string): Promise<Answer & { readonly location: string }> {
    const { host, pathname } = new URL(url);
    const cookies = [...this.jar.values()]
      .filter((cookie) => cookie.host === host && pathname.startsWith(cookie.path))
      .map(({ pair }) => pair)
      .join('; ');
    const headers = { accept: 'text/html', ...(cookies ? { cookie: cookies } : {}) };
    const answer = await send(url, this.agent, { headers });
    for (const line of answer.headers['set-cookie'] ?? []) this.keep(host, line);
    return { ...answer, location: headerOf(answer, 'location') };
  }

  private keep(host: string, line: string): void {
    const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
    const of = (name: string) =>
      attributes.find((each) => each.toLowerCase().startsWith(`${name}=`))?.split('=')[1];
    const path = of('path') ?? '/';
    const key = `${host} ${path} ${pair.split('=')[0]}`;
    const isGone = of('max-age') === '0' || /expires=thu, 01 jan 1970/i.test(line);
    if (isGone) this.jar.delete(key);
    else this.jar.set(key, { host, path, pair });
  }
}
