import { describe, expect, test } from '@jest/globals';
import { newId } from '#libs/kernel';
import { Metrics } from '#libs/platform';
import { BankService } from './bank.service.js';
import { CallWatch, resourceOf } from './call-watch.js';
import { OwnAffairs } from './own-affairs.js';
import { OwnCases } from './own-cases.js';
import { OwnIncidents } from './own-incidents.js';
import { OwnLinkage } from './own-linkage.js';
import { OwnSecurity } from './own-security.js';

type Method = (...asked: readonly unknown[]) => Promise<unknown>;

const ROOMS = [OwnAffairs, OwnCases, OwnIncidents, OwnLinkage, OwnSecurity] as const;
/** What sends a call that others have put together, and what follows its answer. */
const SENDERS = /^(?:ask|askOnce|askForKeeping|fetch|send|orSilence|refusalOf|on[A-Z].*)$/;

/** Calls every method of the client with `id` wherever an id, a date or a bank code may stand; answers the paths. */
async function pathsWith(id: string): Promise<string[]> {
  const paths: string[] = [];
  const note = (_caller: unknown, ...rest: readonly unknown[]) => {
    const call = rest.find((one) => typeof one === 'object') as { readonly path: string };
    paths.push(call.path);
    return Promise.resolve({ ok: false, refusal: { code: 'not_found' } });
  };
  const bank = Object.assign(Object.create(BankService.prototype) as BankService, {
    ask: note,
    askOnce: note,
    fetch: note,
  });
  for (const room of [bank, ...ROOMS.map((Room) => new Room(bank))]) {
    const all = Object.getPrototypeOf(room) as Readonly<Record<string, Method>>;
    const names = Object.getOwnPropertyNames(all).filter(
      (name) => name !== 'constructor' && !SENDERS.test(name),
    );
    for (const name of names) await all[name]?.apply(room, Array(9).fill(id));
  }
  return paths;
}

describe('T-31 what is told of a call holds no id that a caller can invent', () => {
  test.each([newId('sub', 0), newId('evd', 1), '4.2', '12.3.1', '2963', '2026-11-22', '17'])(
    'T-31 no path of the client leaves %s in a label, and every word stays',
    async (id) => {
      const paths = await pathsWith(id);
      expect(paths.filter((path) => path.includes(id)).length).toBeGreaterThan(30);
      for (const path of paths)
        expect(resourceOf(path)).toBe(
          path
            .split('/')
            .filter((part) => part !== id)
            .join('/'),
        );
    },
  );

  test('T-31 a thousand invented ids are one set of labels', async () => {
    const metrics = new Metrics();
    const watch = new CallWatch(metrics);
    for (let at = 0; at < 1_000; at += 1) {
      const path = `participants/self/security/submissions/${newId('sub', at)}/answers/${at}.1`;
      await watch.see({ method: 'PUT', path }, () => Promise.resolve({ ok: false }));
    }
    const lines = (await metrics.text()).split('\n');
    const counts = lines.filter((line) => line.includes('bank_core_call_seconds_count{'));
    expect(counts).toEqual([
      expect.stringContaining('resource="participants/self/security/submissions/answers"'),
    ]);
  });
});
