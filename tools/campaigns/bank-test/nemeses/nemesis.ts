import type { Arena } from '../arena.js';
import type { Random } from '../random.js';

/** What a nemesis may use. */
export interface Blow {
  readonly arena: Arena;
  readonly random: Random;
  /** How many outcomes of this round are or were unknown so far: whether it hurts. */
  unknowns(): number;
  /** From this moment the named doors owe an answer: their recovery is measured. */
  owed(doors: readonly string[]): void;
}

/** Does its harm, lifts it again, and says in a few words what it was. */
export type Nemesis = (blow: Blow) => Promise<string>;

/** What is not to be had on this machine: another nemesis takes the round. */
export class NotHere extends Error {
  override readonly name = 'NotHere';
}

export const everyDoor = ({ doors, confirm }: Arena): string[] =>
  [...doors, confirm].map(({ name }) => name);
