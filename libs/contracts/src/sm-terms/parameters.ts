import { contractParameters } from './parameters/contract-and-service.js';
import { credentialParameters } from './parameters/credentials.js';
import { transferParameters } from './parameters/transfers.js';

/**
 * Everything that the terms leave to the institution (所定), by subject. Typed, constrained, without a
 * default; values are entered by one person and approved by another. Source: clauses.md section 4.1.
 */
export const smParameters = {
  ...contractParameters,
  ...credentialParameters,
  ...transferParameters,
} as const;

export * from './parameters/service-hours.js';
