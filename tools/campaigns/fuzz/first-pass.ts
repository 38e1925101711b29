import { rightCallerOf, type Audience } from './callers.js';
import { jsonPlaceholder, namesFor, placeholder } from './known-names.js';
import type { Operation } from './operations.js';
import type { Draft } from './draft.js';

/** Parameters that belong to nobody, with a value that is good everywhere. */
const OF_NOBODY: Readonly<Record<string, string>> = {
  businessDate: '2026-11-20',
  reason: 'customer_request',
  code: 'not_found',
};

/** Not demanded of every caller, and yet part of a good call: for whom it is made (RKN-D1a), and its proof. */
const SENT_ANYWAY = ['Key-Proof', 'x-chain-partner-id'];

/** What ends things comes last, the holder's consent after everything else. */
const LAST = [
  'deleteSubscription',
  'withdrawChainPartner',
  'revokeConsent',
  'endKey',
  'endCertificate',
  'reportCertificate',
  'reportKey',
  'recoverRegistration',
  'deleteRegistration',
  'deleteRegistrationOfToken',
];

export const inOrder = (operations: readonly Operation[]): Operation[] =>
  operations.toSorted((a, b) => LAST.indexOf(a.id) - LAST.indexOf(b.id));

/** What the example of the document says otherwise than is good here; the registration's has no examples. */
const BODIES: Readonly<Record<string, object>> = {
  replaceSubscription: { url: 'https://hooks.replaced.example/renkei' },
  replaySubscription: { from: placeholder('hour_ago'), to: placeholder('now') },
  pollEvents: { acknowledged: [], errors: [] },
  proposeChainPartner: { contractTo: placeholder('next_year') },
  registerSoftware: { software_statement: placeholder('statement') },
  updateRegistration: {
    client_id: placeholder('registrant'),
    client_name: 'Fuzz',
    redirect_uris: jsonPlaceholder('redirect_uris'),
    jwks: jsonPlaceholder('jwks'),
  },
  addKey: { jwk: jsonPlaceholder('jwk') },
  addCertificate: { certificate: placeholder('certificate') },
  reportKey: { reason: 'lost' },
  reportCertificate: { reason: 'lost' },
  recoverRegistration: { software_id: placeholder('software') },
};

/** One well-formed call of the operation with what the cast really has, by whoever it is for. */
export function goodDraft(operation: Operation, audience: Audience): Draft {
  const names = namesFor(audience);
  const valueOf = (name: string): string =>
    Object.hasOwn(names, name)
      ? placeholder(names[name] ?? '')
      : (OF_NOBODY[name] ?? `first-${operation.id}`);
  let { path } = operation;
  const query = new URLSearchParams();
  const headers: Record<string, string> = {};
  for (const { name, in: place, required } of operation.parameters) {
    if (place === 'path') path = path.replace(`{${name}}`, valueOf(name));
    else if (!required && !SENT_ANYWAY.includes(name)) continue;
    else if (place === 'query') query.set(name, valueOf(name));
    else headers[name] = valueOf(name);
  }
  const search = query.toString().replaceAll('%7B%7B', '{{').replaceAll('%7D%7D', '}}');
  return {
    operation,
    caller: rightCallerOf(operation, audience),
    kind: 'valid',
    method: operation.method,
    path: search ? `${path}?${search}` : path,
    ...bodyFor(operation, names, headers),
  };
}

/** The example of the document with known things in place of its own, or a file. */
function bodyFor(
  { id, requestBody }: Operation,
  names: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>>,
): Pick<Draft, 'headers' | 'body'> {
  const content = requestBody?.content ?? {};
  const [type] = Object.keys(content);
  if (type === undefined) return { headers };
  const typed = { ...headers, 'content-type': type };
  if (type !== 'application/json') {
    return { headers: typed, body: id.startsWith('import') ? placeholder('table') : 'a note' };
  }
  const own = content[type]?.example as object | undefined;
  const example = { ...own, ...BODIES[id] };
  const known = Object.entries(example).map(([name, value]) => [
    name,
    typeof value === 'string' && Object.hasOwn(names, name)
      ? placeholder(names[name] ?? '')
      : value,
  ]);
  return { headers: typed, body: JSON.stringify(Object.fromEntries(known)) };
}
