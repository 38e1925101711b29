import { describe, expect, test } from '@jest/globals';
import type { MaintenanceWindow } from '../facts/index.js';
import { article16 } from './article-16-suspension-of-services.js';

const window: MaintenanceWindow = { service: 'transfer', from: 10, until: 20, urgent: false };

describe('SM-16 suspension of services', () => {
  const suspended = (now: number, service = 'transfer', planned = window) =>
    article16.clause('SM-16a').apply({ maintenanceWindow: planned, service, now });
  test('SM-16a/a inside the window the service is closed, until its end', () => {
    expect([9, 10, 19, 20].map((now) => suspended(now).isSuspended)).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(suspended(15).until).toBe(20);
    expect(suspended(15, 'inquiry').isSuspended).toBe(false);
    expect(suspended(15, 'inquiry', { ...window, service: 'all' }).isSuspended).toBe(true);
  });
  test('SM-16a/b reservations due inside are handled by the parameter of SM-5.4-1', () => {
    const clause = article16.clause('SM-16a');
    expect(clause.cites?.map(({ id }) => id)).toEqual(['P.sm.reservation.missed']);
    expect(clause.refers).toEqual(['SM-5.4-1']);
  });

  const announced = (more: Partial<MaintenanceWindow>) =>
    article16.clause('SM-16b').apply({ maintenanceWindow: { ...window, ...more } });
  test('SM-16b/a a window is not scheduled without notice, unless it is urgent', () => {
    expect(announced({})).toBe('notice_missing');
    expect(announced({ announcedAt: 9 })).toBe('announced');
    expect(announced({ announcedAt: 10 })).toBe('notice_missing');
    expect(announced({ urgent: true })).toBe('announce_at_start');
    expect(announced({ urgent: true, announcedAt: 10 })).toBe('announced');
    expect(announced({ urgent: true, announcedAt: 11 })).toBe('notice_missing');
  });
});
