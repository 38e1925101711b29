import { CivilDate, type Clock, type Instant } from '#libs/kernel';

/** A clock that stands still until the test moves it. */
export class FixedClock implements Clock {
  #now: Instant;

  private constructor(now: Instant) {
    this.#now = now;
  }

  /** For example `FixedClock.at('2026-11-22', '09:30')`: Tokyo's date and time of day. */
  static at(date: string, time = '00:00'): FixedClock {
    return new FixedClock(CivilDate.from(date).at(time));
  }

  static ofInstant(now: Instant): FixedClock {
    return new FixedClock(now);
  }

  now(): Promise<Instant> {
    return Promise.resolve(this.#now);
  }

  /** Moves forward (or back, when negative) by milliseconds. */
  advance(ms: number): void {
    this.#now += ms;
  }

  moveTo(date: string, time = '00:00'): void {
    this.#now = CivilDate.from(date).at(time);
  }
}
