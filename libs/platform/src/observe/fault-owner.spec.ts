import { describe, expect, test } from '@jest/globals';
import { faultOwner, type Ending, type FaultOwner } from './fault-owner.js';

const call: Ending = { server: 'gateway', caller: 'software', status: 200 };

describe('users.md B 13: one definition of whose fault a failure was', () => {
  test.each<[string, Partial<Ending>, FaultOwner]>([
    ['an answer', {}, 'nobody'],
    ['a redirect', { status: 303 }, 'nobody'],
    ['a consent that its holder ended', { status: 401, code: 'consent_revoked' }, 'nobody'],
    ['the demand for a nonce', { status: 401, code: 'use_dpop_nonce' }, 'nobody'],
    ['a night without service', { status: 503, code: 'outside_service_hours' }, 'nobody'],
    ['an announced outage', { status: 503, code: 'maintenance' }, 'nobody'],
    ['too little money', { status: 422, code: 'insufficient_funds' }, 'nobody'],
    ['a holder who cannot be told about', { status: 403, code: 'holder_unavailable' }, 'nobody'],
    ['a stopped partner', { status: 403, code: 'chain_partner_stopped' }, 'partner'],
    ['a partner that nobody reported', { status: 403, code: 'chain_partner_unknown' }, 'partner'],
    ['a call through a stopped link', { status: 403, code: 'linkage_suspended' }, 'intermediary'],
    ['a bad proof', { status: 401, code: 'invalid_dpop_proof' }, 'intermediary'],
    ['too many calls', { status: 429, code: 'quota_exceeded' }, 'intermediary'],
    ['a malformed body', { status: 400, code: 'validation_failed' }, 'intermediary'],
    ['a wrong assertion', { status: 401, code: 'invalid_client' }, 'intermediary'],
    ['a refusal without a code', { status: 421 }, 'intermediary'],
    ['a caller that did not wait', { status: 0 }, 'intermediary'],
    ['bank-core silent', { status: 503, code: 'core_unavailable' }, 'bank_core'],
    ['an unknown outcome at bank-core', { status: 504, code: 'outcome_unknown' }, 'bank_core'],
    ['the gateway’s stores silent', { status: 503, code: 'temporarily_unavailable' }, 'gateway'],
    ['a bug of the gateway', { status: 500, code: 'internal_error' }, 'gateway'],
    ['a bug in the protocol', { status: 500, code: 'server_error' }, 'gateway'],
    [
      'a bug of bank-core',
      { server: 'bank_core', status: 500, code: 'internal_error' },
      'bank_core',
    ],
    ['a busy ledger', { server: 'bank_core', status: 503, code: 'ledger_busy' }, 'bank_core'],
    ['a wrong password', { server: 'bank_core', caller: 'person', status: 403 }, 'nobody'],
    ['a bug on a page', { server: 'bank_core', caller: 'person', status: 500 }, 'bank_core'],
  ])('%s', (_, over, expected) => {
    expect(faultOwner({ ...call, ...over })).toBe(expected);
  });
});
