import { describe, expect, test } from '@jest/globals';
import type { Approval, Stage } from './approval.js';
import { mayOpen, pageOf, PAGES } from './pages.js';

const approval = (stage: Stage, more: Partial<Approval> = {}): Approval => ({
  id: 'apr_1',
  requestKey: 'key',
  asked: {
    kind: 'account_information',
    permissions: ['accounts_read'],
    purpose: 'bookkeeping',
    termDays: 90,
  },
  clientId: 'minato',
  epspId: 'epsp_1',
  chainPartnerId: 'none',
  interactionId: 'i',
  institutionId: 4,
  institutionIsFixed: true,
  returnUrl: 'https://gateway.localhost/return',
  redirectOrigin: 'https://app.localhost',
  language: 'ja',
  createdAt: 0,
  expiresAt: 1,
  stage,
  holderId: undefined,
  accountIds: [],
  debitAccountId: undefined,
  askedConsentId: undefined,
  outcome: undefined,
  reason: undefined,
  consentId: undefined,
  ...more,
});
const transfer: Partial<Approval> = { asked: { kind: 'transfer_initiation', transferId: 'trf_1' } };
const chosen: Partial<Approval> = { accountIds: ['acc_1'] };
const free: Partial<Approval> = { institutionIsFixed: false };

describe('which pages may be opened at which stage', () => {
  //    case                                     approval                                     pages that open
  test.each([
    ['handed over, no browser yet', approval('handed_over'), []],
    ["the institution is the holder's choice", approval('start', free), ['institution']],
    ['the choice can be made again', approval('login', free), ['institution', 'login']],
    ['T-05 a fixed institution is not chosen', approval('login'), ['login']],
    ['T-05 a log-in is never repeated', approval('accounts'), ['accounts']],
    ['the accounts until the decision', approval('consent', chosen), ['accounts', 'consent']],
    ['the payer is named by the request', approval('transfer', transfer), ['transfer']],
    [
      "the payer is the holder's choice",
      approval('transfer', { ...transfer, ...chosen }),
      ['accounts', 'transfer'],
    ],
    ['nothing after the end', approval('done', { outcome: 'refused' }), []],
  ])('%s', (_, at, expected) => {
    expect(PAGES.filter((page) => mayOpen(page, at))).toEqual(expected);
  });

  test('the page in turn is always one that may be opened', () => {
    for (const stage of ['start', 'login', 'accounts'] as const) {
      const at = approval(stage, free);
      const page = pageOf(at);
      expect(page !== 'ended' && mayOpen(page, at)).toBe(true);
    }
    expect(pageOf(approval('done'))).toBe('ended');
  });
});
