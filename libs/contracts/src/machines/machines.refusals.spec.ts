import { describe, expect, test } from '@jest/globals';
import { chainMachine } from './chain-stop.js';
import { consentMachine } from './consent.js';
import { contractMachine } from './internet-banking-contract.js';
import { linkMachine } from './link.js';
import { machineRefusals } from './machines.refusals.js';
import { mailPasswordMachine } from './mail-password.js';
import { tokenMachine } from './one-time-password-token.js';
import { holdMachine } from './protective-hold.js';
import { reviewMachine } from './security-review.js';
import { transferMachine } from './transfer.js';

const machines = [
  chainMachine,
  consentMachine,
  contractMachine,
  holdMachine,
  linkMachine,
  mailPasswordMachine,
  reviewMachine,
  tokenMachine,
  transferMachine,
];
const shared = [
  'event_repeated',
  'event_ahead_of_clock',
  'event_out_of_order',
  'event_late',
  'deadline_not_open',
  'period_not_over',
];

describe('what people are told when a machine refuses', () => {
  test('every sentence belongs to a guard, and every guard has its sentence in both languages', () => {
    const used = machines.flatMap(({ rows }) =>
      rows.flatMap(({ guard }) => guard.map(({ refusal }): string => refusal)),
    );
    expect([...new Set([...used, ...shared])].sort()).toEqual(Object.keys(machineRefusals).sort());
    for (const { ja, en } of Object.values(machineRefusals)) {
      expect(ja).toMatch(/。$/);
      expect(en).toMatch(/^[A-Z].*\.$/);
    }
  });

  test('every guard, notice, deadline and duty cites a clause of one of the two texts', () => {
    const cited = machines.flatMap(({ rows, duties }) => [
      ...rows.flatMap(({ guard, notices, startsDeadlines, clauses }) => [
        ...clauses,
        ...[...guard, ...notices, ...startsDeadlines].map(({ clause }) => clause),
      ]),
      ...Object.values<readonly { clause: string }[]>(duties).flatMap((list) =>
        list.map(({ clause }) => clause),
      ),
    ]);
    expect(cited.filter((id) => !/^(RKN|SM)-[0-9A-Z]/.test(id))).toEqual([]);
  });
});
