/** The two natural persons of an act: one enters it, another approves exactly that. */
export interface TwoPeople {
  readonly enteredBy: string;
  readonly approvedBy: string;
}

/** True where both are named and are not the same person. Source: RKN-S4a, INT-13. */
export const twoPeopleAgreed = ({ enteredBy, approvedBy }: TwoPeople): boolean =>
  enteredBy.trim() !== '' && approvedBy.trim() !== '' && enteredBy.trim() !== approvedBy.trim();
