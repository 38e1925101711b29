import { describe, expect, test } from '@jest/globals';
import { rknParameters } from '#libs/contracts';
import { accepted, refused } from '#libs/kernel';
import { inTurn, roundsInTurn, type JobGround } from './in-turn.js';
import type { Institution } from './domain/institution.js';

const BANKS = [1, 2, 3];
const TABLE = { dutyReminders: rknParameters.dutyReminders };
const NEW_YEAR_IN_TOKYO = Date.UTC(2026, 11, 31, 15);
const all = () => Promise.resolve(BANKS.map((id) => ({ id }) as Institution));

/** A ground on which institution 2 has set nothing; what is logged and on which day was asked are kept. */
function ground(unset: readonly number[] = []) {
  const logged: string[] = [];
  const days = new Set<string>();
  const read: JobGround['institutions']['read'] = (id, table, on) => {
    days.add(on.toString());
    if (unset.includes(id)) return Promise.resolve(refused('parameter_unset'));
    const values = Object.fromEntries(Object.keys(table).map((name) => [name, [id]]));
    return Promise.resolve(accepted(values as never));
  };
  const clock = { now: () => Promise.resolve(NEW_YEAR_IN_TOKYO) };
  const log = { error: (text: string) => logged.push(text) };
  return { logged, days, at: { institutions: { all, read }, clock, log } };
}

describe('institutions in turn', () => {
  test('trouble at one holds up no other, and the first is thrown when all have had their turn', async () => {
    const visited: number[] = [];
    const visit = (id: number) => {
      visited.push(id);
      return id < 3 ? Promise.reject(new Error(`trouble at ${id}`)) : Promise.resolve();
    };
    await expect(inTurn({ all }, visit)).rejects.toThrow('trouble at 1');
    expect(visited).toEqual(BANKS);
  });

  test('rounds go on until fewer rows are taken than one may take, each by its own parameters', async () => {
    const due = new Map([
      [1, 5],
      [2, 0],
      [3, 2],
    ]);
    const taken: unknown[] = [];
    const { at, days } = ground();
    const take = (id: number, { dutyReminders }: { dutyReminders: unknown }) => {
      const rows = Math.min(due.get(id) ?? 0, 2);
      due.set(id, (due.get(id) ?? 0) - rows);
      taken.push([id, dutyReminders, rows]);
      return Promise.resolve(rows);
    };
    await roundsInTurn(at, { table: TABLE, rowsMax: 2, take });
    expect(taken).toEqual([
      [1, [1], 2],
      [1, [1], 2],
      [1, [1], 1],
      [2, [2], 0],
      [3, [3], 2],
      [3, [3], 0],
    ]);
    expect([...days]).toEqual(['2027-01-01']);
  });

  test('INT-12 where a parameter is unset nothing is taken and the log says so; a failure ends its own', async () => {
    const visited: number[] = [];
    const { at, logged } = ground([2]);
    const take = (id: number) => {
      visited.push(id);
      return id === 1 ? Promise.reject(new Error('the disk is full')) : Promise.resolve(0);
    };
    const rounds = roundsInTurn(at, { table: TABLE, rowsMax: 2, take });
    await expect(rounds).rejects.toThrow('the disk is full');
    expect(visited).toEqual([1, 3]);
    expect(logged).toEqual(['institution 2: parameter_unset']);
  });
});
