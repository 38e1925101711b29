import {
  accepted,
  refused,
  type CivilDate,
  type Instant,
  type Refusal,
  type Result,
} from '#libs/kernel';
import type { FiledDocument } from './partner-act.js';

/** The seven steps from first contact to go-live, in the order in which they are shown. */
export const APPLICATION_STEPS = [
  'organisation',
  'contract_and_checklist',
  'software',
  'keys',
  'chain_partners',
  'sandbox_tests',
  'go_live',
] as const;
export type ApplicationStep = (typeof APPLICATION_STEPS)[number];

/** Whose move it is. The clock of a step runs on that side. */
export type Side = 'intermediary' | 'bank';
export const APPLICATION_ACTS = [
  'submitted',
  'accepted',
  'returned',
  'waived',
  'target_set',
  'withdrawn',
  'went_live',
] as const;
export type ApplicationAct = (typeof APPLICATION_ACTS)[number];

export interface ApplicationEvent {
  readonly act: ApplicationAct;
  /** None for what concerns the application as a whole. */
  readonly step: ApplicationStep | undefined;
  readonly side: Side;
  readonly actor: string;
  readonly note: string;
  readonly documents: readonly FiledDocument[];
  readonly targetOn: CivilDate | undefined;
  readonly at: Instant;
}

export interface StepStanding {
  readonly step: ApplicationStep;
  readonly state: 'waits' | 'open' | 'submitted' | 'done' | 'not_needed';
  /** None once it is done, or while it waits for the others. */
  readonly owner: Side | undefined;
  readonly since: Instant;
  readonly targetOn: CivilDate | undefined;
  /** How long each side has had it, in milliseconds, until `now`. */
  readonly heldMs: Readonly<Record<Side, number>>;
  /** What was said last: why it came back, what was filed. */
  readonly note: string;
}

export interface ApplicationStanding {
  readonly state: 'open' | 'live' | 'withdrawn';
  readonly steps: readonly StepStanding[];
}

export type ApplicationRefusal =
  'application_over' | 'step_not_open' | 'steps_left' | 'note_required' | 'target_in_the_past';

const isClosed = ({ state }: Pick<StepStanding, 'state'>): boolean =>
  state === 'done' || state === 'not_needed';

/** What an act makes of a step; undefined where the act is not the step's. */
const MOVES: Partial<
  Record<
    ApplicationAct,
    { from: readonly StepStanding['state'][]; to: StepStanding['state']; by: Side }
  >
> = {
  submitted: { from: ['open'], to: 'submitted', by: 'intermediary' },
  accepted: { from: ['submitted'], to: 'done', by: 'bank' },
  returned: { from: ['submitted'], to: 'open', by: 'bank' },
  waived: { from: ['open', 'submitted'], to: 'not_needed', by: 'bank' },
};
const OWNERS: Partial<Record<StepStanding['state'], Side>> = {
  open: 'intermediary',
  submitted: 'bank',
};

/**
 * Where an application stands: the sum of what happened, with a clock on each step that both sides see. All steps
 * but the last may be worked at side by side; going live opens when the others are closed.
 */
export function standingOf(
  openedAt: Instant,
  events: readonly ApplicationEvent[],
  now: Instant,
): ApplicationStanding {
  let steps = APPLICATION_STEPS.map((step): StepStanding => {
    const state = step === 'go_live' ? 'waits' : 'open';
    const heldMs = { intermediary: 0, bank: 0 };
    const begun = { step, state, since: openedAt, targetOn: undefined, heldMs, note: '' } as const;
    return { ...begun, owner: OWNERS[state] };
  });
  let state: ApplicationStanding['state'] = 'open';
  let at = openedAt;
  for (const event of events) {
    if (state === 'open') steps = steps.map((step) => held(step, event.at - at));
    at = event.at;
    steps = steps.map((step) => (step.step === event.step ? moved(step, event) : step));
    if (event.act === 'withdrawn') state = 'withdrawn';
    if (event.act === 'went_live') state = 'live';
    steps = opened(steps, event.at);
  }
  return { state, steps: state === 'open' ? steps.map((step) => held(step, now - at)) : steps };
}

const held = (step: StepStanding, ms: number): StepStanding =>
  step.owner === undefined
    ? step
    : { ...step, heldMs: { ...step.heldMs, [step.owner]: step.heldMs[step.owner] + ms } };

function moved(step: StepStanding, event: ApplicationEvent): StepStanding {
  if (event.act === 'target_set') return { ...step, targetOn: event.targetOn };
  const to = event.act === 'went_live' ? 'done' : MOVES[event.act]?.to;
  if (to === undefined) return step;
  return { ...step, state: to, owner: OWNERS[to], since: event.at, note: event.note };
}

const opened = (steps: StepStanding[], at: Instant): StepStanding[] => {
  const others = steps.filter(({ step }) => step !== 'go_live');
  if (!others.every(isClosed)) return steps;
  return steps.map((step) =>
    step.state === 'waits' ? { ...step, state: 'open', owner: 'intermediary', since: at } : step,
  );
};

/**
 * May this be done now? Refuses with `application_over`, `step_not_open` (not that side's move, or going live by
 * one person alone), `note_required` (sending back or waiving says why), `target_in_the_past`.
 */
export function decideStep(
  standing: ApplicationStanding,
  event: Pick<ApplicationEvent, 'act' | 'step' | 'side' | 'note' | 'targetOn'>,
  today: CivilDate,
): Result<void, Refusal<ApplicationRefusal>> {
  if (standing.state !== 'open') return refused('application_over');
  if (event.act === 'withdrawn') return accepted(undefined);
  const step = standing.steps.find((one) => one.step === event.step);
  if (!step || isClosed(step)) return refused('step_not_open');
  if (event.act === 'target_set')
    return event.targetOn?.isBefore(today) === false
      ? accepted(undefined)
      : refused('target_in_the_past');
  if (step.step === 'go_live' && (event.act === 'accepted' || event.act === 'waived'))
    return refused('step_not_open');
  const move = MOVES[event.act];
  if (!move || move.by !== event.side || !move.from.includes(step.state))
    return refused(step.state === 'waits' ? 'steps_left' : 'step_not_open');
  const needsNote = event.act === 'returned' || event.act === 'waived';
  return needsNote && event.note.trim() === '' ? refused('note_required') : accepted(undefined);
}

/** May two people let it go live? Refuses with `application_over`, `steps_left` while it was not asked for. */
export function decideGoLive(
  standing: ApplicationStanding,
): Result<void, Refusal<ApplicationRefusal>> {
  if (standing.state !== 'open') return refused('application_over');
  const last = standing.steps.find(({ step }) => step === 'go_live');
  return last?.state === 'submitted' ? accepted(undefined) : refused('steps_left');
}

/** Steps whose target has passed: shown in lists, and nothing follows by itself. */
export const lateSteps = (
  { state, steps }: ApplicationStanding,
  today: CivilDate,
): StepStanding[] =>
  state === 'open'
    ? steps.filter((step) => !isClosed(step) && step.targetOn?.isBefore(today) === true)
    : [];
