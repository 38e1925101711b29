import { readFile } from 'node:fs/promises';
import { worldOn } from '../../../apps/gateway/test/stories/tenants/world.js';
import { OWN_SCOPES } from '../../../apps/gateway/src/clients/index.js';
import { mintLeaf } from '../../certificates/mint.js';
import { elapsedMs, machineNow, stopwatch } from '../../machine-clock.js';
import type { DemoIssuer } from '../../start/statement-issuer.js';
import { consented } from '../gateway-ground/consented.js';
import type { Door, WireAnswer, WireRequest } from '../gateway-ground/door.js';
import { Signer } from '../gateway-ground/signer.js';
import { bodyOf, codeOf, Software } from '../gateway-ground/software.js';
import type { Stage } from '../gateway-ground/stage.js';
import type { Caller } from './callers.js';
import type { Draft } from './draft.js';
import { Known } from './known.js';
import { Names } from './names.js';
import { Officers } from './officers.js';
import type { Part } from './part.js';
import { RegisteredSoftware } from './registered-software.js';
import { secretsFrom, type Question } from './secrets.js';

const TOKEN_MS_MAX = 200_000;
const BANK = '2963';
const CERTIFICATES = 3;

/** What another door than the gateway's own leads to. */
export interface Doors {
  readonly gateway: Door;
  readonly console: Door;
}

/**
 * Who takes part: a holder of one intermediary, from whose side everything is asked, and another holder of another
 * intermediary, whose ids are known and must lead nowhere; software that registers; officers at the console.
 */
export class Cast {
  readonly #known = new Known();
  /** What officers saw is theirs: it would only lead the intermediary astray. */
  readonly #seenByOfficers = new Known();
  readonly #names: Names;
  /** What the accounts of each side call their holder. */
  readonly #kana = new Map<Part, readonly string[]>();
  #since = stopwatch();

  private constructor(
    private readonly stage: Stage,
    private readonly door: Door,
    private readonly self: Part,
    private readonly other: Part,
    private readonly software: readonly [own: RegisteredSoftware, other: RegisteredSoftware],
    readonly officers: Officers,
    certificates: readonly string[],
  ) {
    this.#names = new Names({ self, other, software: software[0], certificates, bank: BANK });
  }

  static async gather(stage: Stage, doors: Doors): Promise<Cast> {
    const world = await worldOn(stage);
    const { me, mine, stranger, otherIntermediary } = world;
    const part = (party: typeof me, tenant: typeof mine): Part => {
      const { software, own, ids } = party;
      const { person, tokens } = tenant;
      return { software, person, tokens, own, ids: { ...ids, ...tenant.ids } };
    };
    const [self, other] = [part(stranger, otherIntermediary), part(me, mine)];
    const issuer = JSON.parse(await readFile(stage.statementIssuerFile, 'utf8')) as DemoIssuer;
    const registered = ({ software }: Part) =>
      new RegisteredSoftware({
        origin: stage.origin,
        issuer,
        epspId: software.client.epsp_id,
        send: (request) => twice(() => doors.gateway.ask(request)),
      });
    const software = [registered(self), registered(other)] as const;
    const officers = await Officers.logIn(doors.console, stage.consoleOrigin, stage.officers);
    const cast = new Cast(
      stage,
      doors.gateway,
      self,
      other,
      software,
      officers,
      await certificatesOf(stage),
    );
    await cast.mend();
    cast.#learnOwn();
    await cast.#learnKana();
    return cast;
  }

  /** What must never be told to who asks this and did not say it first. */
  secretsFrom(question: Question): readonly string[] {
    const { self, other, officers } = this;
    const [own, others] = this.software;
    return secretsFrom(question, {
      self,
      other,
      people: this.stage.people,
      kana: this.#kana,
      bankOf: (caller) => officers.bankOf(caller),
      ofOfficers: officers.secrets,
      registrations: [own.token, others.token],
    });
  }

