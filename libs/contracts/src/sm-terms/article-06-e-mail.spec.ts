import { describe, expect, test } from '@jest/globals';
import type { DeliveryFailure } from '../facts/index.js';
import { article06 } from './article-06-e-mail.js';

const hour = 3_600_000;
const arrival = (failure?: DeliveryFailure, arrivedAt?: number) =>
  article06.clause('SM-6b').apply(
    {
      notice: {
        channel: 'mail',
        sentAt: 0,
        ...(failure ? { failure } : {}),
        ...(arrivedAt === undefined ? {} : { arrivedAt }),
      },
    },
    { mailMinutes: 60 },
  );

describe('SM-6 e-mail', () => {
  test('SM-6a a later notice goes to the new address, an earlier one keeps the old', () => {
    const addressHistory = [
      { address: 'new@example.jp', since: 20 },
      { address: 'old@example.jp', since: 10 },
    ];
    const to = (sentAt: number) =>
      article06.clause('SM-6a').apply({ addressHistory, sentAt }).sentTo;
    expect([to(9), to(10), to(19), to(20)]).toEqual([
      undefined,
      'old@example.jp',
      'old@example.jp',
      'new@example.jp',
    ]);
  });

  test.each([
    ['SM-6b/a no such user', arrival('address_registered_wrongly'), { how: 'deemed', at: hour }],
    [
      'SM-6b/a an address that was not updated',
      arrival('address_change_not_notified'),
      { how: 'deemed', at: hour },
    ],
    [
      'SM-6b/a the environment of the holder',
      arrival('holder_environment'),
      { how: 'deemed', at: hour },
    ],
    ['SM-6b/a a line failure', arrival('line_failure'), { how: 'deemed', at: hour }],
    ['SM-6b/b our own relay is down', arrival('institution_sending_failure'), { how: 'none' }],
    ['SM-6b it arrived', arrival(undefined, 7), { how: 'arrived', at: 7 }],
    [
      'SM-6b it arrived late through the holder',
      arrival('holder_environment', 2 * hour),
      { how: 'deemed', at: hour },
    ],
  ])('%s', (_title, answer, expected) => {
    expect(answer).toEqual(expected);
  });

  test('SM-6b/c deeming is about notices: a mail password is only ever compared (SM-8.1)', () => {
    expect(article06.clause('SM-6b').refers).toEqual(['SM-8.1']);
  });
});
