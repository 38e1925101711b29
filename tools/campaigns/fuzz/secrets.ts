import type { DemoPerson } from '../../start/seeds.js';
import type { Caller } from './callers.js';
import { INNER } from './judge.js';
import type { Part } from './part.js';

/** Who asked what, and through which door. */
export interface Question {
  readonly caller: Caller;
  /** Name of the document, `staff` and `internal` among them. */
  readonly target: string;
  readonly path: string;
}

/** Both sides, everybody with an account, and what is nobody's to know. */
export interface Holdings {
  readonly self: Part;
  readonly other: Part;
  readonly people: readonly DemoPerson[];
  /** What each side's accounts call their holder, as an answer says it. */
  readonly kana: ReadonlyMap<Part, readonly string[]>;
  /** Where an officer works alone; those of the federation work everywhere. */
  readonly bankOf: (caller: Caller) => string | undefined;
  /** Sessions and keys of officers. */
  readonly ofOfficers: readonly string[];
  /** Tokens of the registrations, own and other. */
  readonly registrations: readonly [own: string, other: string];
}

/** Here an answer is about the asker's own accounts; elsewhere names and numbers of payees may rightly stand. */
const OWN_ACCOUNTS =
  /^\/(?:internal\/v1\/institutions|v1\/banks)\/[^/?]+\/accounts(?:\/[^/?]+(?:\/(?:balances|limits))?)?(?:\?|$)/;

/** What of a side belongs to one institution alone. */
const OF_ONE_BANK = [
  'consentId',
  'transferId',
  'caseId',
  'demandId',
  'documentId',
  'requestId',
] as const;

/** Nobody who asks there is known to be anybody. */
const STRANGERS: ReadonlySet<Caller> = new Set(['nobody', 'forged', 'logged_out']);

/**
 * What must never be told to who asks and did not say it first. Balances are not among it: a figure alone does not tell
 * whose it is.
 */
export function secretsFrom(question: Question, all: Holdings): readonly string[] {
  const { caller, target } = question;
  const logins = [
    ...all.people.flatMap((person) => loginsOf(person)),
    ...[all.self, all.other].flatMap(credentialsOf),
    ...all.ofOfficers,
  ];
  // The gateway is told of everybody; only one consent's accounts it is told in one name.
  if (target === INNER) return [...logins, ...ofForeignAccounts(question, all.self, all)];
  if (target === 'staff') return [...logins, ...hiddenFromOfficer(caller, all)];
  const [self, other] = caller.startsWith('other_') ? [all.other, all.self] : [all.self, all.other];
  const nth = caller === 'other_registrant' ? 0 : 1;
  return [
    ...all.people.flatMap(loginsOf),
    ...secretsOf(other),
    ...(STRANGERS.has(caller) ? secretsOf(self) : []),
    ...(self === all.self ? accountIdsOf(foreignTo(self, all)) : []),
    ...foreignTo(self, all).flatMap(({ loginId, name }) =>
      name === self.person.name ? [loginId] : [loginId, name],
    ),
    ...ofForeignAccounts(question, self, all),
    ...all.ofOfficers,
    all.registrations[nth],
  ];
}

/** Names and numbers as only an account says them. */
function ofForeignAccounts({ path }: Question, self: Part, all: Holdings): readonly string[] {
  if (!OWN_ACCOUNTS.test(path)) return [];
  const own = new Set(self.person.accounts.map(({ accountNumber }) => accountNumber));
  const numbers = foreignTo(self, all)
    .flatMap(({ accounts }) => accounts.map(({ accountNumber }) => accountNumber))
    .filter((number) => !own.has(number));
  const ownKana = all.kana.get(self) ?? [];
  const kana = [...all.kana.values()].flat().filter((name) => !ownKana.includes(name));
  return [
    ...accountIdsOf(foreignTo(self, all)),
    ...numbers.map((number) => `"accountNumber":${JSON.stringify(number)}`),
    ...kana.map((name) => `"nameKana":${JSON.stringify(name)}`),
  ];
}

/** An officer of one institution sees nothing of another's holders; who is no officer sees nothing at all. */
function hiddenFromOfficer(caller: Caller, all: Holdings): readonly string[] {
  const parts = [all.self, all.other];
  if (caller === 'nobody' || caller === 'logged_out')
    return [...parts.flatMap(secretsOf), ...accountIdsOf(all.people)];
  const bank = all.bankOf(caller);
  if (bank === undefined) return [];
  const foreign = all.people.filter(({ bankCode }) => bankCode !== bank);
  const elsewhere = parts.filter(({ person }) => person.bankCode !== bank);
  return [
    ...accountIdsOf(foreign),
    ...foreign.map(({ loginId }) => loginId),
    ...elsewhere.flatMap(({ ids, tokens }) => [
      ...OF_ONE_BANK.map((name) => ids[name] ?? ''),
      tokens.consentId ?? '',
    ]),
  ].filter((secret) => secret !== '');
}

const foreignTo = ({ person }: Part, { people }: Holdings): readonly DemoPerson[] =>
  people.filter((each) => each !== person);

const accountIdsOf = (people: readonly DemoPerson[]): string[] =>
  people.flatMap(({ accounts }) => accounts.map(({ accountId }) => accountId));

const loginsOf = (person: DemoPerson): string[] => [
  person.loginPassword,
  person.confirmationPassword,
  person.totpSecretBase32,
];

const credentialsOf = ({ tokens, own }: Part): readonly string[] =>
  [tokens.accessToken, tokens.refreshToken ?? '', own].filter((secret) => secret !== '');

/** Chain partners are in the public register, and institutions are no secret. */
const secretsOf = (part: Part): readonly string[] => [
  ...accountIdsOf([part.person]),
  ...Object.values(part.ids).filter((id) => /^[a-z]+_/.test(id) && !id.startsWith('cp_')),
  ...credentialsOf(part),
  ...(part.tokens.consentId ? [part.tokens.consentId] : []),
];
