import { describe, expect, test } from '@jest/globals';
import { faultOwner, type FaultOwner, type ServerName } from '#libs/platform';
import { collectRefusals } from './collect.js';

const refusals = (await collectRefusals()).filter(({ status }) => status !== undefined);

/** Written by hand: every code of the house that is not simply the caller's (4xx) or the server's own (5xx). */
const OTHERS: Readonly<Record<string, FaultOwner>> = {
  consent_revoked: 'nobody',
  consent_expired: 'nobody',
  customer_left: 'nobody',
  holder_unavailable: 'nobody',
  limit_exceeded: 'nobody',
  insufficient_funds: 'nobody',
  outside_service_hours: 'nobody',
  maintenance: 'nobody',
  use_dpop_nonce: 'nobody',
  chain_partner_unknown: 'partner',
  chain_partner_stopped: 'partner',
  chain_partner_scope: 'partner',
  core_unavailable: 'bank_core',
  outcome_unknown: 'bank_core',
  parameter_unset: 'bank_core',
  ledger_busy: 'bank_core',
};

function ownerOf(server: ServerName, code: string, status: number): FaultOwner {
  return faultOwner({ server, caller: 'software', status, code });
}

describe('users.md B 13: whose fault each refusal of the house is', () => {
  test('every code of the list above is in use, and nothing else is an exception', () => {
    const used = new Set(refusals.map(({ code }) => code));
    expect(Object.keys(OTHERS).filter((code) => !used.has(code))).toEqual([]);
  });

  test.each(refusals.map((each) => [each.place, each.code, each.status ?? 0] as const))(
    '%s %s',
    (place, code, status) => {
      const server = place.startsWith('bank-core') ? 'bank_core' : 'gateway';
      const expected = OTHERS[code] ?? (status >= 500 ? server : 'intermediary');
      expect(ownerOf(server, code, status)).toBe(expected);
      // A person who mistypes has failed at nothing of ours; a silent server fails persons too.
      const page = faultOwner({ server, caller: 'person', status, code });
      if (status < 500) expect(['nobody', 'partner']).toContain(page);
      else expect(page).toBe(expected);
    },
  );
});
