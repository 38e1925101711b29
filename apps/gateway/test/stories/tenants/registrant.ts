import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Operation } from '../../../../../tools/campaigns/fuzz/operations.js';
import {
  freshJwk,
  RegisteredSoftware,
} from '../../../../../tools/campaigns/fuzz/registered-software.js';
import type {
  WireAnswer,
  WireRequest,
} from '../../../../../tools/campaigns/gateway-ground/door.js';
import { bodyOf } from '../../../../../tools/campaigns/gateway-ground/software.js';
import type { Stage } from '../../../../../tools/campaigns/gateway-ground/stage.js';
import { mintLeaf } from '../../../../../tools/certificates/mint.js';
import { machineNow } from '../../../../../tools/machine-clock.js';
import type { DemoIssuer } from '../../../../../tools/start/statement-issuer.js';
import { ChangeDesk } from '../../../src/clients/index.js';

type Body = Readonly<Record<string, unknown>>;
/** Ids of a registration, by the place of a request that takes them. */
export type RegistrationIds = Readonly<Record<string, string>>;

/** What of an answer an update does not repeat (RFC 7592 section 2.2). */
const NOT_REPEATED = [
  'registration_access_token',
  'registration_client_uri',
  'client_id_issued_at',
  'pending_change',
];

/** One registration with everything that can belong to one: keys, a certificate, a change that waits. */
export class Registrant {
  #certificateKid = '';
  #changeId = '';

  private constructor(
    private readonly stage: Stage,
    readonly software: RegisteredSoftware,
  ) {}

  static async of(stage: Stage, epspId: string): Promise<Registrant> {
    const issuer = JSON.parse(await readFile(stage.statementIssuerFile, 'utf8')) as DemoIssuer;
    const send = (request: WireRequest) => stage.doors[0]!.ask(request);
    const software = new RegisteredSoftware({ origin: stage.origin, issuer, epspId, send });
    await software.mend();
    const made = new Registrant(stage, software);
    await made.#certify();
    const waiting = await made.#ask('/keys', { jwk: freshJwk() });
    made.#changeId = String(waiting['change_id']);
    return made;
  }

  get ids(): RegistrationIds {
    const { clientId, softwareId, kids } = this.software;
    return {
      clientId,
      client_id: clientId,
      software_id: softwareId,
      kid: String(kids[1]),
      certificateKid: this.#certificateKid,
      changeId: this.#changeId,
    };
  }

  /** What nobody else may be told. */
  get secrets(): readonly string[] {
    return [...Object.values(this.ids), ...this.software.kids, this.software.token];
  }

  /** As its owner sees it, to be compared with itself later. */
  async state(): Promise<readonly string[]> {
    const { clientId, token } = this.software;
    const headers = { authorization: `Bearer ${token}` };
    const seen: string[] = [];
    for (const part of ['', '/keys', '/certificates', '/changes']) {
      const path = `/register/${clientId}${part}`;
      const answer = await this.#send({ method: 'GET', path, headers });
      seen.push(`${part} ${answer.status} ${answer.text}`);
    }
    return seen;
  }

  /** The members that an update repeats. */
  async #wish(): Promise<Body> {
    const { clientId, token } = this.software;
    const headers = { authorization: `Bearer ${token}` };
    const path = `/register/${clientId}`;
    const body = bodyOf(await this.#send({ method: 'GET', path, headers }));
    return Object.fromEntries(
      Object.entries(body).filter(([name]) => !NOT_REPEATED.includes(name)),
    );
  }

  /** The route asked for `ids`, with its own token, and a proof by its own key in the name of `named`. */
  async request(route: Operation, ids: RegistrationIds, named?: string): Promise<WireRequest> {
    const valueOf = (name: string): string => ids[placeOf(route, name)] ?? '';
    const path = route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => valueOf(name));
    const body = await this.#bodyOf(route, ids);
    const request: WireRequest = {
      method: route.method,
      path,
      headers: {
        authorization: `Bearer ${this.software.token}`,
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      body: body && JSON.stringify(body),
    };
    const takesProof = route.parameters.some(({ name }) => name === 'Key-Proof');
    return takesProof ? this.#proven(request, named) : request;
  }

  async #bodyOf(route: Operation, ids: RegistrationIds): Promise<Body | undefined> {
    const replaces = ids[placeOf(route, 'replaces')];
    switch (route.id) {
      case 'registerSoftware': {
        const clientId = ids['client_id'];
        const statement = { software_statement: this.software.newStatement() };
        // One's own id is the server's to give: only a foreign one is worth a try.
        return clientId === this.software.clientId
          ? statement
          : { ...statement, client_id: clientId };
      }
      case 'recoverRegistration':
        return { software_id: ids['software_id'] };
      case 'updateRegistration':
        // What needs the proof: without a change of this kind nothing is asked of a key.
        return {
          ...(await this.#wish()),
          client_id: ids['client_id'],
          redirect_uris: ['https://app.localhost:8446/callback/another'],
        };
      case 'addKey':
        return { jwk: freshJwk(), replaces };
      case 'addCertificate':
        return { ...(await this.#certificate()), replaces };
      case 'reportKey':
      case 'reportCertificate':
        return { reason: 'lost in a train' };
      default:
        return undefined;
    }
  }

  async #certify(): Promise<void> {
    const certificate = await this.#certificate();
    const change = await this.#ask('/certificates', certificate);
    const desk = new ChangeDesk(this.stage.databases.gateway.ownerUrl);
    try {
      const decided = await desk.decide({
        changeId: String(change['change_id']),
        contentHash: String(change['content_hash']),
        outcome: 'approved',
        proposalId: 'prp_01j00000000000000000000000',
        decidedBy: ['aiko@bank.example', 'goro@bank.example'],
      });
      if (!decided.ok) throw new Error(decided.refusal.code);
    } finally {
      await desk.close();
    }
    this.#certificateKid = certificate.kid;
  }

  async #certificate(): Promise<{ certificate: string; kid: string }> {
    const { clientAuthority } = this.stage.certificates;
    const authority = {
      certificate: await readFile(clientAuthority.certificate, 'utf8'),
      key: await readFile(clientAuthority.key, 'utf8'),
    };
    const leaf = { name: `${randomUUID()}.example`, use: 'client' } as const;
    const { certificate } = await mintLeaf(authority, leaf, machineNow());
    return { certificate, kid: `tls-${randomUUID()}` };
  }

  /** A change that is asked for with token and proof, and has to be taken. */
  async #ask(part: string, body: Body): Promise<Body> {
    const { clientId, token } = this.software;
    const answer = await this.#send(
      this.#proven({
        method: 'POST',
        path: `/register/${clientId}${part}`,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    );
    if (answer.status !== 202) throw new Error(`${part}: ${answer.text.slice(0, 300)}`);
    return bodyOf(answer);
  }

  #proven(request: WireRequest, named?: string): WireRequest {
    const proof = this.software.proof(request, undefined, named);
    return { ...request, headers: { ...request.headers, 'key-proof': proof } };
  }

  #send(request: WireRequest): Promise<WireAnswer> {
    return this.stage.doors[0]!.ask(request);
  }
}

/** Which id stands at a parameter or member: a certificate's kid is another one than a signing key's. */
export function placeOf({ path }: Operation, name: string): string {
  if (name !== 'kid' && name !== 'replaces') return name;
  return path.includes('/certificates') ? 'certificateKid' : 'kid';
}
