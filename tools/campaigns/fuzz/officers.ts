import { HOTP, Secret } from 'otpauth';
import { machineNow } from '../../machine-clock.js';
import type { DemoOfficer } from '../../start/seeds.js';
import type { Caller } from './callers.js';
import type { Door, WireAnswer, WireRequest } from '../gateway-ground/door.js';

const STEP_MS = 30_000;

/** Who works at the console in a campaign, and at which step after now the code is taken: one serves once. */
const WORKS: Readonly<Partial<Record<Caller, readonly [name: string, ahead: number]>>> = {
  officer: ['compliance', 1],
  other_officer: ['saikai-clerk', 0],
  auditor: ['auditor', 0],
  logged_out: ['second-approver', 0],
};

/** Officers with sessions of the console, one of which is over. */
export class Officers {
  readonly #cookies = new Map<Caller, string>();

  private constructor(
    private readonly door: Door,
    private readonly origin: string,
    private readonly officers: readonly DemoOfficer[],
  ) {}

  static async logIn(door: Door, origin: string, all: readonly DemoOfficer[]): Promise<Officers> {
    const officers = new Officers(door, origin, all);
    for (const caller of Object.keys(WORKS) as Caller[]) await officers.#open(caller);
    return officers;
  }

  /** As a browser on the console's pages sends it (T-05). */
  headersOf(caller: Caller): Record<string, string> {
    const cookie = this.#cookies.get(caller);
    if (caller === 'forged')
      return { origin: 'https://elsewhere.example', cookie: this.#cookies.get('officer') ?? '' };
    return { origin: this.origin, ...(cookie ? { cookie } : {}) };
  }

  /** Where who is played works alone; undefined for the federation, and for who is no officer. */
  bankOf(caller: Caller): string | undefined {
    const [name] = WORKS[caller] ?? [];
    return (
      this.officers.find(({ mailAddress }) => mailAddress.startsWith(`${name}@`))?.bankCode ??
      undefined
    );
  }

  get secrets(): readonly string[] {
    const sessions = [...this.#cookies.values()].map((cookie) => cookie.split('=')[1] ?? '');
    const own = this.officers.flatMap(({ password, totpSecretBase32 }) => [
      password,
      totpSecretBase32,
    ]);
    return [...sessions, ...own].filter((secret) => secret !== '');
  }

  send(request: WireRequest): Promise<WireAnswer> {
    return this.door.ask(request);
  }

  async #open(caller: Caller): Promise<void> {
    const [name = '', ahead = 0] = WORKS[caller] ?? [];
    const officer = this.officers.find(({ mailAddress }) => mailAddress.startsWith(`${name}@`));
    if (!officer) throw new Error(`The seed has no officer ${name}.`);
    const { mailAddress, password } = officer;
    const secret = Secret.fromBase32(officer.totpSecretBase32);
    const counter = Math.floor(machineNow() / STEP_MS) + ahead;
    const oneTimeCode = HOTP.generate({ secret, digits: 6, counter });
    const answer = await this.send({
      method: 'POST',
      path: '/staff/v1/sessions',
      headers: { origin: this.origin, 'content-type': 'application/json' },
      body: JSON.stringify({ mailAddress, password, oneTimeCode }),
    });
    if (answer.status !== 201) throw new Error(`${name} was not let in: ${answer.status}`);
    const given = [answer.headers['set-cookie'] ?? ''].flat()[0] ?? '';
    this.#cookies.set(caller, given.split(';')[0] ?? '');
  }
}
