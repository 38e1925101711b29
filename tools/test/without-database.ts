/**
 * Runs before each pure spec: whatever names a database is taken out of its environment, and what
 * `pg` would fall back to leads nowhere (port 9 of a reserved address).
 */
for (const name of Object.keys(process.env)) {
  if (/^(PG|DATABASE_URL|RENKEI_TEST_)/.test(name)) delete process.env[name];
}
process.env['PGHOST'] = '192.0.2.1';
process.env['PGPORT'] = '9';
process.env['PGCONNECT_TIMEOUT'] = '1';
