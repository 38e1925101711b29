import type { TitledTest } from './spec-titles.js';

/**
 * What has to be shown through the real parts, over HTTP on a real PostgreSQL: each clause with the
 * letters of its cases, none where its proof is one sentence. A scenario or a threat is its id.
 */
export type Proofs = Readonly<Record<string, string>>;

/** The contract at work for officers, intermediaries and people who lost money: RKN whole, SM-13, SM-14. */
const ofClauses: Proofs = {
  ...{ 'RKN-0.1': 'ab', 'RKN-0.2': 'abc' },
  ...{ 'RKN-L1a': 'abc', 'RKN-L1b': 'ab', 'RKN-L1c': 'ab', 'RKN-L1d': 'abcde' },
  ...{ 'RKN-L2a': 'abcde', 'RKN-L2b': 'abcde', 'RKN-L3': 'ab', 'RKN-L4-0a': 'a' },
  ...{ 'RKN-L4-0b': 'ab', 'RKN-L4-1': 'abcd', 'RKN-L4-2': 'abcde', 'RKN-L4-3': 'ab' },
  ...{ 'RKN-L*': '', 'RKN-S1': 'abcde', 'RKN-S2': 'a', 'RKN-S3a': 'ab', 'RKN-S3b': 'a' },
  ...{ 'RKN-S4a': 'abc', 'RKN-S4b': 'ab', 'RKN-S4c': 'abcdefg' },
  ...{ 'RKN-C1a': 'abcd', 'RKN-C1b': 'a', 'RKN-C1c': 'a', 'RKN-C1d': 'a' },
  ...{ 'RKN-C2a': 'ab', 'RKN-C2b': 'abcde', 'RKN-C2c': 'ab' },
  ...{ 'RKN-D1a': '', 'RKN-D1b': '', 'RKN-D2': '', 'RKN-D3': '' },
  ...{ 'RKN-D4': '', 'RKN-D5': '', 'RKN-D6': '', 'RKN-D7': '' },
  ...{ 'SM-13.1a': 'ab', 'SM-13.1b': 'abcd', 'SM-13.2-1': 'a', 'SM-13.2-2': 'a', 'SM-13.3': '' },
  ...{ 'SM-13.4': 'ab', 'SM-13.5': 'a', 'SM-13.6a': '', 'SM-13.6b': '' },
  ...{ 'SM-14.1-1': 'a', 'SM-14.1-2': 'a', 'SM-14.1-3': 'ab', 'SM-14.1*': '' },
  ...{ 'SM-14.2a': 'a', 'SM-14.2b': 'abcde', 'SM-14.2c': 'abcd', 'SM-14.2d': 'a' },
  ...{ 'SM-14.2e': 'ab', 'SM-14.3': 'abcde', 'SM-14.4-1-0': 'ab', 'SM-14.4-1-1': '' },
  ...{ 'SM-14.4-1-2': '', 'SM-14.4-1-3': '', 'SM-14.4-2': 'a', 'SM-14.5a': 'a' },
  ...{ 'SM-14.5b': 'a', 'SM-14.6': 'a', 'SM-14.7': 'a' },
};

/** Sequences over several clauses that belong to the same work. */
const SCENARIOS = ['05', '09', '10', '16', '17', '18', '20', '21'].map((nth) => `X-${nth}`);

/** What is answered by the servers as they run; T-33 is about what is installed, and is read from the files. */
const THREATS = [
  ...['01', '02', '03', '05', '06', '07', '08', '09', '10', '11', '12', '13', '14', '15', '16'],
  ...['17', '19', '20', '21', '22', '23', '25', '26', '28', '29', '30', '31', '32'],
].map((nth) => `T-${nth}`);

/** Complaints about other systems that an interface answers: each with a story through both servers. */
const COMPLAINTS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 15, 16, 18, 23, 24, 26].map(
  (nth) => `B-${nth}`,
);

export const proofsOfThisProject: Proofs = {
  ...ofClauses,
  ...Object.fromEntries([...SCENARIOS, ...THREATS, ...COMPLAINTS].map((id) => [id, ''])),
};

/** Whether a test of this file runs a server, over HTTP on a real PostgreSQL. */
export const goesThroughTheParts = (path: string): boolean =>
  /\.(?:api|story)-spec\.ts$/.test(path);

const casesOf = (id: string, letters: string): string[] =>
  letters === '' ? [id] : [...letters].map((letter) => `${id}/${letter}`);

/** A complaint was about how things went from end to end: one server alone answers none. */
const provenBy = ({ path, proofs }: TitledTest): readonly string[] =>
  path.endsWith('.story-spec.ts') ? proofs : proofs.filter((proof) => !proof.startsWith('B-'));

/** The proofs that no API or story test names at the head of its title. */
export function unproven(proofs: Proofs, tests: readonly TitledTest[]): string[] {
  const through = tests.filter(({ path }) => goesThroughTheParts(path));
  const named = new Set(through.flatMap(provenBy));
  const isNamed = (proof: string) => named.has(proof);
  return Object.entries(proofs).flatMap(([id, letters]) => {
    const cases = casesOf(id, letters);
    // Where a proof is one sentence, any case of it will do: `RKN-D6/b`.
    if (letters === '') return [...named].some((one) => one.split('/')[0] === id) ? [] : cases;
    return cases.filter((proof) => !isNamed(proof));
  });
}

/** Cases that a title names and a lettered proof has not: a letter that nobody wrote a proof for. */
export const unknownCases = (proofs: Proofs, tests: readonly TitledTest[]): string[] => [
  ...new Set(
    tests
      .flatMap((test) => test.proofs)
      .filter((proof) => {
        const [id = '', letter] = proof.split('/');
        const letters = proofs[id];
        return letters && letter !== undefined && !letters.includes(letter);
      }),
  ),
];
