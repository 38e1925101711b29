import { EVERYTHING, removesEverything, type MeasureBasis } from '../../../facts/linkage.js';
import { beginLink, linkMachine, mayUseLink, removedRights } from '../../link.js';
import type {
  LinkCode,
  LinkEvent,
  LinkFacts,
  LinkName,
  LinkState,
  MeasureAuthority,
} from '../../link.js';
import type { Invariant, Telling, World } from '../explore.js';
import { LEAD_HOURS, SOME } from './measure-laws.js';
import {
  alone,
  ANOTHER_BANK,
  BANK,
  grounds,
  HOUR,
  noGrounds,
  START,
  two,
  variants,
} from './people.js';

type Tell = Telling<LinkEvent>;
type Law = Invariant<LinkName, LinkFacts, LinkEvent, null>;

const authorityAt = (now: number): MeasureAuthority => ({
  originId: 'dem_1',
  originArrivedAt: now - 200 * HOUR,
  originDueAt: now - 100 * HOUR,
  failureFoundAt: now - 99 * HOUR,
  noticeId: 'ntc_1',
  noticeArrivedAt: now - LEAD_HOURS * HOUR,
  noticeLeadHours: LEAD_HOURS,
});

/** Authorities that lack a step, each in its own way, down to the millisecond. */
const lacking = (now: number): Partial<MeasureAuthority>[] => [
  { originId: '' },
  { originDueAt: now },
  { failureFoundAt: now - 100 * HOUR },
  { failureFoundAt: now + 1 },
  { noticeArrivedAt: undefined },
  { noticeArrivedAt: now },
  { noticeArrivedAt: now - LEAD_HOURS * HOUR + 1 },
  { noticeLeadHours: undefined },
  { noticeLeadHours: 0 },
];

const measures = (now: number): Tell[] =>
  (['mea_1', 'mea_2'] as const).flatMap((measureId): Tell[] => [
    ...variants(
      {
        type: 'measure_committed' as const,
        institution: BANK,
        ...two,
        measureId,
        kind: (measureId === 'mea_1' ? 'restriction' : 'suspension') as
          'restriction' | 'suspension',
        basis: (measureId === 'mea_1' ? 'RKN-S4c' : 'RKN-C2b') as MeasureBasis,
        removed: measureId === 'mea_1' ? SOME : EVERYTHING,
        until: (measureId === 'mea_1' ? now + HOUR : undefined) as number | undefined,
        grounds,
        authority: authorityAt(now),
      },
      { institution: ANOTHER_BANK },
      { grounds: noGrounds },
      { ...alone },
      { basis: 'RKN-S4c' },
      { basis: 'RKN-C2b' },
      { kind: 'restriction', removed: EVERYTHING },
      { kind: 'suspension', removed: SOME },
      { removed: [] },
      { until: now },
      ...lacking(now).map((less) => ({ authority: { ...authorityAt(now), ...less } })),
    ),
    ...variants(
      { type: 'measure_lifted' as const, institution: BANK, ...two, measureId, reason: 'met' },
      { institution: ANOTHER_BANK },
      { reason: '' },
    ),
  ]);

/** Once for a measure with an end: a second extension goes the same way. */
const extensions = ({ facts }: LinkState, now: number): Tell[] => {
  const measure = facts.measures.find(({ id }) => id === 'mea_1');
  const isNew = measure?.until !== undefined && measure.until - measure.since === HOUR;
  const tell = {
    type: 'measure_extended' as const,
    institution: BANK,
    ...two,
    measureId: 'mea_1',
    until: (measure?.until ?? now) + HOUR,
    grounds,
  };
  return variants(
    isNew ? tell : { ...tell, measureId: 'mea_0' },
    { institution: ANOTHER_BANK },
    { measureId: 'mea_2' },
    { until: measure?.until ?? now },
    { grounds: noGrounds },
    { ...alone },
  );
};

