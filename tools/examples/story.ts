import pg from 'pg';
import { assert, type Words } from '#libs/kernel';
import type { SealedDocument } from '../../apps/bank-core/src/documents/index.js';
import { browserOf, push } from '../campaigns/gateway-ground/consented.js';
import type { Door, WireAnswer } from '../campaigns/gateway-ground/door.js';
import { codeOf, Software, type OwnTokens } from '../campaigns/gateway-ground/software.js';
import { openStage, type Stage } from '../campaigns/gateway-ground/stage.js';
import { approve } from '../http/index.js';
import { pause } from '../machine-clock.js';
import type { DemoPerson } from '../start/seeds.js';
import { ConsoleOfficer, type ConsoleAnswer } from './console-officer.js';
import { StoryTime } from './story-time.js';

const LOOK_MS = 100;
const LOOKS_MAX = 3_000;

/** One line of a story: what was done, on which clauses, and what was seen at the wire. */
export interface Line {
  readonly day: number;
  readonly said: Words;
  readonly clauses: readonly string[];
  readonly seen: readonly string[];
}

/** A document that the story brought about, under the name that its files get. */
export interface StoryDocument {
  readonly name: string;
  readonly sealed: SealedDocument;
}

/** A story that has been told: what its folder is written from. */
export interface ToldStory {
  readonly folder: string;
  readonly title: Words;
  readonly about: Words;
  readonly lines: readonly Line[];
  readonly documents: readonly StoryDocument[];
  /** When it began; the examples move it to a day that stays. */
  readonly begin: number;
}

/** One intermediary's software with one holder's consent; its token is fresh whenever it calls. */
export class Party {
  constructor(
    private readonly door: Door,
    readonly software: Software,
    readonly bankCode: string,
    private readonly refreshToken: string,
  ) {}

  async read(path = 'accounts'): Promise<WireAnswer> {
    const token = await this.token();
    const url = `/v1/banks/${this.bankCode}/${path}`;
    return this.software.ask(this.door, () => this.software.call(token, url));
  }

  private async token(): Promise<string> {
    const form = { grant_type: 'refresh_token', refresh_token: this.refreshToken };
    const answer = await this.software.ask(this.door, () => this.software.post('/token', form));
    assert(answer.status === 200, `The refresh was refused: ${codeOf(answer)}`);
    return this.software.tokensFrom(answer).accessToken;
  }
}

/** Both servers, officers at the console, intermediaries at the gateway, and a pen. */
export class Story {
  readonly lines: Line[] = [];
  readonly documents: StoryDocument[] = [];
  #time: StoryTime | undefined;
  #seen: string[] = [];
  readonly #officers = new Map<string, ConsoleOfficer>();

  private constructor(
    readonly stage: Stage,
    readonly bank: pg.Client,
    readonly door: Door,
    private readonly say: (word: string) => void,
  ) {}

  /** `say` hears what is seen while the story goes on. */
  static async open(say: (word: string) => void = () => undefined): Promise<Story> {
    const stage = await openStage({ nodes: 1, environment: { GATEWAY_PATIENCE: '30' } });
    const bank = new pg.Client({ connectionString: stage.databases.bank.adminUrl });
    bank.on('error', () => undefined);
    await bank.connect();
    const [door] = stage.doors;
    assert(door, 'A stage has a node.');
    return new Story(stage, bank, door, say);
  }

  async close(): Promise<void> {
    await this.bank.end();
    await this.stage.stop();
  }

