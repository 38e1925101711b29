/** Tables of the gateway that name an institution, each with the reason why its rows need no wall between them. */
export const NAMES_A_BANK: Readonly<Record<string, string>> = {
  call_count: 'counts calls of one intermediary, who may read them all; holds no ids (T-30)',
  consent_grant: 'belongs to one client; the token that leads to it names one bank (T-08)',
  intermediary_event:
    'belongs to one intermediary, who is told of many banks; holds ids only (T-30)',
};

export interface GatewayRule {
  readonly name: string;
  /** Finds what breaks the rule, one `name` per row. */
  readonly find: string;
  /** A change that breaks it, and the name by which the finding must call it. */
  readonly sin: string;
  readonly found: string;
}

const ROLES = `'renkei_gateway_app', 'renkei_gateway_owner'`;
const exceptions = Object.keys(NAMES_A_BANK)
  .map((name) => `'${name}'`)
  .join(', ');

/**
 * T-20 read from the gateway's catalogue. The gateway keeps no bank data: what its rows point at lies at
 * bank-core behind forced row-level security. Whatever a migration adds that says otherwise is found here.
 */
export const gatewayRules: readonly GatewayRule[] = [
  {
    name: 'the two roles own no more than they need and pass by no policy',
    find: `select rolname as name from pg_roles r where rolname in (${ROLES})
        and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication
             or exists (select from pg_auth_members m where m.member = r.oid))
      union all
      select c.relname from pg_class c where c.relowner = 'renkei_gateway_app'::regrole`,
    sin: 'alter table feed_cursor owner to renkei_gateway_app',
    found: 'feed_cursor',
  },
  {
    name: 'a table with an institution’s rows forces row-level security',
    find: `select c.relname as name from pg_class c
      join pg_attribute a on a.attrelid = c.oid and a.attname = 'institution_id'
      where c.relkind in ('r', 'p') and not (c.relrowsecurity and c.relforcerowsecurity)`,
    sin: 'create table stray (institution_id smallint primary key)',
    found: 'stray',
  },
  {
    name: 'a table that names a bank is known, with its reason',
    find: `select distinct c.relname as name from pg_class c
      join pg_attribute a on a.attrelid = c.oid and a.attname = 'bank_code'
      where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
        and c.relname not in (${exceptions})`,
    sin: 'create table stray (bank_code text primary key)',
    found: 'stray',
  },
  {
    name: 'nothing here is called what only bank-core may keep',
    find: `select c.relname || '.' || a.attname as name from pg_class c
      join pg_attribute a on a.attrelid = c.oid and not a.attisdropped
      where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
        and a.attname ~ '(^|_)(password|totp|balance|account_number|holder_name|login_id)($|_)'`,
    sin: 'alter table client add column holder_name text',
    found: 'client.holder_name',
  },
  {
    name: 'every table has a primary key',
    find: `select c.relname as name from pg_class c
      where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
        and not exists (select from pg_index i where i.indrelid = c.oid and i.indisprimary)`,
    sin: 'create table stray (id text)',
    found: 'stray',
  },
  {
    name: 'what runs with the owner’s rights seals its path and is not open to all',
    find: `select p.proname as name from pg_proc p
      where p.pronamespace = 'public'::regnamespace and p.prosecdef
        and ('search_path=pg_catalog, public, pg_temp' = any(p.proconfig) is not true
             or has_function_privilege('public', p.oid, 'execute'))`,
    sin: `create function stray() returns int language sql security definer as 'select 1'`,
    found: 'stray',
  },
  {
    name: 'the server makes nothing in the schema and empties no table',
    find: `select rolname as name from pg_roles where rolname = 'renkei_gateway_app'
        and has_schema_privilege(oid, 'public', 'create')
      union all
      select c.relname from pg_class c where c.relkind in ('r', 'p')
        and c.relnamespace = 'public'::regnamespace
        and (has_table_privilege('renkei_gateway_app', c.oid, 'truncate')
          or has_table_privilege('renkei_gateway_app', c.oid, 'trigger'))`,
    sin: 'grant truncate on client to renkei_gateway_app',
    found: 'client',
  },
];
