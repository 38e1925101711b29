import { judge, type Module, type Stage } from '../../../apps/gateway/test/fapi/module.js';
import type { Result } from '../../../apps/gateway/test/fapi/report.js';
import { modulesOf } from '../../../apps/gateway/test/fapi/run.js';
import type { Variant } from '../../../apps/gateway/test/fapi/variants.js';

export interface ModuleResult {
  readonly variant: string;
  readonly module: string;
  readonly result: Result;
  readonly notes: readonly string[];
}

/** Modules that wait for about a minute; they do so beside the others. */
const WAITING = [
  'par-attempt-to-use-expired-request_uri',
  'ensure-token-endpoint-fails-with-expired-auth-code',
];

/** Every module of the variant's plan, each with fresh clients. */
export async function runVariant(
  variant: Variant,
  stageOf: (variant: Variant) => Stage,
  onResult: (result: ModuleResult) => void,
): Promise<ModuleResult[]> {
  const runOne = async (module: Module): Promise<ModuleResult> => {
    const verdict = await judge(module, stageOf(variant));
    const result = { variant: variant.id, module: module.name, ...verdict };
    onResult(result);
    return result;
  };
  const all = modulesOf(variant);
  const waiting = all.filter(({ name }) => WAITING.includes(name)).map(runOne);
  const results: ModuleResult[] = [];
  for (const module of all) if (!WAITING.includes(module.name)) results.push(await runOne(module));
  return [...results, ...(await Promise.all(waiting))];
}
