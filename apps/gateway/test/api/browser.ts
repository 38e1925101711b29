import type { GatewayUnderTest } from './gateway-under-test.js';

/** As much of a browser as the flow needs: cookies by path, and redirects followed one at a time. */
export class Browser {
  /** By name and path, as RFC 6265 section 5.3 keeps them. */
  private readonly jar = new Map<string, { name: string; value: string; path: string }>();

  constructor(private readonly gateway: GatewayUnderTest) {}

  /** One request, to another process of the gateway by its port. Answers status, where it leads, and the page. */
  async open(
    url: string,
    port?: number,
  ): Promise<{ status: number; location: string; page: string; headers: Headers }> {
    const target = new URL(url);
    const cookie = [...this.jar.values()]
      .filter(({ path }) => target.pathname.startsWith(path))
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ');
    const { host } = target;
    const headers = { host, accept: 'text/html', ...(cookie ? { cookie } : {}) };
    if (port !== undefined) target.port = String(port);
    const response = await this.gateway.fetch(target, { headers });
    for (const line of response.headers.getSetCookie()) this.keep(line);
    const { status } = response;
    const location = response.headers.get('location') ?? '';
    return { status, location, page: await response.text(), headers: response.headers };
  }

  /** The same cookies in another browser: for answers that this one never hears. */
  copy(): Browser {
    const other = new Browser(this.gateway);
    for (const [key, cookie] of this.jar) other.jar.set(key, cookie);
    return other;
  }

  cookieNames(): string[] {
    return [...this.jar.values()].map(({ name }) => name);
  }

  private keep(line: string): void {
    const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
    const name = pair.slice(0, pair.indexOf('='));
    const of = (attribute: string) =>
      attributes.find((each) => each.toLowerCase().startsWith(`${attribute}=`))?.split('=')[1];
    const isGone = of('max-age') === '0' || /expires=thu, 01 jan 1970/i.test(line);
    const path = of('path') ?? '/';
    const value = pair.slice(pair.indexOf('=') + 1);
    if (isGone) this.jar.delete(`${name} ${path}`);
    else this.jar.set(`${name} ${path}`, { name, value, path });
  }
}
