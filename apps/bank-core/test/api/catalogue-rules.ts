/** Indexes of tenant tables that the institution does not lead, each with its reason. */
export const LED_BY_ANOTHER: Readonly<Record<string, string>> = {
  posting_by_xid:
    'The relay reads all institutions in the order of transactions; a BRIN keeps no rows, hence no key of a tenant.',
};

/** Tables of business without an institution, each with its reason. */
export const WITHOUT_INSTITUTION: Readonly<Record<string, string>> = {
  institution: 'is the institution',
  login_failure:
    'counts guesses by hashes of a source and a name, before anybody is known to belong anywhere',
  migrations: 'is the schema, not business',
  sandbox_clock: 'is the time of the whole bank, one row',
};

/** What the ledger's functions alone may write. */
const MONEY = ['account', 'posting', 'posting_correction', 'hold', 'limit_use', 'system_account'];
/** What nobody rewrites: posting and posting_correction also withstand truncate. */
const HISTORY = [
  'posting',
  'posting_correction',
  'record',
  'case_event',
  'case_note',
  'case_facts',
  'case_decision',
  'case_compensation',
  'case_probe',
  'standard_version',
  'review_comment',
  'evidence_release',
  'paper_entry',
  'reading_choice',
  'incident_entry',
  'notice_statement',
];

const list = (names: readonly string[]): string => names.map((name) => `'${name}'`).join(', ');
const TABLES = `
  select c.oid, c.relname, a.attnum
  from pg_class c left join pg_attribute a
    on a.attrelid = c.oid and a.attname = 'institution_id' and not a.attisdropped
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')`;
const TENANTS = `select * from (${TABLES}) t where attnum is not null`;

export interface CatalogueRule {
  readonly name: string;
  /** Finds what breaks the rule, one `name` per row. */
  readonly find: string;
  /** A change that breaks it, and the name by which the finding must call it. */
  readonly sin: string;
  readonly found: string;
}

/** T-20 read from the catalogue itself: what no migration may forget. */
export const catalogueRules: readonly CatalogueRule[] = [
  {
    name: 'every table of business names its institution',
    find: `select relname as name from (${TABLES}) t
      where attnum is null and relname not in (${list(Object.keys(WITHOUT_INSTITUTION))})`,
    sin: 'create table stray (id bigint primary key)',
    found: 'stray',
  },
  {
    name: 'every tenant table has a primary key',
    find: `select relname as name from (${TENANTS}) t
      where not exists (select from pg_index i where i.indrelid = t.oid and i.indisprimary)`,
    sin: 'create table stray (institution_id smallint not null, id bigint)',
    found: 'stray',
  },
  {
    name: 'primary keys, unique keys and indexes are led by the institution',
    find: `select i.indexrelid::regclass::text as name from (${TENANTS}) t
      join pg_index i on i.indrelid = t.oid
      where i.indkey[0] <> t.attnum
        and i.indexrelid::regclass::text not in (${list(Object.keys(LED_BY_ANOTHER))})`,
    sin: 'create index stray on posting (debit_account, institution_id)',
    found: 'stray',
  },
  {
    name: 'a key that refers to a tenant refers to its institution first',
    find: `select k.conname as name from pg_constraint k
      join (${TENANTS}) t on t.oid = k.conrelid join (${TENANTS}) r on r.oid = k.confrelid
      where k.contype = 'f' and (k.conkey[1] <> t.attnum or k.confkey[1] <> r.attnum)`,
    sin: `create table stray (institution_id smallint not null, id text primary key, other smallint, holder text,
      constraint stray_ref foreign key (other, holder) references holder (institution_id, id))`,
    found: 'stray_ref',
  },
  {
    name: 'one policy stands before the rows: the institution that was entered, for everyone and every command',
    find: `select c.relname as name from pg_class c where c.relrowsecurity
      and array(select p.polname::text || ' ' || p.polcmd::text || ' ' || p.polpermissive::text || ' '
                     || p.polroles::text || ' ' || pg_get_expr(p.polqual, p.polrelid)
                     || coalesce(pg_get_expr(p.polwithcheck, p.polrelid), '')
                from pg_policy p where p.polrelid = c.oid)
        <> array['tenant * true {0} (institution_id = renkei_institution())']`,
    sin: 'create policy stray on account for select using (true)',
    found: 'account',
  },
  {
    name: 'the application role has no right to write money, whole tables or single columns',
    find: `select t.relname || ' ' || r.word as name from (${TABLES}) t
      cross join unnest(array['insert', 'update', 'delete', 'truncate', 'references', 'trigger']) r(word)
      where t.relname in (${list(MONEY)}) and (has_table_privilege('renkei_bank_app', t.oid, r.word)
        or (r.word in ('insert', 'update', 'references')
            and has_any_column_privilege('renkei_bank_app', t.oid, r.word)))`,
    sin: 'grant update (balance) on account to public',
    found: 'account update',
  },
  {
    name: 'the two roles own no more than they need and pass by no policy',
    find: `select rolname as name from pg_roles r where rolname in ('renkei_bank_app', 'renkei_bank_owner')
        and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication
             or exists (select from pg_auth_members m where m.member = r.oid))
      union all
      select c.relname from pg_class c where c.relowner = 'renkei_bank_app'::regrole`,
    sin: 'alter table limit_use owner to renkei_bank_app',
    found: 'limit_use',
  },
  {
    name: 'what runs with the owner’s rights seals its path, temporary tables last, and is not open to all',
    find: `select p.proname as name from pg_proc p
      where p.pronamespace in ('public'::regnamespace, 'federation'::regnamespace) and p.prosecdef
        and ('search_path=pg_catalog, public, pg_temp' = any(p.proconfig) is not true
             or has_function_privilege('public', p.oid, 'execute')
             or p.proowner <> 'renkei_bank_owner'::regrole)`,
    sin: 'alter function ledger_post_one set search_path = pg_temp, pg_catalog, public',
    found: 'ledger_post_one',
  },
  {
    name: 'nobody but the owner makes things in the schema that sealed paths read',
    find: `select rolname as name from pg_roles where rolname = 'renkei_bank_app'
        and has_schema_privilege(oid, 'public', 'create')`,
    sin: 'grant create on schema public to renkei_bank_app',
    found: 'renkei_bank_app',
  },
  {
    name: 'history withstands update and delete, and money’s history truncate',
    find: `select h.name || ' ' || w.word as name from unnest(array[${list(HISTORY)}]) h(name)
      cross join (values ('delete', 8), ('update', 16), ('truncate', 32)) w(word, bit)
      where not (h.name = 'record' and w.word = 'truncate') and not exists (
        select from pg_trigger g where g.tgrelid = h.name::regclass and g.tgenabled in ('O', 'A')
          and g.tgfoid = 'renkei_refuse_change'::regproc and g.tgtype & 2 = 2 and g.tgtype & w.bit = w.bit
          and g.tgqual is null)`,
    sin: 'alter table posting disable trigger posting_is_append_only',
    found: 'posting delete',
  },
];
