import { beginReview, reviewMachine } from '../../security-review.js';
import type { ReviewEvent, ReviewFacts, ReviewName, ReviewState } from '../../security-review.js';
import type { ReviewCode } from '../../security-review/facts.js';
import type { Telling, World } from '../explore.js';
import {
  ADDED_DAYS,
  announcements,
  foreign,
  failureAt,
  longerPeriod,
  measureLaws,
  PAST,
  PERIOD_DAYS,
  periodFrom,
  type MeasureGhost,
} from './measure-laws.js';
import { alone, BANK, grounds, HOUR, noGrounds, START, two, variants } from './people.js';

const byBank = { institution: BANK, ...two };
type Tell = Telling<ReviewEvent>;

/** Remembers a demand from its making to its end, by what was told alone. */
function observe(ghost: MeasureGhost, event: ReviewEvent, now: number): MeasureGhost {
  switch (event.type) {
    case 'improvement_demanded':
      return { demanded: event.demandId, grounded: event.grounds.text.trim() !== '' };
    case 'demand_arrived':
      return { ...ghost, ...periodFrom(event.happenedAt) };
    case 'period_extended':
      return { ...ghost, ...longerPeriod(ghost) };
    case 'judged_insufficient':
      return { ...ghost, failure: failureAt(ghost, now, event.grounds.text.trim() !== '') };
    case 'notice_sent':
      return { ...ghost, removed: event.removed };
    case 'notice_arrived':
      return { ...ghost, noticeArrivedAt: event.happenedAt };
    case 'judged_sufficient':
    case 'resumed':
      return {};
    default:
      return ghost;
  }
}

const demandTellings = (): Tell[] => [
  ...variants(
    { type: 'found_deficient' as const, ...byBank, items: ['4.2'], grounds },
    { items: [] as string[] },
    { grounds: noGrounds },
    foreign,
  ),
  ...variants(
    {
      type: 'improvement_demanded' as const,
      ...byBank,
      demandId: 'dem_1',
      items: ['4.2'],
      grounds,
      periodDays: PERIOD_DAYS as number | undefined,
    },
    { demandId: 'dem_2' },
    { items: [] as string[] },
    { grounds: noGrounds },
    { periodDays: undefined },
    { ...alone },
    foreign,
  ),
  ...['dem_1', 'dem_2'].flatMap((demandId): Tell[] => [
    { type: 'demand_arrived', demandId },
    { type: 'improvement_reported', demandId },
    ...variants({ type: 'judged_sufficient' as const, ...byBank, demandId }, { ...alone }),
    ...variants(
      { type: 'judged_insufficient' as const, ...byBank, demandId, grounds },
      { grounds: noGrounds },
      { ...alone },
      foreign,
    ),
  ]),
];

/** Once for a demand: a second extension goes the same way. */
const extensions = ({ facts }: ReviewState, now: number): Tell[] => {
  const found: Tell[] = [];
  if (facts.demand?.periodDays === PERIOD_DAYS)
    for (const demandId of ['dem_1', 'dem_2'])
      found.push(
        ...variants(
          {
            type: 'period_extended' as const,
            ...byBank,
            demandId,
            addedDays: ADDED_DAYS as number | undefined,
            reason: 'holidays',
          },
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
          measureId: 'mea_1',
          until: now + HOUR,
          grounds,
        },
        { measureId: 'mea_0' },
        { until: now },
        { grounds: noGrounds },
        { ...alone },
        foreign,
      ),
    );
  return found;
};

const measureTellings = (): Tell[] => [
  ...announcements.map((measure, index): Tell => ({
    type: 'notice_sent',
    ...byBank,
    ...measure,
    noticeId: `ntc_${index}`,
  })),
  { type: 'notice_sent', ...byBank, ...announcements[0], ...foreign, noticeId: 'ntc_0' },
  ...announcements.slice(0, 4).flatMap((_, index): Tell[] => [
    { type: 'notice_arrived', noticeId: `ntc_${index}` },
    ...variants(
      {
        type: 'measure_committed' as const,
        ...byBank,
        noticeId: `ntc_${index}`,
        measureId: 'mea_1',
      },
      { ...alone },
      foreign,
    ),
  ]),
  { type: 'remediation_reported' },
  ...variants(
    { type: 'remediation_rejected' as const, ...byBank, grounds },
    { grounds: noGrounds },
  ),
  ...variants({ type: 'resumed' as const, ...byBank, reason: 'verified' }, { reason: '' }, foreign),
];