  get time(): StoryTime {
    assert(this.#time, 'The clock of the story has not begun.');
    return this.#time;
  }

  async begin(): Promise<void> {
    this.#time = await StoryTime.stop(this.bank);
  }

  /** Time passes; whoever works at the console logs in again. */
  async pass(span: { readonly days?: number; readonly minutes?: number }): Promise<void> {
    await this.time.pass(span);
    this.#officers.clear();
  }

  software(epspId: string): Software {
    const client = this.stage.clients.find((each) => each.epsp_id === epspId);
    assert(client, `The seed has no ${epspId}.`);
    return new Software(client, this.stage.origin);
  }

  person(loginId: string): DemoPerson {
    const person = this.stage.people.find((each) => each.loginId === loginId);
    assert(person, `The seed has no ${loginId}.`);
    return person;
  }

  /** The holder agrees at the bank's own pages; the consent is good for ninety days. */
  async consent(software: Software, holder: DemoPerson, chainPartner = 'none'): Promise<Party> {
    const detail = {
      type: 'account_information',
      bank_code: holder.bankCode,
      permissions: ['accounts_read', 'balances_read', 'transactions_read'],
      purpose: 'household_accounting',
      term_days: 90,
      chain_partner: chainPartner,
    };
    const tokens = await this.approved(software, holder, 'accounts', detail);
    return new Party(this.door, software, holder.bankCode, tokens.refreshToken ?? '');
  }

  async approved(
    software: Software,
    holder: DemoPerson,
    scope: string,
    detail: object,
  ): Promise<OwnTokens> {
    const pushed = await push(software, this.door, scope, detail);
    const browser = browserOf(this.stage, software);
    const now = this.#time?.now ?? Date.now;
    const { landedAt } = await approve(browser, pushed.url, holder, now);
    const answer = await software.ask(this.door, () =>
      software.post('/token', software.exchange(pushed, landedAt)),
    );
    assert(answer.status === 200, `The exchange was refused: ${codeOf(answer)}`);
    return software.tokensFrom(answer);
  }

  async officer(name: string): Promise<ConsoleOfficer> {
    const known = this.#officers.get(name);
    if (known) return known;
    const found = this.stage.officers.find(({ mailAddress }) => mailAddress.startsWith(`${name}@`));
    assert(found, `There is no officer ${name}.`);
    const { consoleOrigin, fetch } = this.stage;
    const officer = new ConsoleOfficer(consoleOrigin, fetch, found, this.time.now);
    await officer.logIn();
    this.#officers.set(name, officer);
    return officer;
  }

  /** Proposed by one and approved by the other: what became of it where it acted. */
  async decided(proposed: ConsoleAnswer, approver: string): Promise<Record<string, unknown>> {
    assert(proposed.status === 202, `Not proposed: ${JSON.stringify(proposed.body)}`);
    const { id, contentHash } = proposed.body;
    const officer = await this.officer(approver);
    const decision = { decision: 'approve', contentHash };
    const done = await officer.post(`/proposals/${String(id)}/decisions`, decision);
    assert(done.status === 200, `Not approved: ${JSON.stringify(done.body)}`);
    const effects = done.body['effects'] as { outcome: Record<string, unknown> }[];
    const outcome = effects[0]?.outcome ?? {};
    assert(!('refused' in outcome), `The machine refused: ${JSON.stringify(outcome)}`);
    return outcome;
  }

  /** Notes what an answer was, and insists on it: a story that goes otherwise is not told. */
  see(what: string, answer: { status: number }, status: number, code?: string): void {
    const said = 'text' in answer ? codeOf(answer as WireAnswer) : codeIn(answer);
    const told = status < 400 ? String(answer.status) : `${answer.status} ${said}`;
    const expected = status < 400 ? String(status) : `${status} ${code}`;
    assert(told === expected, `${what}: expected ${expected}, got ${told}.`);
    this.#seen.push(`${what} → ${told}`);
    this.say(`  ${what} → ${told}`);
  }

  /** The same where the answer changes a moment after its cause: what was told to the gateway has to arrive. */
  async seeSoon(
    what: string,
    ask: () => Promise<WireAnswer>,
    status: number,
    code?: string,
  ): Promise<void> {
    let answer = await ask();
    for (let look = 0; look < LOOKS_MAX && !isAs(answer, status, code); look += 1) {
      await pause(LOOK_MS);
      answer = await ask();
    }
    this.see(what, answer, status, code);
  }

  async until(what: string, done: () => Promise<boolean>): Promise<void> {
    for (let look = 0; look < LOOKS_MAX; look += 1) {
      if (await done()) return;
      await pause(LOOK_MS);
    }
    throw new Error(`It never came to this: ${what}.`);
  }

  /** Ends a line with what has been seen since the last one. */
  tell(ja: string, en: string, ...clauses: string[]): void {
    const day = Math.round((this.time.now() - this.time.begin) / 86_400_000);
    this.lines.push({ day, said: { ja, en }, clauses, seen: this.#seen });
    this.#seen = [];
    this.say(en);
  }

  /** Keeps a document as it was issued. */
  keep(name: string, sealed: SealedDocument): void {
    assert('seal' in sealed, `No document ${name}: ${JSON.stringify(sealed)}`);
    this.documents.push({ name, sealed });
  }
}

const isAs = (answer: WireAnswer, status: number, code?: string): boolean =>
  answer.status === status && (code === undefined || codeOf(answer) === code);

const codeIn = (answer: object): string =>
  String((answer as { body?: { code?: unknown } }).body?.code ?? '');
