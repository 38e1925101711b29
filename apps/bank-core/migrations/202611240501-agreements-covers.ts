import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Why: what every call of an intermediary is judged by is read in one statement, which says once what covering means
 * (RKN-0.2). Creates only; locks nothing.
 */
export class AgreementsCovers202611240501 implements MigrationInterface {
  readonly name = 'AgreementsCovers202611240501';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      -- Functions that return tables: the planner writes them into the caller's statement.
      create function agreement_coverage(day date)
      returns table (intermediary_id text, institution_id smallint) language sql stable as $$
        select i.id, c.institution_id from federation.agreement_institution c
        join federation.agreement a on a.id = c.agreement_id
        join federation.intermediary i on i.id = a.intermediary_id
        where i.status = 'active'
          and a.effective_from <= day and (a.effective_to is null or day <= a.effective_to)
          and c.covered_from <= day and (c.covered_to is null or day <= c.covered_to)
      $$;
      create function agreement_covers(intermediary text, institution smallint, day date)
      returns table (covered boolean) language sql stable as $$
        select exists (select from agreement_coverage(day) c
          where c.intermediary_id = intermediary and c.institution_id = institution)
      $$;
    `);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('drop function agreement_covers; drop function agreement_coverage');
  }
}
