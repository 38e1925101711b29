import pg from 'pg';

/** One connection for `work`, closed whatever happens. */
export async function withConnection<Value>(
  url: string,
  work: (client: pg.Client) => Promise<Value>,
  limitMs = 60_000,
): Promise<Value> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: limitMs });
  // Without a listener a server that stops under an idle connection would end this process.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Undefined when the database answers, else the reason in the driver's words. */
export async function whyUnreachable(url: string): Promise<string | undefined> {
  try {
    await withConnection(url, (client) => client.query('SELECT 1'), 5000);
    return undefined;
  } catch (error) {
    const fault = error as NodeJS.ErrnoException;
    return fault.message || fault.code || 'unknown';
  }
}
