import type { JWK } from 'jose';
import type { Module, Stage } from './module.js';
import { Party, type Surroundings } from './party/party.js';
import { agentWith, type RunKeys } from './party/keys.js';
import { endpointsOf, readMetadata, type Metadata } from './party/metadata.js';
import { send } from './party/wire.js';
import { must, Report } from './report.js';
import type { ServerUnderTest } from './server-under-test.js';
import type { Variant } from './variants.js';
import { modules } from './modules/index.js';
import { belongsTo } from './module.js';

export const modulesOf = (variant: Variant): readonly Module[] =>
  modules.filter((module) => belongsTo(module, variant));

/** Opens what the runs of one server share; `stageOf` then makes a stage for each module. */
export async function openRun(server: ServerUnderTest, keys: RunKeys) {
  const plain = agentWith(server.authority);
  const metadata = await readMetadata(server.issuer, plain);
  const published = once(() => readKeys(metadata, plain));
  const agents = new Map<string, ReturnType<typeof agentWith>>();
  const agentOf = (variant: Variant, number: 1 | 2) => {
    const { certificate } = variant.clients[number - 1]!;
    const name = `${number} ${certificate}`;
    const pair = keys.of[number - 1]!.certificates[certificate];
    const agent = agents.get(name) ?? agentWith(server.authority, pair);
    agents.set(name, agent);
    return agent;
  };
  return {
    /** A fresh pair of clients that remember nothing, and an empty report. */
    stageOf(variant: Variant): Stage {
      const around: Surroundings = {
        server,
        variant,
        endpoints: endpointsOf(metadata, variant),
        report: new Report(),
        plain,
        jwks: published,
      };
      const party = (number: 1 | 2) =>
        new Party(
          around,
          number,
          variant.clients[number - 1]!,
          keys.of[number - 1]!,
          agentOf(variant, number),
        );
      return { ...around, one: party(1), two: party(2) };
    },
    close(): void {
      for (const agent of [plain, ...agents.values()]) agent.destroy();
    },
  };
}

async function readKeys(metadata: Metadata, agent: ReturnType<typeof agentWith>) {
  const answer = await send(String(metadata['jwks_uri']), agent);
  must(answer.status === 200, `jwks: ${answer.status}`);
  return answer.body['keys'] as readonly JWK[];
}

function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined;
  return () => (made ??= make());
}
