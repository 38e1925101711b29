import pg from 'pg';

/** The five characters by which PostgreSQL names a failure; undefined where it did not answer at all. */
export const sqlStateOf = (error: unknown): string | undefined =>
  error instanceof pg.DatabaseError ? error.code : undefined;
