import type { WireRequest } from '../../../../../tools/campaigns/gateway-ground/door.js';
import {
  operationsOf,
  readOpenApi,
  resolve,
  type Operation,
  type Schema,
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
  'eventId',
  'serviceId',
];

/** Members inside bodies that take such an id under another name; `[]` is an element of a list. */
const INSIDE: Readonly<Record<string, string>> = {
  'acknowledged[]': 'eventId',
  'against[].institution': 'bankCode',
  'bankCodes[]': 'bankCode',
  'concerned[].bankCode': 'bankCode',
  'errors[].eventId': 'eventId',
  'evidence[]': 'evidenceId',
  'requestIds[]': 'instructionId',
  'services[]': 'serviceId',
};

/** Members that look like ids and are nobody's: where money may go, an item of everybody's list, one's own names. */
const IDS_OF_NOBODY = [
  'creditor.bankCode',
  'creditor.branchCode',
  'debitBranchCode',
  'errors[].code',
  'id',
  'itemId',
];

/**
 * Ids that are words of a statement, or that narrow one's own list: nothing is looked up by them, so that nothing is
 * refused either. What they name stays as unseen as what is nobody's.
 */
const ONLY_SAID: readonly string[] = [
  'addCaseEvidence evidence[]',
  'changeChainPartner services[]',
  'claimRecourse against[].institution',
  'declareExemption evidence[]',
  'followUpIncident evidence[]',
  'getMetrics bankCode',
  'listDeliveries subscriptionId',
  'pollEvents acknowledged[]',
  'pollEvents errors[].eventId',
  'proposeChainPartner services[]',
  'putChecklistAnswer evidence[]',
  'replyToDemand evidence[]',
  'replyToStopRequest evidence[]',
  'reportIncident evidence[]',
  'reportLoss requestIds[]',
  'stateCause evidence[]',
  'stateOnNotice evidence[]',
];

/** Where what is nobody's is refused, by another code than 403 and 404, and what is another's in the same words. */
export const REFUSED_AS_NOBODYS: Readonly<Record<string, string>> = { pollEvents: 'event_unknown' };

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
 * standard: other tests walk it, here it is asked for what is another's only.
 */
export const NEEDS_A_FILING: readonly string[] = ['listChecklistComments', 'writeChecklistComment'];

/** What narrows a list or gives it another form, and is nobody's. */
const LIST_WORDS = ['from', 'to', 'limit', 'cursor', 'state', 'span', 'form'];

/** They end what others need, so that they come last, the consent after everything else. */
const ENDS = ['deleteSubscription', 'revokeConsent'];

const document = readOpenApi('gateway', 'intermediary');

export const routes: readonly Operation[] = operationsOf(document).toSorted(
  (a, b) => ENDS.indexOf(a.id) - ENDS.indexOf(b.id),
);

/** Where a request says an id: `at` is the parameter, or the way to the member of the body. */
export interface Place {
  readonly id: string;
  readonly in: 'path' | 'query' | 'body';
  readonly at: string;
  /** Nothing is looked up by it. */
  readonly isOnlySaid: boolean;
}

/** Every place of the route that takes an id: path, all of its query, and the body down to its lists. */
export function placesOf(route: Operation): Place[] {
  const named = route.parameters
    .filter(({ name }) => IDS_OF_TENANTS.includes(name))
    .flatMap(({ name, in: where }) =>
      where === 'path' || where === 'query' ? [{ id: name, in: where, at: name }] : [],
    );
  const inside = membersOf(route).flatMap(({ at }) => {
    const id = INSIDE[at] ?? (IDS_OF_TENANTS.includes(at) ? at : undefined);
    return id === undefined ? [] : [{ id, in: 'body' as const, at }];
  });
  return [...named, ...inside].map((place) => ({
    ...place,
    isOnlySaid: ONLY_SAID.includes(`${route.id} ${place.at}`),
  }));
}

interface Member {
  readonly at: string;
  readonly schema: Schema;
}

function membersOf({ requestBody }: Operation): Member[] {
  const schema = requestBody?.content?.['application/json']?.schema;
  return schema ? leavesOf(schema, '') : [];
}

