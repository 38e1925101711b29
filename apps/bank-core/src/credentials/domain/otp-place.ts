/** The row that a holder's seed is bound to when it is wrapped (T-22). */
export const otpPlace = (institutionId: number, holderId: string): string =>
  `credential_otp|${institutionId}|${holderId}`;
