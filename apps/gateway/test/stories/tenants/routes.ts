import type { WireRequest } from '../../../../../tools/campaigns/gateway-ground/door.js';
import {
  operationsOf,
  readOpenApi,
  type Operation,
} from '../../../../../tools/campaigns/fuzz/operations.js';
import type { Ids } from './world.js';

/** Parameters that say whose something is. A route with another one is new here: say in `world.ts` whose it is. */
export const IDS_OF_TENANTS = [
  'bankCode',
  'accountId',
  'consentId',
  'transferId',
  'instructionId',
  'subscriptionId',
  'deliveryId',
  'chainPartnerId',
  'documentId',
  'demandId',
  'requestId',
  'caseId',
  'incidentId',
  'noticeId',
  'statementId',
  'checklistId',
  'onboardingId',
  'evidenceId',
];

/** Said with every call: a token without a holder does not know for whom it asks (RKN-D1a). */
const PARTNER = 'x-chain-partner-id';

/** Parameters that belong to nobody, with a value that is good everywhere. */
const OF_NOBODY: Readonly<Record<string, string>> = {
  businessDate: '2026-11-20',
  reason: 'customer_request',
  'Idempotency-Key': 'tenants-0001',
  'If-Match': '"1"',
  itemId: '4.2',
  'x-file-name': 'note.txt',
  [PARTNER]: 'none',
};

/**
 * What two sides write about a checklist begins when an institution has received it, which takes a published
 * standard, and a notice follows a period: other tests walk them, here they are asked for what is another's only.
 */
export const NEEDS_A_FILING: readonly string[] = [
  'listChecklistComments',
  'writeChecklistComment',
  'stateOnNotice',
];

/** They end what others need, so that they come last, the consent after everything else. */
const ENDS = ['deleteSubscription', 'revokeConsent'];

export const routes: readonly Operation[] = operationsOf(
  readOpenApi('gateway', 'intermediary'),
).toSorted((a, b) => ENDS.indexOf(a.id) - ENDS.indexOf(b.id));

/** Ids that the route takes: in its path, as a required part of its query, or inside its body. */
export function idsTakenBy(route: Operation): string[] {
  const named = route.parameters
    .filter(
      (parameter) => parameter.in === 'path' || (parameter.in === 'query' && parameter.required),
    )
    .map(({ name }) => name)
    .filter((name) => IDS_OF_TENANTS.includes(name));
  const example = exampleOf(route);
  const inside = IDS_OF_TENANTS.filter((name) => example !== undefined && name in example);
  return [...new Set([...named, ...inside])];
}

/** Parameters of which nobody here knows whose they are. */
export const unknownParameters = (route: Operation): string[] =>
  route.parameters
    .filter((parameter) => parameter.in === 'path' || parameter.required)
    .map(({ name }) => name)
    .filter((name) => !IDS_OF_TENANTS.includes(name) && OF_NOBODY[name] === undefined);

/** The body that the document itself gives as an example, with these ids in place of its own. */
function exampleOf(route: Operation): Readonly<Record<string, unknown>> | undefined {
  const media = route.requestBody?.content?.['application/json'] as
    { example?: Readonly<Record<string, unknown>> } | undefined;
  return media?.example;
}

const FILE = 'application/octet-stream';

/** The route asked for these ids; unsigned. */
export function requestFor(route: Operation, ids: Ids): WireRequest {
  const valueOf = (name: string): string => ids[name] ?? OF_NOBODY[name] ?? 'none';
  let { path } = route;
  const query = new URLSearchParams();
  const headers: Record<string, string> = {};
  for (const parameter of route.parameters) {
    const { name } = parameter;
    if (parameter.in === 'path') path = path.replace(`{${name}}`, valueOf(name));
    else if (!parameter.required && name !== PARTNER) continue;
    else if (parameter.in === 'query') query.set(name, valueOf(name));
    else headers[name] = valueOf(name);
  }
  const example = exampleOf(route);
  const search = query.toString();
  const target = search ? `${path}?${search}` : path;
  if (route.requestBody?.content?.[FILE])
    return {
      method: route.method,
      path: target,
      headers: { ...headers, 'content-type': FILE },
      body: 'a note',
    };
  return {
    method: route.method,
    path: target,
    headers: { ...headers, ...(example ? { 'content-type': 'application/json' } : {}) },
    body: example && JSON.stringify({ ...example, ...only(ids, Object.keys(example)) }),
  };
}

const only = (ids: Ids, names: readonly string[]): Ids =>
  Object.fromEntries(Object.entries(ids).filter(([name]) => names.includes(name)));
