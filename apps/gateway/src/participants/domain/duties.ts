/** How an intermediary stands, and how its software stands, each by itself (users.md A.3). */
export type ParticipantState = 'pending' | 'active' | 'restricted' | 'suspended' | 'terminated';
export type ApplicationState = 'active' | 'inactive' | 'removed';
export type PartnerState = 'proposed' | 'withdrawn' | 'contracted' | 'stopped';

/** What the bank does and owes while a participant is not fully active. */
export interface Duties {
  /** Data that a holder consented to is disclosed. */
  readonly discloseData: boolean;
  /** Holders can give new consents. */
  readonly acceptConsents: boolean;
  /** Holders can withdraw, and the intermediary can end what it holds. */
  readonly acceptWithdrawals: boolean;
  /** Consents are ended for good: nothing revives them. */
  readonly endConsents: boolean;
  /** The registration is of no use any more and its owner ends it; here nothing is erased by itself. */
  readonly cleanRegistration: boolean;
}

const FULL: Duties = {
  discloseData: true,
  acceptConsents: true,
  acceptWithdrawals: true,
  endConsents: false,
  cleanRegistration: false,
};
/** A pause: consents are kept, and a lifted measure revives those that have not expired. */
const PAUSED: Duties = { ...FULL, discloseData: false, acceptConsents: false };
const OVER: Duties = {
  discloseData: false,
  acceptConsents: false,
  acceptWithdrawals: false,
  endConsents: true,
  cleanRegistration: true,
};

/** The cascade: what the intermediary is, its software cannot exceed. */
export function applicationUnder(
  participant: ParticipantState,
  application: ApplicationState,
): ApplicationState {
  if (participant === 'terminated') return 'removed';
  if (participant === 'active' || participant === 'restricted') return application;
  return application === 'removed' ? 'removed' : 'inactive';
}

/** The duties of one pair of states. Source: users.md A.3, modelled on the Australian register. */
export function dutiesOf(participant: ParticipantState, application: ApplicationState): Duties {
  const software = applicationUnder(participant, application);
  if (software === 'removed') return OVER;
  return software === 'inactive' ? PAUSED : FULL;
}

const STRICTNESS: readonly ParticipantState[] = [
  'active',
  'restricted',
  'pending',
  'suspended',
  'terminated',
];

/** The strictest of several states; `active` where there is none. */
export const worstOf = (states: readonly ParticipantState[]): ParticipantState =>
  states.reduce<ParticipantState>(
    (worst, one) => (STRICTNESS.indexOf(one) > STRICTNESS.indexOf(worst) ? one : worst),
    'active',
  );

/** A chain partner as a level of the three. */
export const stateOfPartner = (status: PartnerState): ParticipantState =>
  status === 'contracted' ? 'active' : status === 'proposed' ? 'pending' : 'suspended';
