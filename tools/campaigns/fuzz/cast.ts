import { randomUUID } from 'node:crypto';
import { OWN_SCOPES } from '../../../apps/gateway/src/clients/index.js';
import { elapsedMs, stopwatch } from '../../machine-clock.js';
import type { DemoPerson } from '../../start/seeds.js';
import { consented } from '../gateway-ground/consented.js';
import type { Door, WireAnswer, WireRequest } from '../gateway-ground/door.js';
import { Signer } from '../gateway-ground/signer.js';
import { bodyOf, codeOf, Software, type OwnTokens } from '../gateway-ground/software.js';
import type { Stage } from '../gateway-ground/stage.js';
import type { Caller, Draft } from './requests.js';

const TOKEN_MS_MAX = 200_000;
const BANK = '2963';
const IDS = /\b(acc|cns|trf|sub|dlv)_[0-9a-z]{26}\b/g;
const KEPT_MAX = 200;

interface Part {
  readonly software: Software;
  readonly person: DemoPerson;
  tokens: OwnTokens;
  own: string;
}

/**
 * Who takes part: a holder of one intermediary, from whose side everything is asked, and another holder of another
 * intermediary, whose ids are known and must lead nowhere.
 */
export class Cast {
  readonly #known = new Map<string, string[]>();
  #since = stopwatch();

  private constructor(
    private readonly stage: Stage,
    private readonly door: Door,
    private readonly self: Part,
    private readonly other: Part,
  ) {}

  static async gather(stage: Stage): Promise<Cast> {
    const [door] = stage.doors;
    const [mine, theirs] = stage.clients;
    const people = stage.people.filter(({ bankCode }) => bankCode === BANK);
    const [self, other] = people;
    if (!door || !mine || !theirs || !self || !other) throw new Error('The seed has two of each.');
    const partOf = async (client: typeof mine, person: DemoPerson): Promise<Part> => {
      const software = new Software(client, stage.origin);
      // While the documents were read, the server may have closed a connection that stood idle.
      const tokens = await twice(() => consented(stage, software, person, door));
      return { software, person, tokens, own: '' };
    };
    const cast = new Cast(stage, door, await partOf(mine, self), await partOf(theirs, other));
    await cast.#ownTokens();
    cast.#learnAll();
    return cast;
  }

  /** What must never be told to this caller who did not say it first. */
  secretsFrom(caller: Caller): readonly string[] {
    return caller.startsWith('other_') ? secretsOf(this.self) : this.#secretsOfOthers();
  }

