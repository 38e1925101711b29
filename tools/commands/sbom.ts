import { runCommand } from '../failure.js';
import { billOfMaterials } from '../supply-chain/bill-of-materials.js';
import { readLock } from '../supply-chain/lock.js';

/** `npm run sbom`: what runs in production, as CycloneDX 1.5 (T-33). */
await runCommand(async () => {
  process.stdout.write(`${JSON.stringify(billOfMaterials(readLock()), null, 2)}\n`);
  return 0;
});
