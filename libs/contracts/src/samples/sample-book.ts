import { CivilDate } from '#libs/kernel';
import { ParameterBook, type ParameterEntry, type ParameterId } from '../parameter.js';
import { smSampleValues } from './sm-sample-values.js';

/** The sample values of the terms as approved entries of one institution, in force from 2022-07-01. */
export const smSampleEntries = (institution: string): ParameterEntry[] =>
  Object.entries(smSampleValues).map(([parameter, value]) => ({
    parameter: parameter as ParameterId,
    institution,
    value,
    version: 1,
    effectiveFrom: CivilDate.from('2022-07-01'),
    enteredBy: '見本 起案者',
    approvedBy: '見本 承認者',
    isSample: true,
  }));

export const smSampleBook = (institution: string): ParameterBook =>
  new ParameterBook(institution, smSampleEntries(institution));