const DAY = 24 * HOUR;

const checklistTellings = (now: number): Tell[] => [
  ...variants(
    {
      type: 'checklist_submitted' as const,
      submissionId: 'sub_1',
      incompleteItems: [] as string[],
    },
    { submissionId: 'sub_2' },
    { incompleteItems: ['2.1'] },
  ),
  { type: 'assessment_opened' },
  ...variants(
    {
      type: 'checklist_returned' as const,
      institution: BANK,
      items: ['2.1'],
      reason: 'evidence is unreadable',
    },
    { reason: ' ' },
    foreign,
  ),
  ...variants(
    {
      type: 'found_compliant' as const,
      ...byBank,
      standardVersion: 'v1',
      attestBy: now + 9 * DAY,
    },
    { ...alone },
  ),
];

type ReviewWorld = World<ReviewName, ReviewFacts, ReviewEvent, ReviewCode, MeasureGhost>;

const either = {
  machine: reviewMachine,
  start: START,
  begin: (now: number) => beginReview(BANK, 'epsp_1', now),
  ghost: {},
  observe: (ghost, { event, now }) => observe(ghost, event, now),
  past: PAST,
  invariants: measureLaws<ReviewName, ReviewFacts, ReviewEvent>('RESTRICTED', 'SUSPENDED'),
} satisfies Partial<ReviewWorld>;

/** RKN-S4 with one institution, two demands and six kinds of notice. */
export const disputeWorld: ReviewWorld = {
  ...either,
  name: 'security review: the dispute',
  leavesAside: ['attestation', 'standard_gap'],
  tellings: (state, now) => [
    ...checklistTellings(now),
    ...demandTellings(),
    ...extensions(state, now),
    ...measureTellings(),
    { type: 'agreement_ended', reason: 'ended' },
  ],
  waysBack: [{ from: ['RESTRICTED', 'SUSPENDED', 'REMEDIATED'], to: ['RESUMED'] }],
  powers: [
    { clause: 'RKN-S4a', event: 'improvement_demanded' },
    { clause: 'RKN-S4c', event: 'measure_committed' },
  ],
};

/** One demand and two notices are enough beside the rhythm; the other world walks the rest. */
const isOfFirstDispute = (told: Tell): boolean =>
  ('demandId' in told ? told.demandId === 'dem_1' : true) &&
  ('noticeId' in told ? told.noticeId === 'ntc_0' || told.noticeId === 'ntc_1' : true);

/** RKN-S3 beside a dispute: attestation and new standards raise flags and stop nothing. */
export const rhythmWorld: ReviewWorld = {
  ...either,
  name: 'security review: the rhythm',
  quantumMs: 3 * DAY,
  tellings: (state, now) => [
    ...checklistTellings(now),
    ...[...demandTellings(), ...measureTellings()].filter(isOfFirstDispute),
    ...(state.deadlines.some(({ name }) => name === 'standard_gap') || state.facts.gapOverdue
      ? []
      : [
          ...variants(
            {
              type: 'standard_published' as const,
              version: 'v2',
              gaps: ['5.1'],
              closeBy: now + 9 * DAY,
            },
            { gaps: [] as string[] },
            { closeBy: now },
          ),
        ]),
  ],
  invariants: [
    ...either.invariants,
    {
      id: 'RKN-S3a',
      onEdge: ({ event, before, after }) =>
        event.type === 'deadline_reached' && before.name !== after.name
          ? 'A flag moved the review.'
          : undefined,
    },
  ],
  waysBack: [],
  powers: [{ clause: 'RKN-S4a', event: 'improvement_demanded' }],
};
