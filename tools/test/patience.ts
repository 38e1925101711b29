import { expect, jest } from '@jest/globals';

/**
 * A test waits for events, never for times; this only bounds how long a broken one may hang. Jest
 * reads no limit from a project's configuration, so each file sets its ring's own.
 */
const LIMITS_MS = { pure: 30_000, api: 60_000, contract: 60_000, story: 180_000 } as const;

const file = expect.getState().testPath ?? '';
const ring = /\.(api|contract|story)-spec\.js$/.exec(file)?.[1] as keyof typeof LIMITS_MS;
jest.setTimeout(LIMITS_MS[ring ?? 'pure']);
