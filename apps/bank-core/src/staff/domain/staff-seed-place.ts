/** The row that an officer's seed is bound to when it is wrapped (T-22). */
export const staffSeedPlace = (mailAddress: string): string => `staff_account|${mailAddress}`;
