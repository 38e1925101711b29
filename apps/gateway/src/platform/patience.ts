import { SettingError, type Settings } from '#libs/platform';

/** How long the gateway waits before it takes another part for silent and refuses, in milliseconds. */
export interface Patience {
  /** The copy of one institution's link states may be trusted so long without news (RKN-S4c, T-19). */
  readonly linkLeaseMs: number;
  /** Without a line for this long a stream of bank-core is dead, whatever TCP thinks of it. */
  readonly streamSilenceMs: number;
  /** A call to bank-core that has no answer by then has failed. */
  readonly bankAnswerMs: number;
  /** A database that is this late is down: callers are refused instead of piling up (T-10, T-31). */
  readonly storeAnswerMs: number;
  /** The same for the connection that only listens. */
  readonly listenerAnswerMs: number;
}

export const SHIPPED_PATIENCE: Patience = {
  linkLeaseMs: 2_000,
  streamSilenceMs: 2_000,
  bankAnswerMs: 8_000,
  storeAnswerMs: 2_000,
  listenerAnswerMs: 1_000,
};

const SETTING = 'GATEWAY_PATIENCE';

/**
 * What ships, or so many times as long on a machine where other work may stall every process for seconds.
 * Not in production: a stop has to reach a node that hears nothing within the lease that ships.
 */
export function readPatience(settings: Settings): Patience {
  const text = settings.optional(SETTING);
  if (text === undefined) return SHIPPED_PATIENCE;
  if (!/^[1-9][0-9]?$/.test(text))
    throw new SettingError(`${SETTING} must be a whole number from 1 to 99.`);
  if (settings.mode() === 'production' && text !== '1')
    throw new SettingError(`${SETTING} lengthens the link lease: not in production.`);
  return patienceTimes(Number(text));
}

export const patienceTimes = (factor: number): Patience => ({
  linkLeaseMs: SHIPPED_PATIENCE.linkLeaseMs * factor,
  streamSilenceMs: SHIPPED_PATIENCE.streamSilenceMs * factor,
  bankAnswerMs: SHIPPED_PATIENCE.bankAnswerMs * factor,
  storeAnswerMs: SHIPPED_PATIENCE.storeAnswerMs * factor,
  listenerAnswerMs: SHIPPED_PATIENCE.listenerAnswerMs * factor,
});
