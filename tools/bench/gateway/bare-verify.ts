import { createPrivateKey, createPublicKey, sign, verify, type JsonWebKey } from 'node:crypto';
import { sayReady } from '#libs/platform';

/** One native ES256 verification: key object at hand, synchronous, messages of a proof's length. */
const jwk = JSON.parse(process.env['BENCH_KEY'] ?? '{}') as JsonWebKey;
const PROOFS = 256;
const BATCH = 200;

const key = createPublicKey({ key: jwk, format: 'jwk' });
const privateKey = createPrivateKey({ key: jwk, format: 'jwk' });
const dsaEncoding = 'ieee-p1363';
const proofs = Array.from({ length: PROOFS }, (_, nth) => {
  const message = Buffer.from(`${nth}`.padEnd(480, 'x'));
  return { message, signature: sign('sha256', message, { key: privateKey, dsaEncoding }) };
});

function verifyAll(count: number): number {
  const { user, system } = process.cpuUsage();
  for (let nth = 0; nth < count; nth += 1) {
    const { message, signature } = proofs[nth % PROOFS] as (typeof proofs)[number];
    if (!verify('sha256', message, { key, dsaEncoding }, signature)) throw new Error('Not signed.');
  }
  const used = process.cpuUsage({ user, system });
  return used.user + used.system;
}

process.on('message', ({ verifyForMs }: { verifyForMs?: number }) => {
  if (verifyForMs === undefined) return;
  verifyAll(BATCH);
  let [count, cpuUs] = [0, 0];
  while (cpuUs < verifyForMs * 1000) {
    cpuUs += verifyAll(BATCH);
    count += BATCH;
  }
  process.send?.({ verifyUs: cpuUs / count });
});
process.on('SIGTERM', () => process.exit(0));
process.on('disconnect', () => process.exit(0));
sayReady();
