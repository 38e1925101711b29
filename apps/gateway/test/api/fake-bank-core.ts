import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type {
  ApprovalRequest,
  ApprovalResult,
  CatalogueView,
  ChangeView,
  ConsentChange,
  LinkMessage,
  LinkStateView,
  OutageView,
  TransferRequest,
  TransferView,
} from '../../src/bank/index.js';
import { catalogue, emptyTransfer, MINATO, NOW } from './fixtures.js';
import type { Refused, SeenCall } from './fake-call.js';
import { letterRoute, ownAffairsRoute } from './fake-own-affairs.js';
import { questionRoute } from './fake-questions.js';
import { consentRoute, fakeConsents } from './fake-consents.js';
import { readRoute } from './fake-reads.js';

type ApprovedConsent = NonNullable<ApprovalResult['consent']>;

interface OpenApproval extends ApprovalRequest {
  readonly handle: string;
  readonly clientId: string;
}

export interface BankFiles {
  readonly certificate: string;
  readonly key: string;
  readonly insideAuthority: string;
}

/**
 * bank-core as its internal contract says, without a bank behind it: one server over mutual TLS that
 * remembers what it was asked. For the api ring only; the story ring runs the real one.
 */
export class FakeBankCore {
  readonly calls: SeenCall[] = [];
  readonly catalogue: CatalogueView = structuredClone(catalogue);
  readonly transfers = new Map<string, TransferView>();
  readonly consents = fakeConsents();
  readonly approvals = new Map<string, OpenApproval>();
  readonly results = new Map<string, ApprovalResult>();
  /** Answers the next calls whose path contains the key with a refusal, with silence, or 200 with what is no answer. */
  readonly refusals = new Map<string, Refused | 'silence' | 'garbage' | 'other_shape'>();
  /** Answers whole of its own, by path: what is long, or drawn. */
  readonly answers = new Map<string, { headers: Record<string, string>; bytes: Buffer }>();
  private readonly streams = new Map<ServerResponse, 'links' | 'consents'>();
  private readonly links = new Map<string, { version: number; states: LinkStateView[] }>();
  /** What gateways told of their calls and certificates, oldest first. */
  readonly reports: unknown[] = [];
  private heartbeat: NodeJS.Timeout | undefined;
  private readonly consentChanges: ConsentChange[] = [];
  private consentCursor = 0;
  private readonly held: {
    readonly fragment: string;
    readonly arrive: () => void;
    readonly released: Promise<void>;
  }[] = [];
  /** Whether the streams say anything of themselves; without it the links' stream is silent. */
  beats = true;
  /** What intermediaries have to hear of, in order. */
  readonly changes: ChangeView[] = [];
  readonly outages: OutageView[] = [];
  /** How many changes one page holds. */
  changePage = 500;
  /** Where the answers of `POST /approvals` lead to. */
  approvalOrigin: string;

  private constructor(
    private readonly server: Server,
    readonly bankOrigin: string,
  ) {
    this.approvalOrigin = bankOrigin;
    for (const { bankCode } of this.catalogue.institutions)
      this.links.set(bankCode, { version: 0, states: [] });
  }

  static async start(files: BankFiles, bankOrigin: string): Promise<FakeBankCore> {
    const server = createServer({
      cert: readFileSync(files.certificate),
      key: readFileSync(files.key),
      ca: readFileSync(files.insideAuthority),
      requestCert: true,
      rejectUnauthorized: true,
    });
    const fake = new FakeBankCore(server, bankOrigin);
    server.on('request', (request, response) => void fake.answer(request, response));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    fake.heartbeat = setInterval(() => fake.beat(), 100);
    return fake;
  }