function leavesOf(given: Schema, at: string): Member[] {
  const schema = resolve(document, given);
  const { allOf = [], oneOf = [], anyOf = [], items, properties } = schema;
  const parts = [...allOf, ...oneOf, ...anyOf];
  if (parts.length > 0) return parts.flatMap((part) => leavesOf(part, at));
  if (items) return leavesOf(items, `${at}[]`);
  if (!properties) return [{ at, schema }];
  return Object.entries(properties).flatMap(([name, inner]) =>
    leavesOf(inner, at ? `${at}.${name}` : name),
  );
}

/** By its name, or by the form that it has to have. */
const looksLikeAnId = ({ at, schema }: Member): boolean =>
  /(?:^|\.)id$|Id$|Ids\[\]$|[cC]odes?(?:\[\])?$/.test(at) ||
  /^\^(?:[a-z]+_\[|\[0-9\]\{4\}\$)/.test(schema.pattern ?? '');

/** Ids by which the route looks something up. */
export const idsTakenBy = (route: Operation): string[] => [
  ...new Set(
    placesOf(route)
      .filter(({ isOnlySaid }) => !isOnlySaid)
      .map(({ id }) => id),
  ),
];

/** Parameters and members of which nobody here knows whose they are. */
export function unknownPlaces(route: Operation): string[] {
  const known = new Set(placesOf(route).map(({ at }) => at));
  const parameters = route.parameters
    .filter(({ in: where, name, required }) => where !== 'header' || required || name === PARTNER)
    .map(({ name }) => name)
    .filter((name) => OF_NOBODY[name] === undefined && !LIST_WORDS.includes(name));
  const members = membersOf(route)
    .filter(looksLikeAnId)
    .map(({ at }) => at)
    .filter((at) => !IDS_OF_NOBODY.includes(at));
  return [...parameters, ...members].filter((at) => !known.has(at));
}

/** The body that the document itself gives as an example. */
const exampleOf = (route: Operation): Body | undefined =>
  route.requestBody?.content?.['application/json']?.example as Body | undefined;

type Body = Readonly<Record<string, unknown>>;

const FILE = 'application/octet-stream';

/** The route asked for these ids, wherever it takes one; unsigned. What may be left out and has no value is. */
export function requestFor(route: Operation, ids: Ids): WireRequest {
  const places = placesOf(route);
  const valueOf = (name: string): string => ids[name] ?? OF_NOBODY[name] ?? 'none';
  let { path } = route;
  const query = new URLSearchParams();
  const headers: Record<string, string> = {};
  for (const { name, in: where, required } of route.parameters) {
    const isSaid = required === true || name === PARTNER || isGiven(places, ids, name);
    if (where === 'path') path = path.replace(`{${name}}`, valueOf(name));
    else if (where === 'query' && isSaid) query.set(name, valueOf(name));
    else if (where === 'header' && isSaid) headers[name] = valueOf(name);
  }
  const search = query.toString();
  const target = search ? `${path}?${search}` : path;
  if (route.requestBody?.content?.[FILE])
    return {
      method: route.method,
      path: target,
      headers: { ...headers, 'content-type': FILE },
      body: 'a note',
    };
  const example = exampleOf(route);
  return {
    method: route.method,
    path: target,
    headers: { ...headers, ...(example ? { 'content-type': 'application/json' } : {}) },
    body: example && JSON.stringify(bodyWith(example, places, ids)),
  };
}

const isGiven = (places: readonly Place[], ids: Ids, name: string): boolean =>
  places.some(({ at, id, in: where }) => where === 'query' && at === name && ids[id] !== undefined);

function bodyWith(example: Body, places: readonly Place[], ids: Ids): Body {
  const body = structuredClone(example) as Record<string, unknown>;
  for (const { at, id, in: where } of places) {
    const value = ids[id];
    if (where !== 'body') continue;
    if (value !== undefined) put(body, at.split('.'), value);
    // Whoever has none of these says nothing of one.
    else if (at === 'chainPartnerId') delete body[at];
  }
  return body;
}

/** Puts a value where the way leads, the first element where it leads into a list. */
function put(body: Record<string, unknown>, [step = '', ...rest]: string[], value: string): void {
  const name = step.replace(/\[\]$/, '');
  const isList = name !== step;
  const list = (body[name] ?? []) as unknown[];
  if (rest.length === 0) {
    body[name] = isList ? [value] : value;
    return;
  }
  const inner = ((isList ? list[0] : body[name]) ?? {}) as Record<string, unknown>;
  put(inner, rest, value);
  body[name] = isList ? [inner] : inner;
}