const holds = (now: number): Tell[] => {
  const hold = {
    id: 'hold_1',
    basis: 'attack',
    removed: EVERYTHING,
    since: now,
    latestEnd: now + HOUR,
  };
  return [
    { type: 'hold_began', institution: BANK, hold },
    { type: 'hold_began', institution: BANK, hold: { ...hold, removed: SOME } },
    { type: 'hold_began', institution: ANOTHER_BANK, hold },
    { type: 'hold_began', institution: BANK, hold: { ...hold, latestEnd: now - 1 } },
    { type: 'hold_began', institution: BANK, hold: { ...hold, removed: [] } },
    { type: 'hold_ended', holdId: 'hold_1' },
  ];
};

const laws: readonly Law[] = [
  {
    id: 'I1',
    onEdge: ({ event, now }) => {
      if (event.type !== 'measure_committed') return undefined;
      const { originId, originArrivedAt, originDueAt, failureFoundAt, noticeArrivedAt } =
        event.authority;
      if (originId === '' || originArrivedAt >= originDueAt) return 'No demand that arrived.';
      if (now <= originDueAt) return 'The period was not over.';
      if (failureFoundAt <= originDueAt || failureFoundAt > now) return 'No second judgement.';
      if (event.grounds.text.trim() === '') return 'No grounds.';
      return noticeArrivedAt === undefined ? 'No notice had arrived.' : undefined;
    },
  },
  {
    id: 'I2',
    onEdge: ({ event, now }) => {
      if (event.type !== 'measure_committed') return undefined;
      const arrived = event.authority.noticeArrivedAt ?? Infinity;
      return arrived >= now || now - arrived < LEAD_HOURS * HOUR
        ? 'The effect does not follow the notice by its lead.'
        : undefined;
    },
  },
  {
    id: 'I3',
    onEdge: ({ event }) =>
      'institution' in event && event.institution !== BANK
        ? `${event.institution} acted on the linkage of ${BANK}.`
        : undefined,
  },
  {
    id: 'I9',
    onState: (state, now) => {
      const over = state.facts.holds.filter(({ latestEnd }) => now > latestEnd);
      const others = { ...state.facts, holds: [] };
      const call = { right: 'balances_read', traffic: 'direct' } as const;
      const withHolds = mayUseLink(state, call, now).ok;
      const without = mayUseLink({ ...state, facts: others }, call, now).ok;
      return over.length > 0 && withHolds !== without ? 'A hold bites after its end.' : undefined;
    },
  },
  {
    id: 'I10',
    onEdge: ({ event }) => {
      if (event.type !== 'measure_committed') return undefined;
      const all = removesEverything(event.removed);
      return all === (event.kind === 'suspension')
        ? undefined
        : 'Restriction and suspension were mistaken for each other.';
    },
  },
  {
    id: 'INT-17',
    onEdge: ({ after, now }) => {
      if (after.name === 'terminated') return undefined;
      const removed = removedRights(after.facts, now);
      const name =
        removed.length === 0 ? 'active' : removesEverything(removed) ? 'suspended' : 'restricted';
      return after.name === name ? undefined : `${after.name} although it is ${name}.`;
    },
  },
];

/** The link with two measures under both clauses and one protective hold. */
export const linkWorld: World<LinkName, LinkFacts, LinkEvent, LinkCode, null> = {
  name: 'link',
  machine: linkMachine,
  start: START,
  begin: (now) => beginLink(BANK, 'epsp_1', now),
  tellings: (state, now) => [
    ...measures(now),
    ...extensions(state, now),
    ...holds(now),
    { type: 'agreement_ended', reason: 'ended' },
    { type: 'agreement_ended', reason: '' },
  ],
  ghost: null,
  observe: () => null,
  past: { members: [], horizonMs: 0 },
  quantumMs: HOUR,
  invariants: laws,
  waysBack: [{ from: ['restricted', 'suspended'], to: ['active'] }],
  powers: [
    { clause: 'RKN-S4c', event: 'measure_committed' },
    { clause: 'RKN-C2b', event: 'measure_committed' },
  ],
};
