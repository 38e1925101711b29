import { CivilDate } from '#libs/kernel';
import { ParameterBook, type ParameterEntry, type ParameterId } from '../parameter.js';

/** 見本 values for a demonstration institution. They come from no text. Source: clauses.md 4.2. */
export const rknSampleValues: Readonly<Record<`P.rkn.${string}`, unknown>> = {
  'P.rkn.l1.causeTarget': 5,
  'P.rkn.fraudPolicy': {
    eligible: ['individual'],
    thirtyDayTest: 'look_back_from_notice',
    windowDays: 30,
    longStopYears: 2,
    policeReportRequired: false,
    exclusionsNeedFaultlessInstitution: true,
    proposals: { noFault: 'FULL', negligence: 'INDIVIDUAL', gross: 'NONE', intent: 'NONE' },
  },
  'P.rkn.recourse.primaFacie': false,
  'P.rkn.revocationLatency': 500,
  'P.rkn.token.access': 300,
  'P.rkn.token.refresh': 'opaque_not_rotated_bound_to_consent',
  'P.rkn.token.consent': 90,
  'P.rkn.consent.reminders': [14, 7, 1],
  'P.rkn.attestationInterval': 12,
  'P.rkn.duty.reminders': [14, 7, 1],
  'P.rkn.evidenceRetention': 10,
  'P.rkn.standardTransition': 90,
  'P.rkn.s4.reasonablePeriod': 30,
  'P.rkn.s4.noticeLead': 72,
  'P.rkn.hold.maxDuration': 72,
  'P.rkn.c1.reportInterval': 12,
  'P.rkn.c1.reportToFi': 30,
  'P.rkn.c2.reasonablePeriod': 14,
  'P.rkn.c2.noticeLead': 72,
  'P.rkn.watch.thresholds': {
    callsMin: 100,
    errorsPerThousand: 200,
    transfersMin: 100,
    fraudsPerTenThousand: 10,
  },
};

/** The sample values of the agreement as approved entries of one institution, from 2022-07-01. */
export const rknSampleEntries = (institution: string): ParameterEntry[] =>
  Object.entries(rknSampleValues).map(([parameter, value]) => ({
    parameter: parameter as ParameterId,
    institution,
    value,
    version: 1,
    effectiveFrom: CivilDate.from('2022-07-01'),
    enteredBy: '見本 起案者',
    approvedBy: '見本 承認者',
    isSample: true,
  }));

export const rknSampleBook = (institution: string): ParameterBook =>
  new ParameterBook(institution, rknSampleEntries(institution));
