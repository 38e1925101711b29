import type { Instant } from '#libs/kernel';
import type { TwoPeople } from '../conditions/two-people-agreed.js';
import type { RemovedRight } from '../facts/linkage.js';
import { actsForItself, isWritten, reasonGiven, twoPeopleActed } from './checks.js';
import {
  begin,
  rowsOf,
  step,
  type DeadlineReached,
  type Machine,
  type MachineEvent,
  type MachineState,
} from './step.js';

const HOUR_MS = 3_600_000;

export type HoldName = 'NONE' | 'HELD' | 'CONVERTED' | 'RELEASED';

export interface HoldFacts {
  readonly institution: string;
  readonly epsp: string;
  readonly basis?: string;
  readonly removed?: readonly RemovedRight[];
  readonly startedAt?: Instant;
  readonly latestEnd?: Instant;
  readonly becameDemand?: string;
  readonly endedBecause?: 'latest_end_reached' | 'released' | 'became_demand';
}

export type HoldEvent =
  | (MachineEvent<'hold_set'> &
      TwoPeople & {
        readonly institution: string;
        /** One of the bases configured for the institution, none of which is RKN-S4c (INT-13). */
        readonly basis: string;
        readonly basesAllowed: readonly string[];
        readonly reason: string;
        readonly removed: readonly RemovedRight[];
        readonly latestEnd: Instant;
        /** P.rkn.hold.maxDuration in hours; absent while the institution has not set it. */
        readonly maxHours?: number;
      })
  | (MachineEvent<'became_demand'> & { readonly demandId: string })
  | (MachineEvent<'released'> & TwoPeople & { readonly reason: string })
  | DeadlineReached;

export type HoldCode =
  | 'basis_not_selectable'
  | 'parameter_unset'
  | 'hold_too_long'
  | 'scope_empty'
  | 'demand_required'
  | 'reason_required'
  | 'four_eyes_required'
  | 'not_own_linkage';

export type HoldState = MachineState<HoldName, HoldFacts>;

const row = rowsOf<HoldName, HoldFacts, HoldEvent, HoldCode>();

/** Clauses of suspension proper: none of them may stand as the basis of a hold. */
const SUSPENSION_CLAUSES: readonly string[] = ['RKN-S4c', 'RKN-C2b'];

/**
 * The protective hold: the published contract knows no emergency stop, so this is no suspension. It
 * has its own basis, two people and a latest end, and becomes a demand (RKN-S4a) or ends. INT-13.
 */
export const holdMachine: Machine<HoldName, HoldFacts, HoldEvent, HoldCode> = {
  name: 'protective-hold',
  initial: 'NONE',
  terminal: ['CONVERTED', 'RELEASED'],
  rows: [
    row({
      from: ['NONE'],
      event: 'hold_set',
      guard: [
        actsForItself('RKN-0.2'),
        {
          refusal: 'basis_not_selectable',
          clause: 'RKN-S4c',
          holds: ({ event }) =>
            event.basesAllowed.includes(event.basis) && !SUSPENSION_CLAUSES.includes(event.basis),
        },
        reasonGiven('RKN-S4a'),
        twoPeopleActed('RKN-S4a'),
        {
          refusal: 'scope_empty',
          clause: 'RKN-D5',
          holds: ({ event }) => event.removed.length > 0,
        },
        {
          refusal: 'parameter_unset',
          clause: 'RKN-S4c',
          holds: ({ event }) => event.maxHours !== undefined,
        },
        {
          refusal: 'hold_too_long',
          clause: 'RKN-S4c',
          holds: ({ event, now }) =>
            event.latestEnd > now && event.latestEnd - now <= (event.maxHours ?? 0) * HOUR_MS,
        },
      ],
      to: 'HELD',
      clauses: ['RKN-S4a'],
      notices: [{ kind: 'protective_hold_set', to: 'epsp', clause: 'RKN-S4a' }],
      startsDeadlines: [
        {
          name: 'latest_end',
          clause: 'RKN-S4a',
          parameter: 'P.rkn.hold.maxDuration',
          dueAt: ({ event }) => event.latestEnd,
        },
      ],
      effects: ['raise_link_version', 'freeze_consents', 'publish_link_state'],
      learns: ({ event, now }) => ({
        basis: event.basis,
        removed: event.removed,
        startedAt: now,
        latestEnd: event.latestEnd,
      }),
    }),
    row({
      from: ['HELD'],
      event: 'became_demand',
      within: 'latest_end',
      guard: [
        {
          refusal: 'demand_required',
          clause: 'RKN-S4a',
          holds: ({ event }) => isWritten(event.demandId),
        },
      ],
      to: 'CONVERTED',
      clauses: ['RKN-S4a'],
      notices: [{ kind: 'protective_hold_ended', to: 'epsp', clause: 'RKN-S4a' }],
      // A demand stops nothing by itself: only notice after the period does (RKN-S4c).
      effects: ['raise_link_version', 'thaw_consents', 'publish_link_state'],
      learns: ({ event }) => ({ becameDemand: event.demandId, endedBecause: 'became_demand' }),
    }),
    row({
      from: ['HELD'],
      event: 'released',
      guard: [reasonGiven('RKN-S4a'), twoPeopleActed('RKN-S4a')],
      to: 'RELEASED',
      clauses: ['RKN-S4a'],
      notices: [{ kind: 'protective_hold_ended', to: 'epsp', clause: 'RKN-S4a' }],
      effects: ['raise_link_version', 'thaw_consents', 'publish_link_state'],
      learns: () => ({ endedBecause: 'released' }),
    }),
    row({
      from: ['HELD'],
      event: 'deadline_reached',
      deadline: 'latest_end',
      to: 'RELEASED',
      clauses: ['RKN-S4a'],
      notices: [{ kind: 'protective_hold_ended', to: 'epsp', clause: 'RKN-S4a' }],
      effects: ['raise_link_version', 'thaw_consents', 'publish_link_state'],
      learns: () => ({ endedBecause: 'latest_end_reached' }),
    }),
  ],
  duties: {
    NONE: [
      {
        who: 'institution',
        what: {
          ja: '緊急に止めるときは、根拠・二名・終期を記録する。',
          en: 'To stop in an emergency, record the basis, two people and a latest end.',
        },
        clause: 'RKN-S4a',
      },
    ],
    HELD: [
      {
        who: 'institution',
        what: {
          ja: '終期までに改善を求めるか、解除する。',
          en: 'Demand improvement or release the hold before its latest end.',
        },
        by: 'latest_end',
        clause: 'RKN-S4a',
      },
    ],
  },
};

export const beginHold = (institution: string, epsp: string, now: Instant): HoldState =>
  begin(holdMachine, { institution, epsp }, now);

export const stepHold = (state: HoldState, event: HoldEvent, now: Instant) =>
  step(holdMachine, state, event, now);

/** True while the hold bites. Its end does not wait for the job that reads the due row (I9). */
export const isHolding = (state: HoldState, now: Instant): boolean =>
  state.name === 'HELD' && state.facts.latestEnd !== undefined && now <= state.facts.latestEnd;
