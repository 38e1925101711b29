import { beginChain, chainMachine } from '../../chain-stop.js';
import type { ChainCode, ChainEvent, ChainFacts, ChainName, ChainState } from '../../chain-stop.js';
import type { Telling, World } from '../explore.js';
import {
  ADDED_DAYS,
  announcements,
  failureAt,
  foreign,
  longerPeriod,
  measureLaws,
  PAST,
  PERIOD_DAYS,
  periodFrom,
  type MeasureGhost,
} from './measure-laws.js';
import { alone, BANK, grounds, HOUR, noGrounds, START, two, variants } from './people.js';

const byBank = { institution: BANK, ...two };
type Tell = Telling<ChainEvent>;

/** A stop request is the demand, and its unmet period the failure: RKN-C2 asks for no second one. */
function observe(ghost: MeasureGhost, event: ChainEvent, now: number): MeasureGhost {
  switch (event.type) {
    case 'stop_demanded':
      return { demanded: event.requestId, grounded: event.grounds.text.trim() !== '' };
    case 'stop_request_arrived':
      return { ...ghost, ...periodFrom(event.happenedAt) };
    case 'period_extended':
      return { ...ghost, ...longerPeriod(ghost) };
    case 'deadline_reached':
      return event.deadline === 'stop' ? { ...ghost, failure: failureAt(ghost, now, true) } : ghost;
    case 'notice_sent':
      return { ...ghost, removed: event.removed };
    case 'notice_arrived':
      return { ...ghost, noticeArrivedAt: event.happenedAt };
    case 'stop_request_withdrawn':
    case 'resumed':
      return {};
    case 'partner_stopped':
      return { ...ghost, stopped: true };
    default:
      return ghost;
  }
}

const watching = (now: number): Tell[] => [
  { type: 'contract_filed', method: 'API', content: 'balances', contractUntil: now + 999 * HOUR },
  { type: 'contract_filed', method: '', content: 'balances' },
  { type: 'report_requested', reportBy: now + HOUR },
  { type: 'partner_reported' },
  ...variants(
    {
      type: 'guidance_given' as const,
      finding: 'leak',
      instruction: 'repair',
      outcomeBy: now + HOUR,
    },
    { finding: '' },
    { outcomeBy: now },
  ),
  ...variants(
    { type: 'guidance_concluded' as const, outcome: 'done', reportDays: 1 as number | undefined },
    { outcome: '' },
    { reportDays: undefined },
  ),
  { type: 'result_reported' },
  { type: 'contract_ended', reason: 'ended' },
];

const stopping = (): Tell[] => [
  ...variants(
    {
      type: 'stop_demanded' as const,
      ...byBank,
      requestId: 'req_1',
      ground: 'partner_default' as const,
      grounds,
      explanation: 'why' as string | undefined,
      periodDays: PERIOD_DAYS as number | undefined,
    },
    { requestId: 'req_2' },
    { grounds: noGrounds },
    { explanation: undefined },
    { periodDays: undefined },
    { ...alone },
    foreign,
  ),
  { type: 'stop_request_arrived', requestId: 'req_1' },
  { type: 'stop_request_arrived', requestId: 'req_2' },
  { type: 'partner_stopped' },
  ...variants(
    { type: 'stop_request_withdrawn' as const, ...byBank, reason: 'met' },
    { reason: '' },
  ),
  ...announcements.map((measure, index): Tell => ({
    type: 'notice_sent',
    ...byBank,
    ...measure,
    noticeId: `ntc_${index}`,
  })),
  ...announcements
    .slice(0, 4)
    .flatMap((_, index): Tell[] => [
      { type: 'notice_arrived', noticeId: `ntc_${index}` },
      ...variants(
        { type: 'measure_committed' as const, ...byBank, noticeId: `ntc_${index}`, measureId: 'm' },
        { ...alone },
        foreign,
      ),
    ]),
  ...variants({ type: 'resumed' as const, ...byBank, reason: 'met' }, { reason: '' }, foreign),
];

/** Once for a request: a second extension goes the same way. */
const extensions = ({ facts }: ChainState, now: number): Tell[] => {
  const found: Tell[] = [];
  if (facts.request?.periodDays === PERIOD_DAYS)
    found.push(
      ...variants(
        {
          type: 'period_extended' as const,
          ...byBank,
          requestId: facts.request.id,
          addedDays: ADDED_DAYS as number | undefined,
          reason: 'holidays',
        },
        { requestId: 'req_0' },
        { addedDays: undefined },
        { reason: '' },
        { ...alone },
        foreign,
      ),
    );
  if (facts.measureId !== undefined)
    found.push(
      ...variants(
        {
          type: 'measure_extended' as const,
          ...byBank,
          measureId: 'm',
          until: now + HOUR,
          grounds,
        },
        { measureId: 'm_0' },
        { until: now },
        { grounds: noGrounds },
        { ...alone },
        foreign,
      ),
    );
  return found;
};

type ChainWorld = World<ChainName, ChainFacts, ChainEvent, ChainCode, MeasureGhost>;

const either = {
  machine: chainMachine,
  start: START,
  begin: (now: number) => beginChain({ institution: BANK, epsp: 'epsp_1', partner: 'cp_1' }, now),
  ghost: {},
  observe: (ghost, { event, now }) => observe(ghost, event, now),
  past: PAST,
  invariants: [
    ...measureLaws<ChainName, ChainFacts, ChainEvent>('LINK_RESTRICTED', 'LINK_SUSPENDED'),
    {
      id: 'RKN-C2b',
      onEdge: ({ event, ghost }) =>
        event.type === 'measure_committed' && ghost.stopped
          ? 'A measure although the partner had been stopped.'
          : undefined,
    },
  ],
} satisfies Partial<ChainWorld>;

/** RKN-C2 with one institution, two requests and six kinds of notice. */
export const chainDisputeWorld: ChainWorld = {
  ...either,
  name: 'chain stop: the dispute',
  leavesAside: ['contract_term', 'partner_report', 'guidance', 'report_to_institution'],
  tellings: (state, now) => [
    ...watching(now).slice(0, 1),
    ...stopping(),
    ...extensions(state, now),
  ],
  waysBack: [{ from: ['LINK_RESTRICTED', 'LINK_SUSPENDED', 'PARTNER_STOPPED'], to: ['RESUMED'] }],
  powers: [
    { clause: 'RKN-C2a', event: 'stop_demanded' },
    { clause: 'RKN-C2b', event: 'measure_committed' },
  ],
};

/** RKN-C1: contract, reports, guidance and results, up to the request. */
export const chainWatchWorld: ChainWorld = {
  ...either,
  name: 'chain stop: the watch',
  leavesAside: ['contract_term', 'stop', 'notice_lead'],
  quantumMs: 24 * HOUR,
  tellings: (_, now) => [...watching(now), ...stopping().slice(0, 8)],
  waysBack: [],
  powers: [],
};

/** The contract with the partner ends, by itself or by a party, whatever is in dispute. */
export const chainTermWorld: ChainWorld = {
  ...either,
  name: 'chain stop: the term',
  leavesAside: ['partner_report', 'guidance', 'report_to_institution'],
  quantumMs: 24 * HOUR,
  tellings: (_, now) => [
    { type: 'contract_filed', method: 'API', content: 'balances', contractUntil: now + 240 * HOUR },
    { type: 'contract_ended', reason: 'ended' },
    { type: 'contract_ended', reason: '' },
    ...stopping(),
  ],
  waysBack: [],
  powers: [],
};
