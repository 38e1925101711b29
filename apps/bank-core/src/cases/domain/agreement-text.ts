import { hashOf } from '#libs/kernel';
import type { RecourseAgreement } from '#libs/liability';

/** The fingerprint of what both sides accept: amount, claimant and reasons of one version of one case (RKN-L2b). */
export const agreementHash = (
  caseId: string,
  { version, claimant, amountYen, rationale }: RecourseAgreement,
): string => hashOf({ caseId, version, claimant, amountYen, rationale });
