import { SettingError, type Settings } from '#libs/platform';

/** How much may be asked of this gateway, by all its processes together. */
export interface RateQuotas {
  /** Calls of the API by all of one intermediary's software in a minute. */
  readonly intermediaryPerMinute: number;
  /** Of those, calls on one consent. */
  readonly consentPerMinute: number;
  /** How often the same resource of a consent may be read on one day of Japan while its customer is away. */
  readonly unattendedPerDay: number;
  /** Requests that need no token, the authorization server's among them, from one address in a minute. */
  readonly addressPerMinute: number;
  /** Requests to registration from one address: its keys and signatures cost the most to judge (T-31). */
  readonly registrationsPerMinute: number;
  /** Of those, requests to the authorization server in which one client is named that has not proven itself. */
  readonly claimedClientPerMinute: number;
  /** Calls of the API from one address whose callers have not proven who they are. */
  readonly refusalsPerMinute: number;
}

const CALLS_PER_MINUTE = 600;
/** users.md A 36: four a day. */
const UNATTENDED_PER_DAY = 4;

/** Whatever is not set follows from the quota of one intermediary. */
export function readRateQuotas(settings: Settings): RateQuotas {
  const read = (name: string, otherwise: number): number => {
    const text = settings.optional(name);
    if (text === undefined) return otherwise;
    if (/^[1-9][0-9]{0,6}$/.test(text)) return Number(text);
    throw new SettingError(`${name} must be a whole number from 1 to 9999999.`);
  };
  const calls = read('GATEWAY_CALLS_PER_MINUTE', CALLS_PER_MINUTE);
  return {
    intermediaryPerMinute: calls,
    consentPerMinute: read('GATEWAY_CONSENT_CALLS_PER_MINUTE', Math.ceil(calls / 4)),
    unattendedPerDay: read('GATEWAY_UNATTENDED_READS_PER_DAY', UNATTENDED_PER_DAY),
    addressPerMinute: read('GATEWAY_ADDRESS_REQUESTS_PER_MINUTE', calls * 5),
    registrationsPerMinute: read('GATEWAY_ADDRESS_REGISTRATIONS_PER_MINUTE', Math.ceil(calls / 5)),
    claimedClientPerMinute: read('GATEWAY_ADDRESS_CLIENT_REQUESTS_PER_MINUTE', calls),
    refusalsPerMinute: read('GATEWAY_ADDRESS_REFUSALS_PER_MINUTE', calls * 5),
  };
}
