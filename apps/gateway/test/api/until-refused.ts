import type { Answer } from './intermediary.js';

/** Calls until a quota is spent. Two windows may meet in the middle: then each leaves its quota. */
export async function untilRefused(
  call: () => Promise<Answer>,
  passedMax = 8,
): Promise<[Answer, passed: number]> {
  for (let passed = 0; ; passed += 1) {
    const answer = await call();
    if (answer.status === 429) return [answer, passed];
    if (passed > passedMax) throw new Error(`Nobody counts: ${answer.status}.`);
  }
}
