/** The shape of an id in a title: `SM-5.3-1b`, `SM-R2.7`, `SM-14.1*`, `RKN-L4-0a`, `X-05`, `T-29`, `INT-13`, `B-7`. */
const CLAUSE = String.raw`(?:RKN|SM)-[0-9A-Z][0-9A-Za-z.*]*(?:-[0-9A-Za-z][0-9A-Za-z*]*)*`;
const ID = String.raw`(?:${CLAUSE}|(?:X|T|INT)-[0-9]{2}|B-[0-9]{1,2})`;
/** The cases of a proof: `/a`, `/a–d`, `/c,d,f`. */
const CASES = String.raw`(?:/[0-9a-z]+(?:[–-][0-9a-z]+)?(?:,[0-9a-z](?![0-9A-Za-z]))*)?`;
const BETWEEN = String.raw`(?:, ?|、| & | and | )`;

const leadingIds = new RegExp(`^${ID}${CASES}(?:${BETWEEN}${ID}${CASES})*`);
const eachId = new RegExp(`(${ID})(${CASES})`, 'g');

interface Named {
  readonly id: string;
  readonly cases: string;
}

function namedAtTheHeadOf(title: string): Named[] {
  const head = leadingIds.exec(title)?.[0] ?? '';
  return [...head.matchAll(eachId)].map(([, id = '', cases = '']) => ({
    id: id.replace(/\.$/, ''),
    cases: cases.slice(1),
  }));
}

/**
 * The clause ids that a title begins with: one, or several. Empty where it begins with anything else;
 * an id later in the sentence is prose.
 */
export const idsAtTheHeadOf = (title: string): string[] =>
  namedAtTheHeadOf(title)
    .map(({ id }) => id)
    .filter((id) => /^(?:RKN|SM)-/.test(id));

/** What a title's head says it proves: `RKN-S4c/e` for a case, the bare id where it names none. */
export const proofsAtTheHeadOf = (title: string): string[] =>
  namedAtTheHeadOf(title).flatMap(({ id, cases }) =>
    cases === '' ? [id] : lettersOf(cases).map((letter) => `${id}/${letter}`),
  );

/** `a–d` is four letters, `c,d,f` is three. */
function lettersOf(cases: string): string[] {
  return cases.split(',').flatMap((part) => {
    const [first = '', last = first] = part.split(/[–-]/);
    const length = last.charCodeAt(0) - first.charCodeAt(0) + 1;
    if (first.length !== 1 || last.length !== 1 || length < 1) return [part];
    return Array.from({ length }, (_, place) => String.fromCharCode(first.charCodeAt(0) + place));
  });
}