  #secretsOfOthers(): readonly string[] {
    const foreign = this.stage.people.filter((each) => each !== this.self.person);
    return [
      ...secretsOf(this.other),
      ...foreign.flatMap(({ accounts }) => accounts.map(({ accountId }) => accountId)),
      ...foreign.map(({ loginId }) => loginId),
    ];
  }

  /** Ids that came back in good answers are asked about later. */
  learn(text: string): void {
    for (const [id, kind] of text.matchAll(IDS)) {
      const known = this.#known.get(kind ?? '') ?? [];
      if (!known.includes(id) && known.length < KEPT_MAX) known.push(id);
      this.#known.set(kind ?? '', known);
    }
    const cursor = /[?&]cursor=([^"&]+)/.exec(text)?.[1];
    if (cursor) this.#known.set('cursor', [decodeURIComponent(cursor)]);
  }

  /** The draft as it is sent: known names filled in, signed by whoever is said to ask. */
  requestOf(draft: Draft, nth: number): WireRequest {
    const fill = (text: string): string =>
      text.replace(/\{\{(\w+)\}\}/g, (_, kind: string) => this.#named(kind, nth));
    const headers = Object.fromEntries(
      Object.entries(draft.headers ?? {}).map(([name, text]) => [name, fill(text)]),
    );
    const path = fill(draft.path);
    const { method } = draft;
    if (draft.form) return this.#form(draft, path, headers, fill);
    const signed = this.#signed(draft.caller, path, method);
    const all = { ...headers, ...signed.headers };
    return {
      method,
      path,
      headers: all,
      body: draft.body === undefined ? undefined : fill(draft.body),
    };
  }

  /** Fresh tokens in time; a new agreement where a request has ended the old one, as some may. */
  async refresh(force = false): Promise<void> {
    if (!force && elapsedMs(this.#since) < TOKEN_MS_MAX) return;
    for (const part of [this.self, this.other]) {
      const form = { grant_type: 'refresh_token', refresh_token: part.tokens.refreshToken };
      const answer = await twice(() =>
        part.software.ask(this.door, () => part.software.post('/token', form)),
      );
      part.tokens =
        answer.status === 200
          ? { ...part.tokens, accessToken: part.software.tokensFrom(answer).accessToken }
          : await twice(() => consented(this.stage, part.software, part.person, this.door));
    }
    await this.#ownTokens();
    this.#learnAll();
    this.#since = stopwatch();
  }

  /** A plain read that has to work: else what follows would only be refused. */
  async isWell(): Promise<boolean> {
    const { software, tokens } = this.self;
    const path = `/v1/banks/${BANK}/accounts`;
    const answer = await twice(() =>
      software.ask(this.door, () => software.call(tokens.accessToken, path)),
    );
    if (answer.status === 200) this.learn(answer.text);
    return answer.status === 200;
  }

  async send(request: WireRequest): Promise<WireAnswer> {
    const answer = await this.self.software.send(this.door, request);
    this.other.software.hear(request, answer);
    return answer;
  }

  async #ownTokens(): Promise<void> {
    for (const part of [this.self, this.other]) {
      const form = { grant_type: 'client_credentials', scope: OWN_SCOPES.join(' ') };
      const answer = await twice(() =>
        part.software.ask(this.door, () => part.software.post('/token', form)),
      );
      if (answer.status !== 200) throw new Error(`No token of its own: ${codeOf(answer)}`);
      part.own = String(bodyOf(answer)['access_token']);
    }
  }

  #learnAll(): void {
    const { consentId } = this.self.tokens;
    this.learn(`${consentId} ${this.self.person.accounts.map((each) => each.accountId).join(' ')}`);
  }

  #named(kind: string, nth: number): string {
    const pick = (all: readonly string[]): string => all[nth % all.length] ?? 'none';
    const { self, other } = this;
    const foreign = other.person.accounts.map(({ accountId }) => accountId);
    switch (kind) {
      case 'bank':
        return pick([BANK, BANK, BANK, BANK, BANK, BANK, BANK, '2972', '2825', '0000']);
      case 'acc':
        return pick([...(this.#known.get('acc') ?? []), ...foreign, `acc_${'0'.repeat(26)}`]);
      case 'cns':
        return pick([
          ...(this.#known.get('cns') ?? []),
          other.tokens.consentId ?? '',
          `cns_${'0'.repeat(26)}`,
        ]);
      case 'trf':
      case 'sub':
      case 'dlv':
        return pick([...(this.#known.get(kind) ?? []), `${kind}_${'0'.repeat(26)}`]);
      case 'cursor':
        return pick(this.#known.get('cursor') ?? ['none']);
      case 'instruction':
        return pick(['fuzz-1', 'fuzz-2', randomUUID()]);
      case 'partner':
        return pick([...Array<string>(9).fill('none'), ...other.software.client.chain_partners]);
      case 'refresh':
        return self.tokens.refreshToken ?? '';
      case 'other_refresh':
        return other.tokens.refreshToken ?? '';
      case 'redirect':
        return pick([self.software.client.redirect_uri, other.software.client.redirect_uri]);
      case 'client':
        return pick([self.software.client.client_id, other.software.client.client_id]);
      default:
        return 'none';
    }
  }

  #signed(caller: Caller, path: string, method: WireRequest['method']) {
    const { self, other } = this;
    switch (caller) {
      case 'holder':
        return self.software.call(self.tokens.accessToken, path, method);
      case 'own':
        return self.software.call(self.own, path, method);
      case 'other_holder':
        return other.software.call(other.tokens.accessToken, path, method);
      case 'other_own':
        return other.software.call(other.own, path, method);
      case 'forged':
        return new Software(self.software.client, self.software.origin, FORGER).call(
          self.tokens.accessToken,
          path,
          method,
        );
      case 'nobody':
        return { headers: {} };
    }
  }

  #form(
    draft: Draft,
    path: string,
    headers: Record<string, string>,
    fill: (text: string) => string,
  ): WireRequest {
    const { software } = draft.caller === 'other_own' ? this.other : this.self;
    const said = Object.entries(draft.form ?? {}).map(([name, text]) => [name, fill(text)]);
    const form = Object.fromEntries(said) as Record<string, string>;
    const request = software.post(path, form);
    const body = draft.caller === 'nobody' ? new URLSearchParams(form).toString() : request.body;
    return { ...request, body, headers: { ...request.headers, ...headers } };
  }
}

/**
 * A kept connection may be closed by the other side in the moment in which it is used again, above all after a
 * request that was refused before its body was read. Who asks once more finds out whether anybody is there.
 */
export const twice = <Value>(ask: () => Promise<Value>): Promise<Value> => ask().catch(ask);

const FORGER = Signer.fresh();

const secretsOf = ({ tokens, own, person }: Part): readonly string[] =>
  [
    ...person.accounts.map(({ accountId }) => accountId),
    person.loginPassword,
    person.totpSecretBase32,
    tokens.accessToken,
    tokens.refreshToken ?? '',
    tokens.consentId ?? '',
    own,
  ].filter((secret) => secret !== '');
