import { accepted, hashOf, refused, type Refusal, type Result } from '#libs/kernel';
import type { IdempotencyRefusal, Transaction } from '#libs/platform';

/** Whose call it is. Scope: institution (or the federation as one party), client, route, key. */
export interface IdempotentCall {
  readonly institutionId: number | 'federation';
  readonly clientId: string;
  /** The operation with its ids, such as `transfers/trf_…/risk-signals`. */
  readonly route: string;
  readonly key: string;
  /** What was asked for; the same key with other content is refused. */
  readonly content: object;
}

export interface KeptAnswer<Body> {
  readonly body: Body;
  readonly isReplay: boolean;
}

const RETRY_SECONDS = 1;

/**
 * Acts once for a key, and answers the same ever after. The answer is written in the transaction of the
 * effect and never forgotten; a refusal is not kept, since nothing was done. Call it after the checks of
 * access (T-21). Refuses with `idempotency_in_progress` while another transaction works on the key, and
 * with `idempotency_key_reused` for other content. Source: users.md D.6.
 */
export async function actOnce<Body extends object, Code extends string>(
  tx: Transaction,
  call: IdempotentCall,
  act: () => Promise<Result<Body, Refusal<Code>>>,
): Promise<Result<KeptAnswer<Body>, Refusal<Code | IdempotencyRefusal>>> {
  const { institutionId, clientId, route, key, content } = call;
  const isFederal = institutionId === 'federation';
  const table = isFederal ? 'federation.idempotent_answer' : 'idempotent_answer';
  const scope = [...(isFederal ? [] : [institutionId]), clientId, route, key];
  const columns = [...(isFederal ? [] : ['institution_id']), 'client_id', 'route', 'key'];
  const [turn] = await tx.query<{ taken: boolean }>(
    'select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as taken',
    [JSON.stringify([institutionId, clientId, route, key])],
  );
  if (!turn?.taken)
    return refused('idempotency_in_progress', { facts: { retryAfterSeconds: RETRY_SECONDS } });
  const fingerprint = hashOf(content);
  const [kept] = await tx.query<{ fingerprint: string; body: Body }>(
    `select fingerprint, body from ${table}
     where ${columns.map((column, at) => `${column} = $${at + 1}`).join(' and ')}`,
    scope,
  );
  if (kept)
    return kept.fingerprint === fingerprint
      ? accepted({ body: kept.body, isReplay: true })
      : refused('idempotency_key_reused');
  const done = await act();
  if (!done.ok) return done;
  const places = scope.map((_, at) => `$${at + 1}`).join(', ');
  await tx.query(
    `insert into ${table} (${columns.join(', ')}, fingerprint, body)
     values (${places}, $${scope.length + 1}, $${scope.length + 2})`,
    [...scope, fingerprint, JSON.stringify(done.value)],
  );
  return accepted({ body: done.value, isReplay: false });
}
