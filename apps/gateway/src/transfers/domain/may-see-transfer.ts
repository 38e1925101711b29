/**
 * A token without a user reads every transfer of its client. A user's token was given for one transfer
 * and reads that one; any other answers as if it were not there (RKN-S1b, T-21).
 */
export const maySeeTransfer = (
  granted: { readonly transferId: string | undefined } | undefined,
  transferId: string,
): boolean => granted === undefined || granted.transferId === transferId;
