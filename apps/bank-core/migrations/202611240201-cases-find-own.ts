import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Why: an intermediary's case lies at one of many institutions, and asking each in turn took a transaction for every
 * one. The functions enter one institution after the other within a single call, under the same row-level security
 * (T-20), and leave as they came. Creates only; locks nothing.
 */
export class CasesFindOwn202611240201 implements MigrationInterface {
  readonly name = 'CasesFindOwn202611240201';

  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      -- At which institution this case of this intermediary is; null for another's, as for none.
      create function own_case_place(p_epsp text, p_case text) returns smallint language plpgsql volatile as $$
      declare
        entered text := coalesce(current_setting('renkei.institution', true), '');
        place smallint;
      begin
        for place in select i.id from institution i order by i.id loop
          perform set_config('renkei.institution', place::text, true);
          if exists (select from loss_case c
                     where c.institution_id = place and c.id = p_case and c.epsp_id = p_epsp) then
            perform set_config('renkei.institution', entered, true);
            return place;
          end if;
        end loop;
        perform set_config('renkei.institution', entered, true);
        return null;
      end $$;

      -- The intermediary's newest cases of each institution; whoever calls puts them into one order.
      create function own_cases(p_epsp text, p_before text, p_limit integer) returns setof loss_case
      language plpgsql volatile as $$
      declare
        entered text := coalesce(current_setting('renkei.institution', true), '');
        place smallint;
      begin
        for place in select i.id from institution i order by i.id loop
          perform set_config('renkei.institution', place::text, true);
          return query select c.* from loss_case c
            where c.institution_id = place and c.epsp_id = p_epsp and c.epsp_id <> ''
              and c.id < coalesce(p_before, 'case~')
            order by c.id desc limit p_limit;
        end loop;
        perform set_config('renkei.institution', entered, true);
      end $$;
      revoke all on function own_case_place, own_cases from public;
      grant execute on function own_case_place, own_cases to renkei_bank_app;
    `);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('drop function own_case_place, own_cases');
  }
}
