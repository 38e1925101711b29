import type { Logger } from '@nestjs/common';
import type { Parameter, ParameterId, ParameterValues } from '#libs/contracts';
import { CivilDate, type Clock, type Instant } from '#libs/kernel';
import type { InstitutionsService } from './institutions.service.js';

/**
 * One institution after the other; trouble at one holds up no other (reliability.md 7). The first failure is thrown
 * when all have had their turn.
 */
export async function inTurn(
  institutions: Pick<InstitutionsService, 'all'>,
  visit: (institutionId: number) => Promise<unknown>,
): Promise<void> {
  const failures: unknown[] = [];
  for (const { id } of await institutions.all())
    await visit(id).catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}

/** What a job that works by parameters of each institution stands on. */
export interface JobGround {
  readonly institutions: Pick<InstitutionsService, 'all' | 'read'>;
  readonly clock: Clock;
  readonly log: Pick<Logger, 'error'>;
}

/** How such a job takes what is due at one institution. */
export interface Round<P extends Readonly<Record<string, Parameter<ParameterId>>>> {
  readonly table: P;
  /** So many rows are taken in one round at most; a round that takes as many is followed by another one. */
  readonly rowsMax: number;
  /** Takes what is due at `at`; answers how many rows that were. */
  take(institutionId: number, values: ParameterValues<P>, at: Instant): Promise<number>;
}

/** Rounds at each institution in turn, by its parameters on the day of Japan, until nothing more is due. */
export function roundsInTurn<P extends Readonly<Record<string, Parameter<ParameterId>>>>(
  { institutions, clock, log }: JobGround,
  { table, rowsMax, take }: Round<P>,
): Promise<void> {
  return inTurn(institutions, async (id) => {
    for (let taken = rowsMax; taken === rowsMax;) {
      const at = await clock.now();
      const read = await institutions.read(id, table, CivilDate.inTokyo(at));
      // An unset parameter is an error, never a default (INT-12): nothing is done there until it is set.
      if (!read.ok) return log.error(`institution ${id}: ${read.refusal.code}`);
      taken = await take(id, read.value, at);
    }
  });
}
