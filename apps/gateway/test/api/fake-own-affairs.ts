import type { OwnClosedDemandView, OwnLetterView, OwnMatterView } from '../../src/bank/index.js';
import type { Refused, SeenCall } from './fake-call.js';
import { MINATO, NOW } from './fixtures.js';

export const DEMAND = `dem_${'0'.repeat(26)}`;
export const NOTICE = `ntc_${'0'.repeat(26)}`;
export const STATEMENT = `stm_${'0'.repeat(26)}`;
export const LETTER = `doc_${'0'.repeat(26)}`;
/** What no reader of text would leave as it is. */
export const LETTER_BYTES = Buffer.from([
  0x25, 0x50, 0x44, 0x46, 0x2d, 0xff, 0x00, 0x0d, 0x0a, 0xe3,
]);

const SELF = 'participants/self';

const letter = (documentId: string): OwnLetterView => ({
  documentId,
  bankCode: '2963',
  chainPartnerId: null,
  notice: 'improvement_demand',
  clause: 'RKN-S4a',
  about: DEMAND,
  sentAt: NOW,
  arrivedAt: null,
  proof: null,
});

/** Five letters, the newest first. */
const letters = [4, 3, 2, 1, 0].map((nth) => letter(`doc_${'0'.repeat(25)}${nth}`));

const duty = (clause: string, by: string | null) => ({
  who: 'epsp' as const,
  ja: '期間内に改善して報告する。',
  en: 'Improve within the period and report.',
  clause,
  by,
});

const matter = (over: Partial<OwnMatterView>): OwnMatterView => ({
  bankCode: '2963',
  machine: 'security-review',
  chainPartnerId: null,
  state: 'COMPLIANT',
  since: NOW,
  about: null,
  letterId: null,
  announced: null,
  items: [],
  deadlines: [],
  duties: [],
  ...over,
});

const DUE = '2026-12-22T23:59:59.999+09:00';
const matters: readonly OwnMatterView[] = [
  matter({ bankCode: '2972', duties: [duty('RKN-S3b', null)] }),
  matter({
    state: 'IMPROVEMENT_REQUESTED',
    about: DEMAND,
    letterId: LETTER,
    items: ['4.2'],
    deadlines: [{ name: 'improvement', clause: 'RKN-S4a', dueAt: DUE }],
    duties: [duty('RKN-S4a', DUE)],
  }),
];

/** Three that are over, the last to end first. */
const closed: readonly OwnClosedDemandView[] = [3, 2, 1].map((nth) => ({
  key: `176000000000${nth}-dem_${'0'.repeat(25)}${nth}`,
  bankCode: '2963',
  machine: 'security-review',
  chainPartnerId: null,
  about: `dem_${'0'.repeat(25)}${nth}`,
  items: ['4.2'],
  demandedAt: NOW,
  arrivedAt: NOW,
  endedAt: NOW,
  endedBy: 'judged_sufficient',
  state: 'ACCEPTED',
  clauses: ['RKN-S4b'],
  ledToMeasure: false,
}));

const isMinato = ({ headers }: SeenCall) => headers['x-renkei-epsp'] === MINATO;

/** A letter as bank-core draws it: bytes, not JSON. */
export function letterRoute(
  call: SeenCall,
): { headers: Record<string, string>; bytes: Buffer } | undefined {
  if (call.path !== `${SELF}/letters/${LETTER}` || !isMinato(call)) return undefined;
  const headers = {
    'content-type': 'application/pdf',
    'content-disposition': `attachment; filename="${LETTER}.pdf"`,
  };
  return { headers, bytes: LETTER_BYTES };
}

/** What an intermediary's own affairs answer; there is one intermediary that has any. */
export function ownAffairsRoute(
  call: SeenCall,
): { status: number; body: unknown } | Refused | undefined {
  const { method, path, query, body } = call;
  if (path === `${SELF}/matters`)
    return { status: 200, body: { matters: isMinato(call) ? matters : [] } };
  if (path === `${SELF}/letters`) {
    const before = query.get('before');
    const left = letters.filter(({ documentId }) => before === null || documentId < before);
    const page = isMinato(call) ? left.slice(0, Number(query.get('limit'))) : [];
    return { status: 200, body: { letters: page } };
  }
  if (path === `${SELF}/cases`) return { status: 200, body: { cases: [] } };
  if (path === `${SELF}/closed-demands`) {
    const before = query.get('before');
    const left = closed.filter(({ key }) => before === null || key < before);
    return {
      status: 200,
      body: { demands: isMinato(call) ? left.slice(0, Number(query.get('limit'))) : [] },
    };
  }
  if (path === `${SELF}/notices/${NOTICE}/statements` && method === 'POST')
    return isMinato(call)
      ? { status: 200, body: { statementId: STATEMENT, receivedAt: NOW } }
      : { status: 404, code: 'not_found' };
  if (path.startsWith(`${SELF}/letters/`)) return { status: 404, code: 'letter_unknown' };
  if (path !== `${SELF}/replies` || method !== 'POST') return undefined;
  const { demandId } = body as { demandId?: string };
  if (!isMinato(call) || demandId !== DEMAND) return { status: 404, code: 'not_found' };
  return { status: 200, body: { state: 'REPORTED' } };
}
