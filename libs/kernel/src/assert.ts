/** A broken assertion is a bug in Renkei, never a refusal: the answer is 500 with the interaction id only. */
export class BrokenAssertion extends Error {
  override readonly name = 'BrokenAssertion';
}

/** Throws {@link BrokenAssertion} with `sentence` unless `fact` holds. */
export function assert(fact: unknown, sentence: string): asserts fact {
  if (!fact) throw new BrokenAssertion(sentence);
}

/** Marks a branch that the types rule out; a value that arrives all the same is a bug. */
export function unreachable(value: never): never {
  throw new BrokenAssertion(`A case was not expected: ${JSON.stringify(value)}.`);
}
