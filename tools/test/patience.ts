import { expect, jest } from '@jest/globals';

/**
 * A test waits for events, never for times, and sets no limit of its own: this only bounds how long a broken
 * one may hang, far above what the slowest machine needs. Jest reads no limit from a project's
 * configuration, so each file sets its ring's own.
 */
const LIMITS_MS = { pure: 120_000, api: 300_000, contract: 600_000, story: 600_000 } as const;

const file = expect.getState().testPath ?? '';
const ring = /\.(api|contract|story)-spec\.js$/.exec(file)?.[1] as keyof typeof LIMITS_MS;
jest.setTimeout(LIMITS_MS[ring ?? 'pure']);
