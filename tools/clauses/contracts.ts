import { rknAgreement, smTerms, type Contract } from '#libs/contracts';

/** The two texts, in the order in which readers meet them: the agreement, then the terms. */
export const contracts: readonly Contract[] = [rknAgreement, smTerms];
