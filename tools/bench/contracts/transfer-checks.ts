import {
  article05,
  classifyTransfer,
  destinationClass,
  effectiveLimit,
  lackingFactors,
  mayProcessRequest,
  processingDay,
  smParameters as P,
  smSampleBook,
  transferFee,
  whichFactors,
  withinDailyLimit,
} from '#libs/contracts';
import { assert, BusinessCalendar, CivilDate } from '#libs/kernel';

const DAY = CivilDate.from('2026-11-20');
const HOME = { institution: '2825', branch: '001' };
const AWAY = { institution: '0001', branch: '001' };
const calendar = new BusinessCalendar();
const found = smSampleBook(HOME.institution).readAll(
  {
    cap: P.limitCap,
    creditTypes: P.creditTypes,
    fee: P.transferFee,
    includesFee: P.limitIncludesFee,
    mailOperations: P.mailPasswordOperations,
    matrix: P.factorsMatrix,
    overdraft: P.overdraftUsable,
    reservationHolidayRule: P.reservationHolidayRule,
    reservationHorizon: P.reservationHorizon,
    transferCutoff: P.transferCutoff,
    transferHours: P.transferHours,
  },
  DAY,
);
assert(found.ok, 'The sample values are complete.');
const values = found.value.values;

/**
 * Every clause that gates one transfer, as a server asks them: SM-5.1 (nature and fee), SM-R3.1 (day),
 * SM-5.3 (both bases), SM-R2.7 with SM-7.3 and SM-8.2 (factors), SM-3.4 (processing). `n` moves the
 * receipt by milliseconds, so that no two are the same.
 */
export function checkOneTransfer(n: number): void {
  const destination = destinationClass(HOME, AWAY);
  const transferKind = classifyTransfer(HOME, AWAY);
  const transferAmount = 30_000n + BigInt(n % 1000);
  const feeYen = transferFee(values.fee, destination, 'member', transferAmount);
  const nature = article05
    .clause('SM-5.1-1')
    .apply({ debitRegistered: true, creditBranchKnown: true, creditAccountType: '1' }, values);
  const day = processingDay({ receivedAt: DAY.at('10:00') + n, destination }, calendar, values);
  const limit = withinDailyLimit(
    {
      effectiveLimit: effectiveLimit({ holderLimit: 1_000_000n, otpActive: true }, values.cap),
      limitUse: { requestDate: 100_000n, designatedDate: 200_000n },
      transferAmount,
      feeYen,
    },
    values.includesFee,
  );
  const factors = whichFactors(
    {
      terminalClass: 'intermediary',
      operation: 'transfer',
      meansStarted: { oneTimePassword: true, mailPassword: false },
    },
    values,
  );
  const processing = mayProcessRequest(
    {
      transferKind,
      transferAmount,
      feeYen,
      debitClosed: false,
      paymentStops: [],
      serviceStopped: false,
      funds: { balance: 1_000_000n, holds: 0n, overdraftLimit: 0n },
    },
    values.overdraft,
  );
  assert(nature === 'allowed' && day.ok && limit.ok && factors.ok && processing.ok, 'All pass.');
  const lacking = lackingFactors(factors.value, ['confirmation_password', 'one_time_password']);
  assert(lacking.length === 0, 'All factors match.');
}
