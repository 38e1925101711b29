import { randomUUID } from 'node:crypto';
import { consented, push } from '../../../../../tools/campaigns/gateway-ground/consented.js';
import type {
  Door,
  WireAnswer,
  WireRequest,
} from '../../../../../tools/campaigns/gateway-ground/door.js';
import {
  bodyOf,
  codeOf,
  Software,
  type OwnTokens,
} from '../../../../../tools/campaigns/gateway-ground/software.js';
import { openStage, type Stage } from '../../../../../tools/campaigns/gateway-ground/stage.js';
import { oneYen } from '../../../../../tools/campaigns/stop/confirmations.js';
import type { DemoPerson } from '../../../../../tools/start/seeds.js';
import { OWN_SCOPES } from '../../../src/clients/index.js';
import { ConsoleOfficers } from '../console-officers.js';
import { AOBA, MINATO } from '../scene.js';

/** Where both intermediaries have a demand and a case. */
const OWN_BANK = '2963';

/** Ids by the name of the parameter that takes them. */
export type Ids = Readonly<Record<string, string>>;

/** One grant of one holder to one intermediary, with everything that hangs on it. */
export interface Tenant {
  readonly software: Software;
  readonly person: DemoPerson;
  readonly tokens: OwnTokens;
  readonly ids: Ids;
}

/** One intermediary's software and the token of its own affairs. */
export interface Party {
  readonly software: Software;
  readonly own: string;
  readonly ids: Ids;
}

/**
 * Two intermediaries, two holders and two institutions: `mine` is who asks, the others are who must stay unseen. All
 * of it made through the API itself.
 */
export interface World {
  readonly stage: Stage;
  readonly mine: Tenant;
  readonly me: Party;
  readonly otherHolder: Tenant;
  readonly otherInstitution: Tenant;
  readonly otherIntermediary: Tenant;
  readonly stranger: Party;
  send(software: Software, make: () => WireRequest): Promise<WireAnswer>;
  close(): Promise<void>;
}

export async function openWorld(): Promise<World> {
  const stage = await openStage({ nodes: 1, environment: { GATEWAY_PATIENCE: '30' } });
  return { ...(await worldOn(stage)), stage, close: () => stage.stop() };
}

/** The same on a stage that somebody else opened and closes. */
export async function worldOn(stage: Stage): Promise<Omit<World, 'stage' | 'close'>> {
  const [door] = stage.doors;
  if (!door) throw new Error('There is one process.');
  const minato = softwareOf(stage, MINATO);
  const aoba = softwareOf(stage, AOBA);
  const officers = await ConsoleOfficers.logIn({
    consoleOrigin: stage.consoleOrigin,
    fetch: stage.fetch,
    officers: stage.officers,
    databaseUrl: stage.databases.bank.appUrl,
  });
  const me = await partyOf(minato, door, officers);
  const stranger = await partyOf(aoba, door, officers);
  const tenant = (software: Software, loginId: string, own: string): Promise<Tenant> =>
    tenantOf(stage, software, door, loginId, own);
  return {
    me,
    stranger,
    mine: await tenant(minato, 'taro-2963', me.own),
    otherHolder: await tenant(minato, 'hanako-2963', me.own),
    otherInstitution: await tenant(minato, 'taro-2825', me.own),
    otherIntermediary: await tenant(aoba, 'hanako-2963', stranger.own),
    send: (software, make) => software.ask(door, make),
  };
}

function softwareOf(stage: Stage, epspId: string): Software {
  const client = stage.clients.find((each) => each.epsp_id === epspId);
  if (!client) throw new Error(`The seed has no ${epspId}.`);
  return new Software(client, stage.origin);
}

async function partyOf(software: Software, door: Door, officers: ConsoleOfficers): Promise<Party> {
  const answer = await software.ask(door, () =>
    software.post('/token', { grant_type: 'client_credentials', scope: OWN_SCOPES.join(' ') }),
  );
  if (answer.status !== 200) throw new Error(`No token of its own: ${codeOf(answer)}`);
  const own = String(bodyOf(answer)['access_token']);
  const [chainPartnerId] = software.client.chain_partners;
  const ask = askAs(software, door, own);
  const ids = {
    ...(await eventIds(ask)),
    ...(await linkageIds(ask, officers, software.client)),
    ...(await caseIds(ask)),
    ...(await incidentIds(ask)),
    ...(await onboardingIds(ask)),
    ...(await securityIds(software, door, own)),
  };
  return { software, own, ids: { ...ids, ...(chainPartnerId ? { chainPartnerId } : {}) } };
}

type Ask = (
  method: 'GET' | 'POST',
  path: string,
  body?: object,
) => Promise<Readonly<Record<string, unknown>>>;

