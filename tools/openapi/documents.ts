import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { AppModule as BankModule } from '../../apps/bank-core/src/app.module.js';
import { AppModule as GatewayModule } from '../../apps/gateway/src/app.module.js';
import type { GatewayConfig } from '../../apps/gateway/src/platform/config.js';
import { inVersion31 } from './version-31.js';

type Root = Parameters<typeof NestFactory.create>[0];

/** What intermediaries can call. */
export async function intermediaryDocument(): Promise<object> {
  const builder = new DocumentBuilder()
    .setTitle('Renkei: API for intermediaries · 電子決済等代行業者向け API')
    .setDescription('Accounts, statements and the state of transfers, as a holder approved them.')
    .setVersion('1.0.0')
    .addServer('https://gateway.localhost:8443', 'The gateway of this installation')
    .addSecurity('dpop', {
      type: 'http',
      scheme: 'DPoP',
      description: 'Opaque access token of 300 s, bound to a key by a DPoP proof (RFC 9449)',
    });
  return documentOf(GatewayModule.with({} as GatewayConfig), builder, (path) =>
    path.startsWith('/v1/'),
  );
}

/** What the gateway calls at bank-core; nobody else can reach it (T-01). */
export async function internalDocument(): Promise<object> {
  const builder = new DocumentBuilder()
    .setTitle('Renkei: internal API of bank-core · 銀行側の内部 API')
    .setDescription('Between the two servers over mutual TLS; never reachable from outside.')
    .setVersion('1.0.0')
    .addServer('https://bank-core.internal:8445', 'The internal listener of this installation');
  return documentOf(BankModule, builder, (path) => path.startsWith('/internal/v1/'));
}

/** Read from the decorators alone: nothing is instantiated or connected, so any machine can write it. */
async function documentOf(
  root: Root,
  builder: DocumentBuilder,
  isOurs: (path: string) => boolean,
): Promise<object> {
  const app = await NestFactory.create<NestFastifyApplication>(root, new FastifyAdapter(), {
    logger: false,
    preview: true,
    abortOnError: false,
  });
  const document = SwaggerModule.createDocument(app, builder.setOpenAPIVersion('3.1.1').build(), {
    operationIdFactory: (_controller, method) => method,
  });
  const paths = Object.entries(document.paths)
    .filter(([path]) => isOurs(path))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return inVersion31(usedParts({ ...document, paths: Object.fromEntries(paths) }));
}

/** Leaves out the schemas of pages and other audiences: only what the paths reach stays. */
function usedParts(document: OpenAPIObject): OpenAPIObject {
  const all = document.components?.schemas ?? {};
  const used = new Set<string>();
  const open = [JSON.stringify(document.paths)];
  for (let text = open.pop(); text !== undefined; text = open.pop()) {
    for (const [, name = ''] of text.matchAll(/"#\/components\/schemas\/([\w.-]+)"/g)) {
      if (used.has(name)) continue;
      used.add(name);
      open.push(JSON.stringify(all[name]));
    }
  }
  const schemas = Object.fromEntries(
    Object.entries(all)
      .filter(([name]) => used.has(name))
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
  return { ...document, components: { ...document.components, schemas } };
}
