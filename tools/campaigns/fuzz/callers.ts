import fc from 'fast-check';
import { scopesOf, type Operation } from './operations.js';

/** For whom a document is written: who may rightly ask, and who else tries. */
export type Audience = 'intermediaries' | 'software' | 'officers' | 'everybody' | 'gateway';

/** Who is said to ask: the campaign signs accordingly when it sends. */
export type Caller =
  | 'holder'
  | 'own'
  | 'other_holder'
  | 'other_own'
  /** A registration with its token, and with a good proof by its key where one is sent. */
  | 'registrant'
  /** The same token, and a proof that does not fit: another key, another content, another time. */
  | 'misproven'
  | 'other_registrant'
  | 'officer'
  | 'other_officer'
  | 'auditor'
  | 'logged_out'
  | 'nobody'
  | 'forged';

type Weights = readonly (readonly [number, Caller])[];

const OF_SOFTWARE: Weights = [
  [14, 'registrant'],
  [3, 'misproven'],
  [2, 'other_registrant'],
  [1, 'nobody'],
  [1, 'forged'],
];
const OF_OFFICERS: Weights = [
  [14, 'officer'],
  [2, 'other_officer'],
  [2, 'auditor'],
  [1, 'logged_out'],
  [1, 'nobody'],
  [1, 'forged'],
];
/** Who logs out is no officer any more: only those try it who are none. */
const OF_LOGGING_OUT: Weights = [
  [3, 'logged_out'],
  [1, 'nobody'],
  [1, 'forged'],
];
/** The trail is for those who look after the others. */
const OF_AUDITORS: Weights = [
  [14, 'auditor'],
  [2, 'officer'],
  [1, 'other_officer'],
  [1, 'nobody'],
];
const OF_EVERYBODY: Weights = [
  [8, 'nobody'],
  [1, 'own'],
  [1, 'forged'],
];

/** By the scopes that the document names: a holder's token, the software's own, or either. */
function ofIntermediaries(operation: Operation): Weights {
  const scopes = scopesOf(operation);
  const isForHolders = scopes.includes('accounts');
  const isForOwn = !isForHolders || scopes.length > 2;
  return [
    [isForHolders ? (isForOwn ? 9 : 17) : 2, 'holder'],
    [isForOwn ? (isForHolders ? 9 : 17) : 2, 'own'],
    [2, 'other_holder'],
    [1, 'other_own'],
    [1, 'nobody'],
    [1, 'forged'],
  ];
}

function weightsOf(operation: Operation, audience: Audience): Weights {
  switch (audience) {
    case 'intermediaries':
      return ofIntermediaries(operation);
    case 'software':
      return OF_SOFTWARE;
    case 'officers':
      if (operation.id === 'closeStaffSession') return OF_LOGGING_OUT;
      return operation.path.startsWith('/staff/v1/audit/') ? OF_AUDITORS : OF_OFFICERS;
    case 'everybody':
      return OF_EVERYBODY;
    case 'gateway':
      return [[1, 'nobody']];
  }
}

/** Mostly whoever the operation is for, since a request that is refused at the door tries nothing behind it. */
export const callersOf = (operation: Operation, audience: Audience): fc.Arbitrary<Caller> =>
  fc.oneof(
    ...weightsOf(operation, audience).map(([weight, one]) => ({
      weight,
      arbitrary: fc.constant(one),
    })),
  );

/** Who may rightly ask. */
export const rightCallerOf = (operation: Operation, audience: Audience): Caller =>
  weightsOf(operation, audience).reduce((best, each) => (each[0] > best[0] ? each : best))[1];
