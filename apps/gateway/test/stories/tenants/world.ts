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
import { withConnection } from '../../../../../tools/databases/index.js';
import { openStage, type Stage } from '../../../../../tools/campaigns/gateway-ground/stage.js';
import { oneYen } from '../../../../../tools/campaigns/stop/confirmations.js';
import type { DemoPerson } from '../../../../../tools/start/seeds.js';
import { OWN_SCOPES } from '../../../src/clients/index.js';
import { ConsoleOfficers } from '../console-officers.js';
import { AOBA, MINATO, until } from '../scene.js';
import { noticeIds } from './notices.js';

/** Where both intermediaries have a demand and a case. */
const OWN_BANK = '2963';
/** An institution that the agreement of who asks leaves out (RKN-0.2). */
const LEFT_OUT = '2972';

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
  readonly ask: Ask;
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
  /** An institution with which who asks has nothing to do. */
  readonly leftOut: string;
  send(software: Software, make: () => WireRequest): Promise<WireAnswer>;
  close(): Promise<void>;
}

export async function openWorld(): Promise<World> {
  const stage = await openStage({ nodes: 1, environment: { GATEWAY_PATIENCE: '30' } });
  try {
    await leaveOut(stage, MINATO, LEFT_OUT);
    const world = await worldOn(stage, true);
    return { ...world, stage, leftOut: LEFT_OUT, close: () => stage.stop() };
  } catch (error) {
    await stage.stop();
    throw error;
  }
}

/** The agreement no longer covers the institution. */
const leaveOut = ({ databases }: Stage, epspId: string, bankCode: string): Promise<unknown> =>
  withConnection(databases.bank.adminUrl, (client) =>
    client.query(
      `update federation.agreement_institution c set covered_to = c.covered_from + 1
       from federation.agreement a, institution_code i
       where a.id = c.agreement_id and a.intermediary_id = $1
         and i.institution_id = c.institution_id and i.code = $2`,
      [epspId, bankCode],
    ),
  );

/** The same on a stage that somebody else opened and closes; with notices only where bank time may be moved. */
export async function worldOn(
  stage: Stage,
  withNotices = false,
): Promise<Omit<World, 'stage' | 'close' | 'leftOut'>> {
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
  const parties = [await partyOf(minato, door, officers), await partyOf(aoba, door, officers)];
  const noticed = withNotices ? await noticeIds(stage, officers, parties) : [];
  const [me, stranger] = parties.map((party, at) => ({
    ...party,
    ids: { ...party.ids, ...noticed[at] },
  })) as [Party, Party];
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

/** An event that polling brought, and that nobody has acknowledged. */
async function anEventOf(software: Software, door: Door, own: string): Promise<string> {
  let eventId: string | undefined;
  await until(async () => {
    const answer = await software.ask(door, () =>
      withJson(software.call(own, '/v1/events', 'POST'), {
        maxEvents: 1,
        returnImmediately: true,
        acknowledged: [],
        errors: [],
      }),
    );
    const events = (bodyOf(answer)['events'] ?? []) as { id: string }[];
    eventId = events[0]?.id;
    return eventId !== undefined;
  });
  return eventId ?? '';
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
  const ask = askAs(software, door, own);
  const ids = {
    ...(await eventIds(ask)),
    ...(await linkageIds(ask, officers, software.client)),
    ...(await caseIds(ask, officers)),
    ...(await incidentIds(ask)),
    ...(await onboardingIds(ask)),
    ...(await securityIds(software, door, own)),
    ...(await partnerIds(ask, software.client)),
  };
  return { software, own, ask, ids };
}

export type Ask = (
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

/** A service of its own; the partner through which it works, or one that it proposes. */
async function partnerIds(
  ask: Ask,
  { chain_partners: [contracted] }: Software['client'],
): Promise<Ids> {
  const { services } = await ask('GET', '/v1/participants/me');
  const [service] = services as { serviceId: string }[];
  const serviceId = service?.serviceId ?? '';
  if (contracted) return { serviceId, chainPartnerId: contracted };
  const { chainPartnerId } = await ask('POST', '/v1/participants/me/chain-partners', {
    nameJa: 'ちどり家計',
    nameKana: 'チドリカケイ',
    nameEn: 'Chidori Kakei',
    legalBasis: '電子決済等代行業再委託者',
    contractFrom: '2026-01-01',
    directions: ['INFO_OUT'],
    functions: ['accounts_read'],
  });
  return { serviceId, chainPartnerId: String(chainPartnerId) };
}

/** A case as far as its statement of claim: a text that both sides accepted (RKN-L2b). */
async function caseIds(ask: Ask, officers: ConsoleOfficers): Promise<Ids> {
  const { caseId } = await ask('POST', '/v1/participants/me/compensation-cases', {
    bankCode: OWN_BANK,
    reference: `tenants-${randomUUID()}`,
    category: 'outage',
    loss: { amount: '1000000', currency: 'JPY' },
    occurredAt: '2026-03-20T10:00:00+09:00',
    knownAt: '2026-03-31T10:00:00+09:00',
    requestIds: [],
  });
  const own = `/v1/participants/me/compensation-cases/${String(caseId)}`;
  const atBank = `/cases/${OWN_BANK}/${String(caseId)}`;
  await ask('POST', `${own}/causes`, { text: '設定の誤り', evidence: ['diff'], status: 'found' });
  await officers.post(`${atBank}/scope`, { scope: 'service', evidence: ['ev-1'] });
  const grounds = '双方の記録により確認した。';
  await officers.agree(`${atBank}/attributions`, { finding: 'BOTH', grounds, evidence: ['ev-2'] });
  const amount = { amount: '800000', currency: 'JPY' };
  await ask('POST', `${own}/payments`, {
    id: 'payment-1',
    amount,
    paidAt: '2026-04-02T10:00:00+09:00',
    agreementClause: '利用規約 第12条',
  });
  await ask('POST', `${own}/agreements`, {
    version: 1,
    claimant: 'EPSP',
    amount: { amount: '1000', currency: 'JPY' },
    rationale: '双方の責めの大きさを考慮した。',
  });
  const { agreements } = await ask('GET', own);
  const { textHash } = (agreements as { textHash: string }[])[0] ?? {};
  await ask('POST', `${own}/acceptances`, { version: 1, person: '管理部長', textHash });
  await officers.post(`${atBank}/agreements/1/acceptances`, { side: 'FI', textHash });
  const { documentId } = await ask('POST', `${own}/recourse`, {
    amount: { amount: '1000', currency: 'JPY' },
    against: [{ institution: OWN_BANK }],
  });
  return { caseId: String(caseId), statementId: String(documentId) };
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
  const eventId = await anEventOf(software, door, own);
  return {
    software,
    person,
    tokens,
    ids: {
      eventId,
      bankCode,
      accountId: account?.accountId ?? '',
      consentId: tokens.consentId ?? '',
      instructionId,
      transferId: String(transferId),
    },
  };
}
