import { describe, expect, test } from '@jest/globals';
import type { WireAnswer, WireRequest } from '../gateway-ground/door.js';
import type { Caller, Heard } from './caller.js';
import { Replays } from './replays.js';
import { Tally, type GoodOnce } from './tally.js';

const answer = (status: number, code?: string): WireAnswer => ({
  status,
  headers: {},
  text: JSON.stringify({ code }),
});
const requestTo = (path: string): WireRequest => ({ method: 'POST', path });
const takenAt = (at: number, path = '/token'): Heard => ({
  answer: answer(200),
  wasCut: false,
  request: requestTo(path),
  at,
});

/** Answers every replay the same, and remembers what was sent. */
function stand(replayed: WireAnswer) {
  const sent: string[] = [];
  const call = async (make: () => WireRequest): Promise<Heard> => {
    const request = make();
    sent.push(request.path);
    return { answer: replayed, wasCut: false, request, at: 1 };
  };
  const tally = new Tally();
  return { tally, sent, caller: { call } as unknown as Caller, replays: new Replays(tally) };
}

describe('T-10 what a process took before it was killed', () => {
  test.each<[GoodOnce, string]>([
    ['codes', 'invalid_grant'],
    ['assertions', 'invalid_client'],
    ['proofs', 'invalid_dpop_proof'],
  ])('%s: taken again is a finding, refused as used is counted', async (kind, code) => {
    const twice = stand(answer(200));
    twice.replays.keep(kind, takenAt(0), twice.caller);
    await twice.replays.send(twice.replays.takenBy(0));
    expect(twice.tally.figures).toMatchObject({ accepted_twice: 1, [`replayed_${kind}`]: 0 });
    const once = stand(answer(400, code));
    once.replays.keep(kind, takenAt(0), once.caller);
    await once.replays.send(once.replays.takenBy(0));
    expect(once.tally.figures).toMatchObject({ accepted_twice: 0, [`replayed_${kind}`]: 1 });
    expect(once.tally.findings).toEqual([]);
  });

  test('a refusal for another reason shows nothing, and is a finding', async () => {
    const { tally, caller, replays } = stand(answer(401, 'use_dpop_nonce'));
    replays.keep('proofs', takenAt(0), caller);
    await replays.send(replays.takenBy(0));
    expect(tally.figures).toMatchObject({ unexplained: 1, replayed_proofs: 0 });
  });

  test('the youngest of the killed process are sent, unchanged and once', async () => {
    const { sent, caller, replays } = stand(answer(401, 'invalid_dpop_proof'));
    for (const nth of [1, 2, 3, 4, 5, 6]) {
      replays.keep('proofs', takenAt(0, `/v1/${nth}`), caller);
    }
    replays.keep('assertions', takenAt(0, '/par'), caller);
    replays.keep('proofs', takenAt(1, '/elsewhere'), caller);
    await replays.send(replays.takenBy(0));
    await replays.send(replays.takenBy(0));
    expect(sent.toSorted()).toEqual(['/par', '/v1/3', '/v1/4', '/v1/5', '/v1/6']);
  });
});
