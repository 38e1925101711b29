import { CivilDate } from '#libs/kernel';
import { describe, expect, test } from '@jest/globals';
import { decideRenewal } from '../decisions/decide-renewal.js';
import { whenTerminated } from '../decisions/when-terminated.js';
import type { SentNotice } from '../facts/index.js';
import { article04 } from '../sm-terms/article-04-inquiry.js';

const date = CivilDate.from;
const normal = { mailMinutes: 60, postDays: 3 };
const letter = (sentOn: string): SentNotice => ({
  channel: 'post',
  sentAt: date(sentOn).at('17:00'),
  failure: 'address_change_not_notified',
});
const renewal = (today: string, sentOn?: string) =>
  decideRenewal(
    {
      contractDate: date('2025-12-01'),
      today: date(today),
      ...(sentOn ? { objection: letter(sentOn) } : {}),
    },
    normal,
    '2825',
  );

describe('scenarios of the contract', () => {
  test('X-12 an objection deemed to arrive after expiry is late; a person decides (19, 10.2, 11.1)', () => {
    const late = renewal('2026-12-05', '2026-11-28');
    expect(late.outcome.outcome).toBe('renewed_despite_late_objection');
    expect(String(late.outcome.term.lastDay)).toBe('2027-11-30');
    expect(late.human).toMatchObject({ clause: 'SM-11.1' });
    const notice = letter('2026-12-05');
    expect(whenTerminated({ by: 'institution', notice }, 3)).toMatchObject({
      ok: true,
      value: { clause: 'SM-11.1', isDeemed: true },
    });
  });

  test('X-12 deemed to arrive on the last day it blocks the renewal', () => {
    const inTime = renewal('2026-12-05', '2026-11-27');
    expect(inTime.outcome.outcome).toBe('ended_by_objection');
    expect(inTime.human).toBeUndefined();
    expect(inTime.trace[0]).toMatchObject({ clause: 'SM-19', effect: 'not_met' });
  });

  test('X-12 nobody objecting, the contract renews without a person', () => {
    const quiet = renewal('2026-12-05');
    expect(quiet.outcome.outcome).toBe('in_force');
    expect(quiet.human).toBeUndefined();
    expect(renewal('2027-06-01', '2027-05-01').outcome.outcome).toBe('in_force');
  });

  test('X-15 an account removed but not closed has no inquiry left (4.3, 11.3a, 12.2a)', () => {
    const access = (removedFromService: boolean, closedOn: CivilDate | undefined) =>
      article04
        .clause('SM-4.3')
        .apply(
          { removedFromService, closedOn, mainAccountClosed: false, today: date('2026-11-22') },
          { afterCloseDays: 62 },
        );
    expect(access(true, undefined)).toBe('no_access');
    expect(access(false, date('2026-11-22'))).toBe('read_only');
  });
});
