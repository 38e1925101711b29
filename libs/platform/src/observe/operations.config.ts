import { SettingError, type ListenAddress, type Settings } from '../environment.js';

/** How a process is operated: where its operators ask, and how long a balancer needs to notice an end. */
export interface OperationsConfig {
  readonly listen: ListenAddress;
  /** Milliseconds between red readiness and the end of listening. */
  readonly drainMs: number;
}

const DRAIN_SECONDS_MAX = 60;

/** Reads `<prefix>_OPERATIONS_LISTEN` and `<prefix>_DRAIN_SECONDS`; nothing where nobody is to ask. */
export function readOperations(settings: Settings, prefix: string): OperationsConfig | undefined {
  if (settings.optional(`${prefix}_OPERATIONS_LISTEN`) === undefined) return undefined;
  const name = `${prefix}_DRAIN_SECONDS`;
  const seconds = Number(settings.optional(name) ?? 0);
  if (!Number.isInteger(seconds) || seconds < 0 || seconds > DRAIN_SECONDS_MAX)
    throw new SettingError(`${name} must be a whole number from 0 to ${DRAIN_SECONDS_MAX}.`);
  return { listen: settings.address(`${prefix}_OPERATIONS_LISTEN`), drainMs: seconds * 1000 };
}
