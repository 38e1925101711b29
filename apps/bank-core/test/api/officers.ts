import { HOTP, Secret } from 'otpauth';
import { CONSOLE_ORIGIN, type BankCoreUnderTest } from './bank-core-under-test.js';
import { mustBeAsPublished } from './staff-contract.js';

export interface StaffAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, unknown>>;
}

/** An officer at the console: a session with password and one-time code, then calls with its cookie. */
export class OfficerAtWork {
  private cookie = '';
  private lastStep = 0;

  constructor(
    private readonly bank: BankCoreUnderTest,
    readonly mailAddress: string,
  ) {}

  /** For a call that this one does not make itself, such as sending a file. */
  get sessionCookie(): string {
    return this.cookie;
  }

  /** A code of a step that this officer has not used yet; the bank allows one step ahead. */
  async code(): Promise<string> {
    const officer = this.bank.officers.find((one) => one.mailAddress === this.mailAddress);
    const [row] = await this.bank.admin<{ step: string; used: string }>(
      `select floor(extract(epoch from renkei_now()) / 30)::bigint as step,
              (select last_step from federation.staff_account where mail_address = $1) as used`,
      [this.mailAddress],
    );
    this.lastStep = Math.max(Number(row?.step), Number(row?.used) + 1);
    const secret = Secret.fromBase32(officer?.totpSecretBase32 ?? 'AAAA');
    return HOTP.generate({ secret, digits: 6, counter: this.lastStep });
  }

  async logIn(more: { password?: string; oneTimeCode?: string } = {}): Promise<StaffAnswer> {
    const answer = await this.call('POST', '/sessions', {
      mailAddress: this.mailAddress,
      password: more.password ?? 'Staff-Password-1',
      oneTimeCode: more.oneTimeCode ?? (await this.code()),
    });
    const cookie = String(answer.headers['set-cookie'] ?? '').split(';')[0] ?? '';
    if (answer.status === 201) this.cookie = cookie;
    return answer;
  }

  get(path: string): Promise<StaffAnswer> {
    return this.call('GET', path);
  }

  post(path: string, body: object): Promise<StaffAnswer> {
    return this.call('POST', path, body);
  }

  async call(
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    path: string,
    body?: object,
    headers: Readonly<Record<string, string>> = { origin: CONSOLE_ORIGIN },
  ): Promise<StaffAnswer> {
    const answer = await this.bank.app.inject({
      method,
      url: `/staff/v1${path}`,
      headers: {
        ...headers,
        ...(this.cookie ? { cookie: this.cookie } : {}),
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { payload: JSON.stringify(body) } : {}),
    });
    const parsed: unknown = answer.body === '' ? {} : JSON.parse(answer.body);
    mustBeAsPublished(method, `/staff/v1${path}`, { status: answer.statusCode, body: parsed });
    return {
      status: answer.statusCode,
      body: parsed as StaffAnswer['body'],
      headers: answer.headers,
    };
  }
}

/** Logged in and ready; throws when the bank refuses. */
export async function officerAtWork(bank: BankCoreUnderTest, name: string): Promise<OfficerAtWork> {
  const officer = new OfficerAtWork(bank, `${name}@renkei.example`);
  const answer = await officer.logIn();
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  return officer;
}
