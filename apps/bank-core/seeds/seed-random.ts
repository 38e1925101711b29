import type { Yen } from '#libs/kernel';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/**
 * A small generator of our own (mulberry32): the same seed gives the same people and the same statements on
 * every machine. Not for secrets.
 */
export class SeedRandom {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** A fraction from 0 to below 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let t = this.state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** A whole number from `min` to `max`, both included. */
  between(min: number, max: number): number {
    return min + Math.floor(this.next() * (max - min + 1));
  }

  /** Whole yen from `min` to `max` thousands, hundreds … of `unit`. */
  yen(min: number, max: number, unit: Yen = 1n): Yen {
    return BigInt(this.between(min, max)) * unit;
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(list: readonly T[]): T {
    const item = list[this.between(0, list.length - 1)];
    if (item === undefined) throw new Error('Nothing to pick from.');
    return item;
  }

  /** An id of the house's form whose letters come from this generator. */
  id<P extends string>(prefix: P): `${P}_${string}` {
    const tail = Array.from({ length: 16 }, () => ALPHABET[this.between(0, 31)]).join('');
    return `${prefix}_01hq000000${tail}`;
  }
}