  async #learnKana(): Promise<void> {
    for (const part of [this.self, this.other]) {
      const path = `/v1/banks/${BANK}/accounts`;
      const { text } = await part.software.ask(this.door, () =>
        part.software.call(part.tokens.accessToken, path),
      );
      const names = [...text.matchAll(/"nameKana":"([^"]+)"/g)].map(([, name = '']) => name);
      if (names.length === 0) throw new Error('An account names its holder.');
      this.#kana.set(part, names);
    }
  }

  /** Takes in what a good answer told its rightful asker; later requests ask about it. */
  learn(caller: Caller, operationId: string | undefined, answer: WireAnswer): void {
    if (answer.status >= 300) return;
    if (caller === 'officer') this.#seenByOfficers.learn(answer.text);
    if (caller === 'registrant' || caller === 'misproven')
      this.software[0].hear(operationId, answer);
    if (caller === 'other_registrant') this.software[1].hear(operationId, answer);
    if (!['holder', 'own', 'registrant'].includes(caller)) return;
    this.#known.learn(answer.text);
    const { etag } = answer.headers;
    if (operationId === 'getParticipant' && typeof etag === 'string') this.#known.set('etag', etag);
    if (operationId === 'exportChecklistAnswers') this.#known.set('table', answer.text);
    for (const [, change = ''] of answer.text.matchAll(/"change_id":"(\w+)"/g))
      this.#known.add('chg', change);
  }

  /** The draft as it is sent: known names filled in, signed by whoever is said to ask. */
  requestOf(draft: Draft, nth: number): WireRequest {
    const seen = draft.caller === 'officer' ? this.#seenByOfficers : undefined;
    const fill = (text: string): string => this.#names.fill(text, nth, this.#known, seen);
    const headers = Object.fromEntries(
      Object.entries(draft.headers ?? {}).map(([name, text]) => [name, fill(text)]),
    );
    const path = fill(draft.path);
    const { method } = draft;
    if (draft.form) return this.#form(draft, path, headers, fill);
    const body = draft.body === undefined ? undefined : fill(draft.body);
    const inside = path.startsWith('/internal/') ? this.nameInside : {};
    const request = { method, path, headers: { ...inside, ...headers }, body };
    return {
      ...request,
      headers: { ...request.headers, ...this.#signed(draft.caller, request, nth) },
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
    this.#learnOwn();
    this.#since = stopwatch();
  }

  /** In whose name the gateway asks inside. */
  get nameInside(): Readonly<Record<string, string>> {
    const { software, tokens } = this.self;
    return {
      'x-renkei-client': software.client.client_id,
      'x-renkei-epsp': software.client.epsp_id,
      ...(tokens.consentId ? { 'x-renkei-consent': tokens.consentId } : {}),
    };
  }

  /** New registrations where requests have ended the old ones. */
  async mend(): Promise<void> {
    for (const each of this.software) await each.mend();
  }

  /** A plain read that has to work: else what follows would only be refused. */
  async isWell(): Promise<boolean> {
    const { software, tokens } = this.self;
    const path = `/v1/banks/${BANK}/accounts`;
    const answer = await twice(() =>
      software.ask(this.door, () => software.call(tokens.accessToken, path)),
    );
    if (answer.status === 200) this.#known.learn(answer.text);
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

  #learnOwn(): void {
    const { ids, person, tokens, software } = this.self;
    for (const [member, id] of Object.entries(ids))
      this.#known.learn(JSON.stringify({ [member]: id }));
    for (const { accountId } of person.accounts) this.#known.add('acc', accountId);
    for (const id of software.client.chain_partners) this.#known.add('cp', id);
    this.#known.add('instruction', ids['instructionId'] ?? '');
    if (tokens.consentId) this.#known.add('cns', tokens.consentId);
  }

  #signed(caller: Caller, request: WireRequest, nth: number): Record<string, string> {
    const { self, other } = this;
    const call = ({ software }: Part, token: string) => {
      const { headers = {} } = software.call(token, request.path, request.method);
      return { ...headers };
    };
    switch (caller) {
      case 'holder':
        return call(self, self.tokens.accessToken);
      case 'own':
        return call(self, self.own);
      case 'other_holder':
        return call(other, other.tokens.accessToken);
      case 'other_own':
        return call(other, other.own);
      case 'registrant':
      case 'misproven':
      case 'other_registrant':
        return this.#proven(caller, request, nth);
      case 'officer':
      case 'other_officer':
      case 'auditor':
      case 'logged_out':
        return this.officers.headersOf(caller);
      case 'forged':
        return this.#forged(request);
      case 'nobody':
        return {};
    }
  }

  /** The registration's token, and its proof where the request is meant to carry one. */
  #proven(caller: Caller, request: WireRequest, nth: number): Record<string, string> {
    const software = this.software[caller === 'other_registrant' ? 1 : 0];
    const authorization = `Bearer ${software.token}`;
    if (request.headers?.['Key-Proof'] !== GOOD_PROOF) return { authorization };
    const isWrong = caller === 'misproven';
    const proof = isWrong ? software.wrongProof(request, nth) : software.proof(request);
    return { authorization, 'Key-Proof': proof };
  }

  /** Somebody with the right words and no right: another's key, another's token, another site. */
  #forged(request: WireRequest): Record<string, string> {
    const { path, method } = request;
    if (path.startsWith('/staff/')) return this.officers.headersOf('forged');
    if (path.startsWith('/register')) return { authorization: 'Bearer reg_nobody' };
    const { client, origin } = this.self.software;
    const forger = new Software(client, origin, FORGER);
    return { ...forger.call(this.self.tokens.accessToken, path, method).headers };
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
/** What stands where a proof belongs until the request is known over which it is made. */
export const GOOD_PROOF = 'proof';

/** Certificates of intermediaries that nobody has registered. */
async function certificatesOf({ certificates }: Stage): Promise<string[]> {
  const { certificate, key } = certificates.clientAuthority;
  const authority = {
    certificate: await readFile(certificate, 'utf8'),
    key: await readFile(key, 'utf8'),
  };
  const made: string[] = [];
  for (let at = 0; at < CERTIFICATES; at += 1) {
    const leaf = { name: `fuzz-${at}.example`, use: 'client' } as const;
    made.push((await mintLeaf(authority, leaf, machineNow())).certificate);
  }
  return made;
}
