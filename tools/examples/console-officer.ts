import { HOTP, Secret } from 'otpauth';
import type { Instant } from '#libs/kernel';
import type { LocalFetch } from '../http/index.js';
import type { DemoOfficer } from '../start/seeds.js';

const STEP_MS = 30_000;

export interface ConsoleAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly bytes: Buffer;
}

/** An officer at the console of the real server: password and one-time code, then calls with the cookie. */
export class ConsoleOfficer {
  #cookie = '';
  #lastStep = 0;

  constructor(
    private readonly origin: string,
    private readonly fetch: LocalFetch,
    private readonly officer: DemoOfficer,
    private readonly bankTime: () => Instant,
  ) {}

  /** Again after the bank's clock has moved: a session grows old with it. */
  async logIn(): Promise<void> {
    this.#lastStep = Math.max(Math.floor(this.bankTime() / STEP_MS), this.#lastStep + 1);
    const secret = Secret.fromBase32(this.officer.totpSecretBase32);
    const { mailAddress, password } = this.officer;
    const oneTimeCode = HOTP.generate({ secret, digits: 6, counter: this.#lastStep });
    const answer = await this.send('POST', '/sessions', { mailAddress, password, oneTimeCode });
    if (answer.status !== 201) throw new Error(`${mailAddress}: ${JSON.stringify(answer.body)}`);
  }

  get(path: string): Promise<ConsoleAnswer> {
    return this.send('GET', path);
  }

  post(path: string, body: object): Promise<ConsoleAnswer> {
    return this.send('POST', path, body);
  }

  async send(
    method: 'GET' | 'POST' | 'PUT',
    path: string,
    body?: object,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<ConsoleAnswer> {
    const answer = await this.fetch(`${this.origin}/staff/v1${path}`, {
      method,
      headers: {
        origin: this.origin,
        ...(this.#cookie ? { cookie: this.#cookie } : {}),
        ...(body ? { 'content-type': 'application/json' } : {}),
        ...headers,
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const given = answer.headers.get('set-cookie')?.split(';')[0];
    if (answer.status === 201 && given) this.#cookie = given;
    const bytes = Buffer.from(await answer.arrayBuffer());
    const isJson = answer.headers.get('content-type')?.includes('json');
    const parsed: unknown = isJson && bytes.length > 0 ? JSON.parse(bytes.toString('utf8')) : {};
    return { status: answer.status, body: parsed as ConsoleAnswer['body'], bytes };
  }
}
