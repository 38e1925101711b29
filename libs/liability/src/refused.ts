import { refused as asRefusal, type Refusal } from '#libs/kernel';
import type { LiabilityCode } from './liability.refusals.js';

/** A refusal of this library: the types admit only codes that have their sentences. */
export const refused = <Code extends LiabilityCode>(
  code: Code,
  more: Omit<Refusal<Code>, 'code'>,
) => asRefusal(code, more);
