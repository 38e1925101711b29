import type { CivilDate } from '#libs/kernel';

/** `locked` stops the whole service until the branch lifts it (SM-9.2); `terminated` is its end (SM-11). */
export type ServiceState = 'active' | 'locked' | 'stopped' | 'terminated';

/** A holder (契約者) of internet banking at one institution. */
export interface Holder {
  readonly institutionId: number;
  readonly id: string;
  readonly kind: 'individual' | 'sole_proprietor' | 'corporate';
  readonly nameKanji: string;
  readonly nameKana: string;
  readonly mailAddress: string;
  readonly loginId: string;
  readonly serviceState: ServiceState;
  readonly contractedOn: CivilDate;
}
