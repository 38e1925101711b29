import { describe, expect, test } from '@jest/globals';
import { CivilDate } from '#libs/kernel';
import {
  APPLICATION_STEPS,
  decideGoLive,
  decideStep,
  lateSteps,
  standingOf,
  type ApplicationAct,
  type ApplicationEvent,
  type ApplicationStep,
  type Side,
} from './application.js';

const DAY = 86_400_000;
const opened = CivilDate.from('2026-11-02').startsAt();
const today = CivilDate.from('2026-11-22');
const event = (
  act: ApplicationAct,
  step: ApplicationStep | undefined,
  side: Side,
  day: number,
  more: Partial<ApplicationEvent> = {},
): ApplicationEvent => ({
  act,
  step,
  side,
  actor: 'a',
  note: '',
  documents: [],
  targetOn: undefined,
  at: opened + day * DAY,
  ...more,
});
const step = (events: ApplicationEvent[], name: ApplicationStep, day = 20) =>
  standingOf(opened, events, opened + day * DAY).steps.find((one) => one.step === name);
/** All steps but the last, submitted on the first day and accepted on the second. */
const closed = APPLICATION_STEPS.filter((one) => one !== 'go_live').flatMap((one) => [
  event('submitted', one, 'intermediary', 1),
  event('accepted', one, 'bank', 2),
]);
const asked = [...closed, event('submitted', 'go_live', 'intermediary', 3)];

describe('the way of an application, with a clock that both sides see', () => {
  test('the clock runs on the side whose move it is, and stops when the step is closed', () => {
    const events = [
      event('submitted', 'keys', 'intermediary', 3),
      event('returned', 'keys', 'bank', 8, { note: '鍵が短い' }),
      event('submitted', 'keys', 'intermediary', 10),
    ];
    expect(step(events, 'keys', 11)).toEqual({
      step: 'keys',
      state: 'submitted',
      owner: 'bank',
      since: opened + 10 * DAY,
      targetOn: undefined,
      heldMs: { intermediary: 5 * DAY, bank: 6 * DAY },
      note: '',
    });
    const done = [...events, event('accepted', 'keys', 'bank', 12)];
    expect(step(done, 'keys', 20)?.heldMs).toEqual({ intermediary: 5 * DAY, bank: 7 * DAY });
  });

  test('going live opens with the last of the other steps', () => {
    expect(step(closed.slice(0, -1), 'go_live')).toMatchObject({
      state: 'waits',
      owner: undefined,
    });
    expect(step(closed, 'go_live')).toMatchObject({ state: 'open', owner: 'intermediary' });
    const waived = [...closed.slice(0, -2), event('waived', 'sandbox_tests', 'bank', 2)];
    expect(step(waived, 'go_live')).toMatchObject({ state: 'open', since: opened + 2 * DAY });
  });

  const judge = (events: ApplicationEvent[], next: ApplicationEvent) => {
    const verdict = decideStep(standingOf(opened, events, opened + 20 * DAY), next, today);
    return verdict.ok ? 'taken' : verdict.refusal.code;
  };
  const submitted = [event('submitted', 'keys', 'intermediary', 1)];
  const live = [...asked, event('went_live', 'go_live', 'bank', 4)];
  test.each<[string, ApplicationEvent[], ApplicationEvent, string]>([
    [
      'an application that is live',
      live,
      event('submitted', 'keys', 'intermediary', 5),
      'application_over',
    ],
    [
      'a step accepted before it is submitted',
      [],
      event('accepted', 'keys', 'bank', 5),
      'step_not_open',
    ],
    ['a step that is done', closed, event('returned', 'keys', 'bank', 5), 'step_not_open'],
    [
      'the other side’s move',
      submitted,
      event('submitted', 'keys', 'intermediary', 5),
      'step_not_open',
    ],
    [
      'an acceptance by the intermediary',
      submitted,
      event('accepted', 'keys', 'intermediary', 5),
      'step_not_open',
    ],
    [
      'going live before the others',
      submitted,
      event('submitted', 'go_live', 'intermediary', 5),
      'steps_left',
    ],
    ['going live by one person', asked, event('accepted', 'go_live', 'bank', 5), 'step_not_open'],
    ['a return without a reason', submitted, event('returned', 'keys', 'bank', 5), 'note_required'],
    [
      'a target yesterday',
      [],
      event('target_set', 'keys', 'bank', 5, { targetOn: today.minusDays(1) }),
      'target_in_the_past',
    ],
    ['a target today', [], event('target_set', 'keys', 'bank', 5, { targetOn: today }), 'taken'],
    [
      'a return with a reason',
      submitted,
      event('returned', 'keys', 'bank', 5, { note: 'x' }),
      'taken',
    ],
    ['an acceptance', submitted, event('accepted', 'keys', 'bank', 5), 'taken'],
    ['a withdrawal', submitted, event('withdrawn', undefined, 'intermediary', 5), 'taken'],
  ])('%s', (_title, events, next, expected) => {
    expect(judge(events, next)).toBe(expected);
  });

  test('two people let it go live when it was asked for, and once', () => {
    const judged = (events: ApplicationEvent[]) => {
      const verdict = decideGoLive(standingOf(opened, events, opened + 20 * DAY));
      return verdict.ok ? 'may' : verdict.refusal.code;
    };
    expect([judged(closed), judged(asked), judged(live)]).toEqual([
      'steps_left',
      'may',
      'application_over',
    ]);
  });

  test('a target that has passed is shown until the step is closed', () => {
    const aimed = [event('target_set', 'keys', 'bank', 1, { targetOn: today.minusDays(1) })];
    const late = (events: ApplicationEvent[]) =>
      lateSteps(standingOf(opened, events, opened + 20 * DAY), today).map((one) => one.step);
    expect(late(aimed)).toEqual(['keys']);
    expect(late([...aimed, ...submitted, event('accepted', 'keys', 'bank', 2)])).toEqual([]);
    expect(late([...aimed, event('withdrawn', undefined, 'intermediary', 2)])).toEqual([]);
  });
});