/** Calls with the token of one's own affairs, each with a key of its own; throws at a refusal. */
const askAs =
  (software: Software, door: Door, own: string): Ask =>
  async (method, path, body) => {
    const key = `tenants-${randomUUID()}`;
    const answer = await software.ask(door, () => {
      const request = software.call(own, path, method);
      const keyed = { ...request, headers: { ...request.headers, 'idempotency-key': key } };
      return body ? withJson(keyed, body) : keyed;
    });
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${codeOf(answer)}`);
    return bodyOf(answer);
  };

/** A demand for improvement with its letter, and where there is a partner a request to stop it. */
async function linkageIds(
  ask: Ask,
  officers: ConsoleOfficers,
  { epsp_id: epspId, chain_partners: [partnerId] }: Software['client'],
): Promise<Ids> {
  const demandId = await officers.demand(epspId, OWN_BANK);
  const { letterId } = await ask('GET', `/v1/participants/me/improvement-demands/${demandId}`);
  const ids = { demandId, documentId: String(letterId) };
  if (!partnerId) return ids;
  await officers.askToStop(epspId, partnerId, OWN_BANK);
  const { data } = await ask('GET', '/v1/participants/me/stop-requests');
  const [request] = data as { requestId: string }[];
  return { ...ids, requestId: request?.requestId ?? '' };
}

/** A draft of a checklist, and a piece of evidence. */
async function securityIds(software: Software, door: Door, own: string): Promise<Ids> {
  const begun = await software.ask(door, () =>
    software.call(own, '/v1/participants/me/checklists', 'POST'),
  );
  const content = `tenants ${randomUUID()}`;
  const sent = await software.ask(door, () => {
    const request = software.call(own, '/v1/participants/me/evidence', 'POST');
    const headers = { 'content-type': 'application/octet-stream', 'x-file-name': 'note.txt' };
    return { ...request, headers: { ...request.headers, ...headers }, body: content };
  });
  for (const answer of [begun, sent])
    if (answer.status !== 200) throw new Error(`The checklist's part: ${codeOf(answer)}`);
  const { checklistId } = bodyOf(begun);
  const { evidenceId } = bodyOf(sent);
  return { checklistId: String(checklistId), evidenceId: String(evidenceId) };
}

async function onboardingIds(ask: Ask): Promise<Ids> {
  const purpose = `tenants ${randomUUID()}`;
  const { onboardingId } = await ask('POST', '/v1/participants/me/onboardings', { purpose });
  return { onboardingId: String(onboardingId) };
}

async function caseIds(ask: Ask): Promise<Ids> {
  const { caseId } = await ask('POST', '/v1/participants/me/compensation-cases', {
    bankCode: OWN_BANK,
    reference: `tenants-${randomUUID()}`,
    category: 'outage',
    loss: { amount: '1000000', currency: 'JPY' },
    occurredAt: '2026-03-20T10:00:00+09:00',
    knownAt: '2026-03-31T10:00:00+09:00',
    requestIds: [],
  });
  return { caseId: String(caseId) };
}

async function incidentIds(ask: Ask): Promise<Ids> {
  const { incidentId } = await ask('POST', '/v1/participants/me/incidents', {
    reference: `tenants-${randomUUID()}`,
    kind: 'service_failure',
    text: '接続サーバーが止まりました。',
    phase: 'ongoing',
    foundAt: '2026-03-31T10:00:00+09:00',
    functions: [],
    evidence: [],
    concerned: [{ bankCode: OWN_BANK }],
  });
  return { incidentId: String(incidentId) };
}

/** A subscription, and the delivery that its verification makes. */
async function eventIds(ask: Ask): Promise<Ids> {
  const { subscriptionId } = await ask('POST', '/v1/event-subscriptions', {
    url: `https://hooks.${randomUUID()}.example/renkei`,
    eventTypes: ['consent.*', 'transfer.*'],
    signatureScheme: 'v1a',
  });
  const { data } = await ask('GET', '/v1/event-deliveries');
  const [delivery] = (data ?? []) as { deliveryId?: string }[];
  if (typeof subscriptionId !== 'string' || !delivery?.deliveryId) {
    throw new Error('A new subscription is verified by a delivery.');
  }
  return { subscriptionId, deliveryId: delivery.deliveryId };
}

export const withJson = (request: WireRequest, body: object): WireRequest => ({
  ...request,
  headers: { ...request.headers, 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

async function tenantOf(
  stage: Stage,
  software: Software,
  door: Door,
  loginId: string,
  own: string,
): Promise<Tenant> {
  const person = stage.people.find((each) => each.loginId === loginId);
  const payee = stage.people.find(
    (each) => each.bankCode === person?.bankCode && each.loginId !== loginId,
  );
  if (!person || !payee) throw new Error(`The seed has no ${loginId}.`);
  const { bankCode } = person;
  const tokens = await consented(stage, software, person, door);
  const transfer = oneYen(person, payee) as { instruction_id: string };
  await push(software, door, 'transfers', transfer);
  const instructionId = transfer.instruction_id;
  const path = `/v1/banks/${bankCode}/transfers?instructionId=${instructionId}`;
  const found = await software.ask(door, () => software.call(own, path));
  const { transferId } = bodyOf(found);
  const [account] = person.accounts;
  return {
    software,
    person,
    tokens,
    ids: {
      bankCode,
      accountId: account?.accountId ?? '',
      consentId: tokens.consentId ?? '',
      instructionId,
      transferId: String(transferId),
    },
  };
}
