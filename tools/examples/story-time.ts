import type pg from 'pg';
import { CivilDate, instantToWire, type Instant } from '#libs/kernel';
import { machineNow } from '../machine-clock.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** No story is longer than this on one day; it never runs over midnight in Tokyo, where the date would change. */
const DAY_OF_WORK_MS = 3 * HOUR_MS;
/** When every story of the examples begins, whenever it is run. */
export const EXAMPLES_BEGIN: Instant = Date.parse('2026-12-01T10:00:00.000+09:00');

const STANDING_STILL = `
  create table story_time (at timestamptz not null);
  grant select on story_time to public;
  insert into story_time values (to_timestamp($1::float8 / 1000));
  create or replace function renkei_now() returns timestamptz language sql volatile
    as $$ select at from story_time $$;`;

/** Bank time that stands still and moves only when the story says so, so that a story has the same times again. */
export class StoryTime {
  private constructor(
    private readonly bank: pg.Client,
    readonly begin: Instant,
    private at: Instant,
  ) {}

  /** Stops the clock of bank-core's database now, as its superuser; no server role can. */
  static async stop(bank: pg.Client): Promise<StoryTime> {
    const now = machineNow();
    const midnight = CivilDate.inTokyo(now).plusDays(1).startsAt();
    const begin = Math.min(now, midnight - DAY_OF_WORK_MS);
    for (const statement of STANDING_STILL.replace('$1', String(begin)).split(/;\n/))
      await bank.query(statement);
    return new StoryTime(bank, begin, begin);
  }

  readonly now = (): Instant => this.at;

  nowWire(): string {
    return instantToWire(this.at);
  }

  /** An instant of the story as its people write it. */
  wire(days = 0, minutes = 0): string {
    return instantToWire(this.begin + days * 24 * HOUR_MS + minutes * MINUTE_MS);
  }

  day(days = 0): string {
    return CivilDate.inTokyo(this.begin).plusDays(days).toString();
  }

  async pass(span: { readonly days?: number; readonly minutes?: number }): Promise<void> {
    const { days = 0, minutes = 0 } = span;
    this.at += days * 24 * HOUR_MS + minutes * MINUTE_MS;
    await this.bank.query('update story_time set at = to_timestamp($1::float8 / 1000)', [this.at]);
  }
}
