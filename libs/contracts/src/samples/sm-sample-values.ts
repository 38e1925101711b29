import type { ParameterId } from '../parameter.js';

const allDay = [{ from: '00:00', to: '24:00' }];
const dailyButMondayNight = {
  weekly: {
    sun: allDay,
    mon: [
      { from: '00:00', to: '02:00' },
      { from: '06:00', to: '24:00' },
    ],
    tue: allDay,
    wed: allDay,
    thu: allDay,
    fri: allDay,
    sat: allDay,
  },
  exceptions: [],
};
const roundTheClock = {
  weekly: { ...dailyButMondayNight.weekly, mon: allDay },
  exceptions: [],
};
const everything = ['balance', 'transactions', 'results'];
const inquiryRow = {
  ordinary: everything,
  current: everything,
  savings: everything,
  other: ['balance'],
};
const loginFactors = ['login_id', 'login_password'];
const factorRow = {
  login: loginFactors,
  inquiry: [],
  transfer: ['confirmation_password'],
  change: ['confirmation_password'],
  deactivate_otp: ['confirmation_password'],
};
const fee = (destination: string, membership: string, fromYen: string, feeYen: string) => ({
  destination,
  membership,
  fromYen,
  feeYen,
});

/**
 * 見本: values for a demonstration institution, as JSON. They come from neither text. No rule reads
 * them; seeds and tests enter them as approved values, marked as samples. Source: clauses.md 4.1.
 */
export const smSampleValues: Readonly<Record<Extract<ParameterId, `P.sm.${string}`>, unknown>> = {
  'P.sm.customer.kinds': ['individual', 'sole_proprietor', 'corporate'],
  'P.sm.accounts.max': 20,
  'P.sm.change.matrix': { name: 'branch', address: 'branch', seal: 'branch', other: 'branch' },
  'P.sm.inquiry.hours': dailyButMondayNight,
  'P.sm.inquiry.matrix': { pc: inquiryRow, smartphone: inquiryRow, intermediary: inquiryRow },
  'P.sm.inquiry.period': { unit: 'calendar_months', count: 2 },
  'P.sm.inquiry.afterClose': 62,
  'P.sm.recordRetention': 10,
  'P.sm.mail.normalDelay': 60,
  'P.sm.post.normalDays': 3,
  'P.sm.mail.changeNotice': true,
  'P.sm.desk.hours': roundTheClock,
  'P.sm.dormancy': { months: 24, counts: ['login', 'processed_request'] },
  'P.sm.temppw.expiry': 60,
  'P.sm.firstUse.deadline': 60,
  'P.sm.impediment.endDays': 'both',
  'P.sm.interest.rule': { basis: 'product_rate', rounding: 'down', daysOfYear: '365' },
  'P.sm.return.reasonMap': [
    { code: '1', ja: '入金口座がありません。', en: 'There is no such account.' },
    { code: '2', ja: '口座名義が相違しています。', en: 'The name of the account differs.' },
    { code: '3', ja: '入金口座が解約されています。', en: 'The account is closed.' },
  ],
  'P.sm.transfer.creditTypes': ['1', '2', '4'],
  'P.sm.transfer.fee': [
    fee('same_institution', 'member', '0', '55'),
    fee('same_institution', 'non_member', '0', '220'),
    fee('other_institution', 'member', '0', '220'),
    fee('other_institution', 'member', '50000', '440'),
    fee('other_institution', 'non_member', '0', '550'),
    fee('other_institution', 'non_member', '50000', '770'),
  ],
  'P.sm.transfer.hours': dailyButMondayNight,
  'P.sm.transfer.cutoff': {
    same_branch: '15:00',
    same_institution: '15:00',
    other_institution: '15:00',
  },
  'P.sm.processing.time': '08:30',
  'P.sm.confirm.timeout': 10,
  'P.sm.sameDayOrder': 'acceptance',
  'P.sm.overdraft.usable': { usable: true, lendingLimit: '2000000' },
  'P.sm.recall.fee': '880',
  'P.sm.recall.feeOnFailure': true,
  'P.sm.inquiryReply.deadline': { businessDays: 2, time: '15:00' },
  'P.sm.limit.cap': { withOtp: '10000000', withoutOtp: '500000' },
  'P.sm.limit.scope': 'contract',
  'P.sm.limit.includesFee': false,
  'P.sm.limit.cancelReleases': 'designated',
  'P.sm.limit.returnReleases': 'none',
  'P.sm.limit.raiseEffective': 'next_midnight',
  'P.sm.reservation.horizon': { unit: 'days', count: 30 },
  'P.sm.reservation.holidayRule': 'reject',
  'P.sm.reservation.runTime': '07:00',
  'P.sm.reservation.retry': 0,
  'P.sm.reservation.missed': { first: 'later_that_day', otherwise: 'not_processed' },
  'P.sm.cancel.cutoff': { daysBefore: 0, time: '00:00' },
  'P.sm.factors.matrix': {
    base: { pc: factorRow, smartphone: factorRow, intermediary: factorRow },
    throughIntermediary: 'one_of_otp_and_mail',
  },
  'P.sm.lock.threshold': { login_password: 5, confirmation_password: 5, secret_word: 5 },
  'P.sm.lock.unlock': 'branch_form',
  'P.sm.lock.reservations': 'run',
  'P.sm.pw.length': { min: 8, max: 32 },
  'P.sm.pw.charset': ['lower', 'digit'],
  'P.sm.pw.history': 3,
  'P.sm.pw.maxAge': 180,
  'P.sm.otp.step': 30,
  'P.sm.otp.digits': 6,
  'P.sm.otp.window': 1,
  'P.sm.otp.issueExpiry': 7,
  'P.sm.otp.validity': 24,
  'P.sm.otp.noticeBefore': 30,
  'P.sm.otp.extension': 24,
  'P.sm.otp.startPwPolicy': 8,
  'P.sm.otp.deactivateFactors': ['confirmation_password', 'one_time_password'],
  'P.sm.otp.attempts': 5,
  'P.sm.mailpw.operations': ['transfer', 'change'],
  'P.sm.mailpw.length': 8,
  'P.sm.mailpw.maxAge': 0,
  'P.sm.mailpw.singleUse': false,
  'P.sm.mailpw.resendLimit': 5,
  'P.sm.mailpw.attempts': 5,
};