  get url(): string {
    return `https://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    clearInterval(this.heartbeat);
    this.server.closeAllConnections();
    await new Promise<void>((done) => this.server.close(() => done()));
  }

  /** Lets the next calls whose path contains `fragment` wait until they are released. */
  hold(fragment: string): { readonly arrived: Promise<void>; release(): void } {
    const arrived = Promise.withResolvers<void>();
    const released = Promise.withResolvers<void>();
    const held = { fragment, arrive: arrived.resolve, released: released.promise };
    this.held.push(held);
    const release = (): void => {
      this.held.splice(this.held.indexOf(held), 1);
      released.resolve();
    };
    return { arrived: arrived.promise, release };
  }

  callsTo(fragment: string): SeenCall[] {
    return this.calls.filter(({ path }) => path.includes(fragment));
  }

  /** Stops or reopens a link, as a commit at bank-core would: one version, one change on the stream. */
  changeLink(bankCode: string, state: Omit<LinkStateView, 'clause' | 'since' | 'until'>): void {
    const link = this.links.get(bankCode)!;
    link.version += 1;
    const full = { ...state, clause: 'RKN-S4c', since: NOW, until: null };
    link.states = [
      ...link.states.filter(
        (old) =>
          old.epspId !== state.epspId ||
          old.chainPartnerId !== state.chainPartnerId ||
          old.function !== state.function,
      ),
      full,
    ];
    this.tell('links', { type: 'change', bankCode, version: link.version, states: [full] });
  }

  /** Something happened that an intermediary has to hear of. */
  tellChange(
    change: Omit<ChangeView, 'key' | 'at' | 'was' | 'reason' | 'detail'> & Partial<ChangeView>,
  ): void {
    const key = `4:${this.changes.length + 1}`;
    this.changes.push({ key, at: NOW, was: null, reason: null, detail: {}, ...change });
  }

  changeConsent(consentId: string, state: string, reason: string | null = null): void {
    this.consentCursor += 1;
    const cursor = String(this.consentCursor);
    const change = {
      type: 'consent',
      bankCode: '2963',
      consentId,
      state,
      change: state,
      reason,
      by: 'bank',
      version: 2,
      happenedAt: NOW,
      expiresAt: null,
      epspId: MINATO,
      clientId: 'minato-kakei',
      chainPartnerId: 'none',
      cursor,
    } as const;
    this.consentChanges.push(change);
    this.tell('consents', change);
  }

  /** The consent has ended: what was told of its approval tells that as well from now on. */
  endConsent(consentId: string, endedCode: NonNullable<ApprovedConsent['endedCode']>): void {
    for (const [handle, { consent, ...result }] of this.results)
      if (consent?.consentId === consentId)
        this.results.set(handle, { ...result, consent: { ...consent, endedCode } });
  }

  /** Cuts both streams, as a restart of bank-core does. */
  dropStreams(): void {
    for (const response of this.streams.keys()) response.destroy();
  }

  /** What the holder does on bank-core's pages; answers where the browser is sent. */
  decide(approvalUrl: string, result: Partial<ApprovalResult>): string {
    const opened = this.approvals.get(new URL(approvalUrl).pathname.split('/').at(-1) ?? '');
    if (!opened) throw new Error('This handle is not open.');
    this.approvals.delete(opened.handle);
    const handle = randomBytes(24).toString('base64url');
    this.results.set(handle, {
      approvalId: `apr_${opened.handle}`,
      requestKey: opened.requestKey,
      outcome: 'approved',
      reason: null,
      subject: null,
      bankCode: opened.bankCode ?? null,
      consent: null,
      transfer: null,
      ...result,
    });
    return `${opened.returnUrl}?handle=${handle}`;
  }

  private tell(stream: 'links' | 'consents', message: object): void {
    for (const [response, kind] of this.streams)
      if (kind === stream) response.write(`${JSON.stringify(message)}\n`);
  }

  private beat(): void {
    if (!this.beats) return;
    const versions = Object.fromEntries(
      [...this.links].map(([code, { version }]) => [code, version]),
    );
    this.tell('links', { type: 'heartbeat', versions });
    this.tell('consents', { type: 'heartbeat', cursor: String(this.consentCursor) });
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '', 'https://bank-core.internal');
    const path = url.pathname.replace('/internal/v1/', '');
    const body = await bodyOf(request);
    const { method = '', headers } = request;
    const call = { method, path, query: url.searchParams, headers, body };
    if (path.endsWith('/stream')) return this.openStream(path, url.searchParams, response);
    // What nodes tell of themselves is nobody's call.
    if (path === 'links/reached') return void response.writeHead(204).end();
    if (path === 'links/gateway-reports') {
      this.reports.push(body);
      return void response.writeHead(204).end();
    }
    this.calls.push(call);
    for (const held of this.held.filter(({ fragment }) => path.includes(fragment))) {
      held.arrive();
      await held.released;
    }
    for (const [fragment, refusal] of this.refusals) {
      if (!path.includes(fragment)) continue;
      if (refusal === 'silence') return void response.destroy();
      if (refusal === 'garbage') return void response.writeHead(200).end('<html>');
      if (refusal === 'other_shape') return send(response, 200, {});
      return refuse(response, refusal);
    }
    if (path === 'changes') return this.readChanges(url.searchParams, response);
    const letter = this.answers.get(path) ?? letterRoute(call);
    if (letter) return void response.writeHead(200, letter.headers).end(letter.bytes);
    const answer = this.route(call);
    if ('code' in answer) return refuse(response, answer as Refused);
    send(response, answer.status, answer.body);
  }

  /** Waits a little where there is nothing, as bank-core waits longer. */
  private async readChanges(query: URLSearchParams, response: ServerResponse): Promise<void> {
    const from = Number(query.get('cursor') ?? 0);
    const until = performance.now() + 500;
    while (this.changes.length <= from && performance.now() < until)
      await new Promise((next) => setTimeout(next, 10));
    const changes = this.changes.slice(from, from + this.changePage);
    send(response, 200, { changes, cursor: String(from + changes.length || '') });
  }

  private openStream(path: string, query: URLSearchParams, response: ServerResponse): void {
    const kind = path.startsWith('links') ? 'links' : 'consents';
    response.writeHead(200, { 'content-type': 'application/x-ndjson' });
    response.flushHeaders();
    this.streams.set(response, kind);
    response.once('close', () => this.streams.delete(response));
    const cursor = Number(query.get('cursor') ?? 0);
    if (kind === 'consents')
      for (const change of this.consentChanges)
        if (Number(change.cursor) > cursor) response.write(`${JSON.stringify(change)}\n`);
    // A bank that has gone silent tells nothing to who comes again either.
    if (kind === 'links' && this.beats)
      for (const [bankCode, { version, states }] of this.links)
        response.write(
          `${JSON.stringify({ type: 'snapshot', bankCode, version, states } satisfies LinkMessage)}\n`,
        );
  }

  private route(call: SeenCall): { status: number; body: unknown } | Refused {
    const { method, path, body } = call;
    if (path === 'outages') return { status: 200, body: { outages: this.outages } };
    if (path === 'catalogue') return { status: 200, body: this.catalogue };
    if (path === 'approvals') return this.openApproval(call);
    if (path === 'approvals/results') {
      const { handle } = body as { handle: string };
      // The same again, as often as it is asked for: a gateway may die before it kept the answer.
      const result = this.results.get(handle);
      return result ? { status: 200, body: result } : { status: 404, code: 'not_found' };
    }
    const transfers = /^institutions\/(\d{4})\/transfers(?:\/(\w+))?$/.exec(path);
    if (transfers && method === 'POST') return this.prepare(call, transfers[1]!);
    if (transfers) return this.findTransfer(call, transfers[2]);
    if (path.endsWith('/revocations')) return { status: 204, body: undefined };
    return (
      ownAffairsRoute(call) ??
      consentRoute(this.consents, call) ??
      readRoute(call) ??
      questionRoute(call) ?? { status: 404, code: 'not_found' }
    );
  }

  private openApproval({ body, headers }: SeenCall) {
    const request = body as ApprovalRequest;
    for (const [handle, open] of this.approvals)
      if (open.requestKey === request.requestKey) this.approvals.delete(handle);
    const handle = randomBytes(24).toString('base64url');
    const clientId = String(headers['x-renkei-client']);
    this.approvals.set(handle, { ...request, handle, clientId });
    const url = `${this.approvalOrigin}/approvals/${handle}`;
    return { status: 201, body: { approvalId: `apr_${handle}`, url } };
  }

  private prepare({ body, headers }: SeenCall, bankCode: string) {
    const request = body as TransferRequest;
    const key = `${bankCode} ${String(headers['x-renkei-client'])} ${request.instructionId}`;
    const known = this.transfers.get(key);
    if (known && known.amountYen !== request.amountYen)
      return { status: 422, code: 'instruction_id_reused' };
    const partner = String(headers['x-renkei-chain-partner']);
    const view = known ?? emptyTransfer(request, bankCode, partner);
    this.transfers.set(key, view);
    return { status: known ? 200 : 201, body: view };
  }

  private findTransfer({ query, headers }: SeenCall, transferId: string | undefined) {
    const client = String(headers['x-renkei-client']);
    const found = [...this.transfers].find(
      ([key, view]) =>
        key.split(' ')[1] === client &&
        (transferId
          ? view.transferId === transferId
          : key.endsWith(` ${query.get('instructionId')}`)),
    );
    return found ? { status: 200, body: found[1] } : { status: 404, code: 'not_found' };
  }
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  return text ? (JSON.parse(text) as unknown) : undefined;
}

function refuse(response: ServerResponse, { status, code, clause, retryAfter }: Refused): void {
  if (retryAfter) response.setHeader('retry-after', String(retryAfter));
  send(response, status, { status, code, ...(clause ? { clause } : {}) });
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}
